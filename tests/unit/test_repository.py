"""What holds for the repository as a whole: its pins, and what its files must not say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))


def tracked_files() -> list[Path]:
    """Return the files of the repository: tracked ones, or all in a copy without its history."""
    process = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if process.returncode == 0:
        return [file for name in process.stdout.split("\0") if name and (file := ROOT / name).is_file()]
    skipped = {".git", ".venv", "node_modules", "build", "dist"}
    return [file for file in ROOT.rglob("*") if file.is_file() and not skipped & set(file.relative_to(ROOT).parts)]


def answer(*command: str) -> str:
    try:
        process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return process.stdout


def registry_hosts() -> set[str]:
    """Return the hosts that packages come from, as the installed clients say: this file names none of them, either."""
    from pip._internal.models.index import PyPI

    addresses = [PyPI.simple_url, PyPI.pypi_url, f"https://{PyPI.file_storage_domain}"]
    settings = answer(sys.executable, "-m", "pip", "config", "list") + answer("npm", "config", "get", "registry")
    addresses += re.findall(r"https?://[^\s'\"]+", settings)
    hosts = {urlsplit(address).hostname or "" for address in addresses}
    return {host for host in hosts if "." in host and host != "127.0.0.1"}


def test_no_file_names_a_registry_host() -> None:
    hosts = registry_hosts()
    assert hosts, "no registry is known to pip: what to look for?"
    naming = [
        f"{file.relative_to(ROOT)}: {host}"
        for file in tracked_files()
        for host in hosts
        if host.encode() in file.read_bytes()
    ]
    assert naming == []


@pytest.mark.parametrize("file", REQUIREMENTS, ids=lambda file: file.name)
def test_every_python_requirement_is_pinned_by_hash(file: Path) -> None:
    text = re.sub(r"\\\n", " ", file.read_text(encoding="utf-8"))
    entries = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert entries
    loose = [line for line in entries if not re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)]
    assert loose == []


def test_every_npm_package_is_pinned_by_integrity_and_names_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_the_browser_runtime_is_pinned_to_one_version_each() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    dependencies = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, version in dependencies.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_the_callback_page_with_its_script_stays_under_3_kb() -> None:
    assert sum((ROOT / "web" / name).stat().st_size for name in ("callback.html", "callback.js")) < 3000


def test_no_page_names_another_host() -> None:
    for name in ("index.html", "callback.html"):
        text = (ROOT / "web" / name).read_text(encoding="utf-8")
        assert re.findall(r"""(?:src|href)\s*=\s*["'](?:https?:)?//[^"']*""", text) == []


def pins(requirements: Path) -> dict[str, str]:
    """Return what a file of requirements pins: name -> version and hashes."""
    text = re.sub(r"\\\n", " ", requirements.read_text(encoding="utf-8"))
    return dict(line.split("==", 1) for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#"))


def test_what_the_build_needs_is_pinned_as_for_the_tests() -> None:
    build, everything = (pins(ROOT / "requirements" / name) for name in ("build.txt", "dev.txt"))
    assert build
    assert build.items() <= everything.items()


def unpinned_actions(workflow: str, explained: str) -> list[str]:
    """Return the lines of a workflow that use an action that is neither pinned by a commit nor explained."""
    pinned = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} +# v\d+\.\d+\.\d+")
    actions = []
    for line in workflow.splitlines():
        used = re.match(r"\s*(?:-\s+)?[\"']?uses[\"']?\s*:\s*(.*)", line)
        if used and not pinned.fullmatch(used[1].strip()) and f"`{used[1].strip()}`" not in explained:
            actions.append(line)
    return actions


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_every_action_is_pinned_by_a_commit_beside_its_tag_or_named_in_security_md(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "uses:" in text
    assert unpinned_actions(text, (ROOT / "SECURITY.md").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line", ["a/b@v4", "a/b@main", f"a/b@{'a' * 40}", f"a/b@{'a' * 39} # v1.0.0", f"a/b@{'A' * 40} # v1.0.0", "a/b"]
)
def test_an_action_that_is_pinned_otherwise_is_found(line: str) -> None:
    assert unpinned_actions(f"      - uses: {line}", "") == [f"      - uses: {line}"]
    assert unpinned_actions(f"      - uses: {line}", f"- `{line}` could not be looked up") == []
    assert unpinned_actions(f"        uses: a/b@{'a' * 40} # v1.2.3", "") == []


def test_what_is_deployed_is_tested_attested_and_built_without_the_tests_tools() -> None:
    (file,) = WORKFLOWS
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    jobs = workflow["jobs"]
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "test": {"contents": "read"},
        "build": {"contents": "read"},
        "attest": {"id-token": "write", "attestations": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert jobs["deploy"]["needs"] == "attest"
    assert jobs["attest"]["needs"] == ["test", "build"]
    commands = [step["run"] for step in jobs["build"]["steps"] if "run" in step]
    targets = re.findall(r"make (.*)", "\n".join(commands))
    assert targets
    assert all(arguments.startswith("site TOOLS=build") for arguments in targets)
    for name, job in jobs.items():
        used = {step.get("uses", "").partition("@")[0] for step in job["steps"]}
        assert ("actions/attest-build-provenance" in used) == (name == "attest")
        assert ("actions/deploy-pages" in used) == (name == "deploy")
    test_tools = {"pytest", "playwright", "hypothesis", "mypy", "ruff", "uvicorn"}
    assert not test_tools & pins(ROOT / "requirements" / "build.txt").keys()


def test_a_vulnerability_is_reported_privately_and_the_documents_say_where() -> None:
    policy = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in policy
    assert "docs/security.md" in policy
    assert "SECURITY.md" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "@" not in re.sub(r"`[^`]*`", "", policy), "no address of a person"
