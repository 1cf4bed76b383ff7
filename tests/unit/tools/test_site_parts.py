"""The parts of the site builder and the server that need neither npm nor a browser."""

from __future__ import annotations

import socket
import zipfile
from io import BytesIO
from pathlib import Path

import httpx2
import pytest
from tools import addresses, build_site, runtime, serving, site_archives

REAL = addresses.addresses_of("https://podio.com")
EMULATED = addresses.addresses_of("http://127.0.0.1:8001")


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def test_the_policy_allows_podio_and_nothing_beyond_it() -> None:
    policy = directives(addresses.content_security_policy(**REAL))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert policy["connect-src"] == ["'self'", "https://api.podio.com", "https://files.podio.com"]


def test_the_policy_of_an_emulated_podio_names_only_the_emulator() -> None:
    policy = addresses.content_security_policy(**EMULATED)
    assert "podio.com" not in policy
    assert directives(policy)["connect-src"] == ["'self'", "http://127.0.0.1:8001"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://a.example; script-src *", "api.podio.com", "https://"]
)
def test_an_address_that_could_widen_the_policy_is_refused(address: str) -> None:
    with pytest.raises(build_site.BuildError, match="no http"):
        addresses.content_security_policy(
            api_url=address, authorize_url="https://a.example", token_url="https://a.example"
        )


def test_an_emulators_address_must_be_an_origin() -> None:
    with pytest.raises(build_site.BuildError, match="emulator"):
        addresses.addresses_of("http://127.0.0.1:8001/below")


def test_the_archive_is_the_same_for_the_same_files_and_holds_no_emulator() -> None:
    sources = site_archives.page_sources()
    assert site_archives.archive(sources) == site_archives.archive(dict(reversed(sources.items())))
    names = zipfile.ZipFile(BytesIO(site_archives.archive(sources))).namelist()
    assert {name.partition("/")[0] for name in names} == {"podio", "workbench"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_owners_settings_are_merged_over_the_defaults() -> None:
    config = build_site.read_config({"client_id": "mine", "texts": {"notice": "Hello"}})
    assert config["client_id"] == "mine"
    assert config["texts"] == {"title": "Podio Workbench", "notice": "Hello"}


def test_imports_are_found_wherever_they_stand() -> None:
    source = "import json\ndef late():\n    from email import policy\n    from . import beside\n"
    assert {"json", "email", "email.policy"} == runtime.imported_names([source])


def emulated(tmp_path: Path) -> serving.Files:
    index = f'<meta content="connect-src {REAL["api_url"]}"><meta content="{REAL["authorize_url"]}">'
    (tmp_path / "index.html").write_text(index)
    (tmp_path / "config.json").write_text('{"client_id": ""}')
    return serving.emulated_site(tmp_path, base="/", podio="http://127.0.0.1:8001", client_id="workbench")


async def get(app: serving.Files, path: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=app)  # type: ignore[arg-type]
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.get(path)


async def test_a_built_site_beside_the_emulator_talks_to_the_emulator(tmp_path: Path) -> None:
    site = emulated(tmp_path)
    text = (await get(site, "/")).text
    assert "podio.com" not in text
    assert "http://127.0.0.1:8001/oauth/authorize" in text
    assert (await get(site, "/config.json")).json() == {"client_id": "workbench"}
    assert "podio.com" in (tmp_path / "index.html").read_text(), "the site itself is left as it was built"


async def test_a_client_id_of_a_built_site_is_kept(tmp_path: Path) -> None:
    site = emulated(tmp_path)
    (tmp_path / "config.json").write_text('{"client_id": "mine"}')
    assert (await get(site, "/config.json")).json() == {"client_id": "mine"}


async def test_a_link_that_leads_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert (await get(serving.Files(tmp_path / "site"), "/link.txt")).status_code == 404


def test_a_port_in_use_is_reported_with_the_option_that_changes_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy_socket:
        port = busy_socket.getsockname()[1]
        with pytest.raises(serving.PortBusyError, match=f"Port {port} can't be used .*--port PORT"):
            serving.listen(port, hosts=("127.0.0.1",), option="--port")


def test_port_0_takes_one_free_port_on_every_address() -> None:
    sockets = serving.listen(0, hosts=("127.0.0.1", "::1"), option="--port")
    try:
        assert len({server_socket.getsockname()[1] for server_socket in sockets}) == 1
    finally:
        for server_socket in sockets:
            server_socket.close()
