"""The wheels of the client library and of the emulator, as a user has them: in an environment of their own, elsewhere.

Nothing of the repository leads there: neither its folder nor its environment nor its settings of pytest.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tools import wheels
from tools.once import make_once

import podio
import podio_emulator

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / wheels.EMULATOR.readme).read_text(encoding="utf-8")

USERS_TEST = """
import asyncio

import podio, podio_emulator
import pytest
from podio import Podio
from podio_emulator.server import Field


@pytest.fixture(params=["in process", "over HTTP"])
def client(podio_server, request):
    options = podio_server.options if request.param == "over HTTP" else podio_server.in_process()
    return Podio("password", **options)


def test_an_item_is_written_and_read(podio_server, client):
    app = podio_server.add_app("Deals", [Field("Title"), Field("Status", "category", options=["Open", "Won"])])

    async def work():
        async with client:
            await client.authenticate_with_credentials(podio_server.username, podio_server.password)
            made = await client.items.create(app.app_id, body={"fields": {"title": "A", "status": 2}})
            podio_server.clock.advance(30000)
            podio_server.faults([{"path": "/item/", "status": 503, "times": 1}])
            with pytest.raises(podio.ServerError):
                await client.items.get(made["item_id"])
            return await client.items.get(made["item_id"])

    assert asyncio.run(work())["fields"][1]["values"][0]["value"]["text"] == "Won"


def test_both_come_from_this_environment():
    import sys

    assert podio.__file__.startswith(sys.prefix) and podio_emulator.__file__.startswith(sys.prefix)
"""


def metadata_of(wheel: bytes) -> dict[str, list[str]]:
    message = wheels.metadata_of(wheel)
    return {name: message.get_all(name, []) for name in message}


def needed(requirements: list[str], visited: set[str]) -> Iterator[str]:
    """Yield the projects that these need here, and what they need in turn."""
    for requirement in map(Requirement, requirements):
        name = canonicalize_name(requirement.name)
        if name in visited or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        visited.add(name)
        yield name
        yield from needed(metadata.requires(name) or [], visited)


def pinned(names: set[str]) -> str:
    """Return what requirements/dev.txt says of these projects: versions and hashes."""
    text = (ROOT / "requirements/dev.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^([\w.-]+)(?:\[[^]]*\])?(==\S+(?: *\\\n +--hash=\S+)+)", text, flags=re.MULTILINE)
    requirements = {canonicalize_name(name): f"{name}{rest}" for name, rest in entries}
    assert names <= requirements.keys(), names - requirements.keys()
    return "\n".join(requirements[name] for name in sorted(names)) + "\n"


@pytest.fixture(scope="module")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheels of all that both packages and pytest need, which a test run downloads once."""
    own = [requirement for wheel in wheels.own_wheels().values() for requirement in metadata_of(wheel)["Requires-Dist"]]
    requirements = pinned(set(needed([*own, "pytest"], set())))

    def make(directory: Path) -> None:
        file, folder = directory.with_name("requirements.txt"), directory.with_name("wheels")
        file.write_text(requirements, encoding="utf-8")
        options = ["-qq", "--no-deps", "--require-hashes", "--only-binary=:all:", "-d", str(folder), "-r", str(file)]
        subprocess.run([sys.executable, "-m", "pip", "download", *options], check=True)
        wheels.pack(folder, directory)

    folder = tmp_path_factory.mktemp("dependencies")
    (folder / "wheels.zip").write_bytes(make_once("dependencies", [requirements.encode(), sys.version.encode()], make))
    with zipfile.ZipFile(folder / "wheels.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def python(dependencies: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an empty environment into which both wheels were installed, offline."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for name, content in wheels.own_wheels().items():
        (dependencies / name).write_bytes(content)
    venv.create(folder / "env", symlinks=True)
    python = folder / "env" / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "-qq", "--no-index", "--no-compile"]
    command += ["--find-links", str(dependencies), "podio-client", "podio-emulator", "pytest"]
    subprocess.run(command, check=True, cwd=folder, env=bare())
    return python


def bare() -> dict[str, str]:
    """Return an environment in which nothing says where the repository is."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def run_tests(python: Path, folder: Path, *arguments: str) -> str:
    command = [str(python), "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", *arguments]
    process = subprocess.run(command, cwd=folder, env=bare(), capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def test_a_users_test_with_the_fixture_passes(python: Path, tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(USERS_TEST, encoding="utf-8")
    assert "3 passed" in run_tests(python, tmp_path)


def test_the_examples_of_the_emulators_guide_pass(python: Path, tmp_path: Path) -> None:
    examples = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    for number, example in enumerate(examples):
        (tmp_path / f"test_{number}.py").write_text(example, encoding="utf-8")
    tests = sum(example.count("\ndef test_") for example in examples)
    assert tests >= 4
    assert f"{tests} passed" in run_tests(python, tmp_path)


@pytest.mark.parametrize(("package", "option"), [("podio", "--podio"), ("podio_emulator", "--token-lifetime")])
def test_a_command_runs(python: Path, tmp_path: Path, package: str, option: str) -> None:
    command = [str(python), "-m", package, "--help"]
    process = subprocess.run(command, cwd=tmp_path, env=bare(), capture_output=True, text=True, check=True)
    assert option in process.stdout


@pytest.mark.parametrize("own", [wheels.CLIENT, wheels.EMULATOR], ids=lambda own: own.package)
def test_a_wheel_says_what_it_is(own: wheels.Own) -> None:
    [(name, content)] = wheels.own_wheel(own).items()
    described = metadata_of(content)
    package = podio if own is wheels.CLIENT else podio_emulator
    assert described["Version"] == [package.__version__]
    assert name == f"{own.package if own is wheels.EMULATOR else 'podio_client'}-{package.__version__}-py3-none-any.whl"
    assert described["Requires-Python"] == [">=3.11"]
    assert described["Project-URL"]
    versions = {f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13, 14)}
    assert versions <= set(described["Classifier"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
        tops = {member.partition("/")[0] for member in archive.namelist()}
        assert f"{own.package}/py.typed" in archive.namelist()
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {own.package}
    assert f"### {package.__version__}" in text
    for extra in described.get("Provides-Extra", []):
        assert f"podio-client[{extra}]" in text
