"""What the page's archive holds: all that its program can import, and nothing that only servers and scripts use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.build_site import ENTRY
from tools.page_modules import reachable
from tools.site_archives import page_sources, sample_sources


def names(sources: dict[str, str], *entries: str) -> list[str]:
    return sorted(reachable({name: source.encode() for name, source in sources.items()}, entries))


def test_what_is_imported_late_or_by_name_is_there_with_its_packages() -> None:
    sources = {
        "app/__init__.py": "",
        "app/main.py": "import app.early\ndef start():\n    from app.parts import late\n    import_module('app.named')",
        "app/early.py": "from importlib import import_module\nimport_module('app.listed')",
        "app/listed.py": "",
        "app/named.py": "",
        "app/parts/__init__.py": "",
        "app/parts/late.py": "import app.main",
        "app/unused.py": "",
    }
    assert names(sources, "app.main") == sorted(set(sources) - {"app/unused.py"})


def test_what_only_a_type_checker_reads_is_not_there() -> None:
    sources = {
        "main.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import types_only\nelse:\n    import real",
        "types_only.py": "",
        "real.py": "",
    }
    assert names(sources, "main") == ["main.py", "real.py"]


def test_a_page_gets_all_areas_and_what_it_shows_but_no_part_for_servers_and_files() -> None:
    sources = page_sources()
    page = reachable(sources, [ENTRY])
    assert {"podio/client.py", "podio/areas/items.py", "podio/browser/window.py", "workbench/browser/main.py"} <= set(
        page
    )
    left_out = {name.removeprefix("podio/").removesuffix(".py") for name in set(sources) - set(page)}
    assert {
        "starlette",
        "_visitors",
        "_cookies",
        "file_store",
        "file_lock",
        "keyring_store",
        "_direct_sign_in",
        "_call_gate",
        "call_budget",
        "redis",
        "_redis_database",
        "_objects/_app",
        "_objects/_part",
        "sync/__init__",
        "json_types/_items",
    } <= left_out
    assert sum(map(len, page.values())) < sum(map(len, sources.values()))


IN_A_PAGE = """
import asyncio
import inspect
import pytest
from podio import ConfigurationError, Podio

SECRETS = [("authenticate_with_credentials", ("ada@example.com", "s3cret")), ("authenticate_with_app", (1, "s3cret")),
           ("authenticate_with_activation_code", ("s3cret",)), ("authenticate_with_transfer_token", ("s3cret",)),
           ("authenticate_with_client_credentials", ()), ("verify_second_factor", ("s3cret",))]

async def run():
    async with Podio(client_id="workbench") as podio:
        assert {name for name in dir(podio) if name.startswith("authenticate_with")} < {name for name, _ in SECRETS}
        for name, arguments in SECRETS:
            with pytest.raises(ConfigurationError, match=name + " needs a program outside the browser") as caught:
                await getattr(podio, name)(*arguments)
            assert "s3cret" not in "".join(str(entry.locals) for entry in caught.traceback[1:])
        with pytest.raises(ConfigurationError, match="app isn't in this page"):
            await podio.app(1)
        with pytest.raises(ConfigurationError, match="iterate_tasks isn't in this page"):
            podio.iterate_tasks(responsible=1)
        session = await podio.set_access_token({"access_token": "here", "refresh_token": "no"})
        assert session.token.refresh_token is None

asyncio.run(run())
"""


def test_a_flow_that_sends_a_secret_says_in_a_page_that_it_needs_a_program_elsewhere(tmp_path: Path) -> None:
    for name, source in reachable(page_sources(), [ENTRY]).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(source)
    process = subprocess.run(
        [sys.executable, "-c", IN_A_PAGE],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr


def test_the_samples_archive_has_the_emulator_and_nothing_that_serves_it_or_that_only_tests_use() -> None:
    sample = sample_sources()
    assert {"podio_emulator/__init__.py", "podio_emulator/emulator.py", "podio_emulator/api/items.py"} <= set(sample)
    left_out = {name.removeprefix("podio_emulator/") for name in set(page_sources(("podio_emulator",))) - set(sample)}
    assert {"__main__.py", "description.py", "in_process.py", "pytest_plugin.py", "server.py", "serving.py"} <= left_out
