"""A lock between processes whose file is removed: by whom it may be, and what becomes of those that wait for it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

if sys.platform == "emscripten":
    pytest.skip("a page has no processes", allow_module_level=True)

from podio._visitors import VISITOR_LIFETIME, FileVisitors
from podio.file_lock import FileLock

ROOT = Path(__file__).resolve().parents[2]
VISITOR = "a" * 64


class Process:
    """Another process that wants the lock."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.library.lock_worker", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT / "pyapp")},
        )

    def read_line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self.read_line() == "left"

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def start() -> Iterator[Callable[[Path], Process]]:
    with ExitStack() as stack:

        def begin(path: Path) -> Process:
            process = Process(path)
            stack.callback(process.end)
            return process

        yield begin


def test_two_processes_that_waited_for_a_lock_whose_file_was_removed_hold_its_successor_in_turn(
    tmp_path: Path, start: Callable[[Path], Process]
) -> None:
    path = tmp_path / "the.lock"
    with FileLock(path).held():
        first = start(path)
        assert first.read_line() == "busy"
        path.unlink()
    assert first.read_line() == "held"
    second = start(path)
    assert second.read_line() == "busy"
    first.leave()
    assert second.read_line() == "held"
    second.leave()


def test_a_process_that_locked_a_file_in_the_moment_in_which_it_was_removed_locks_the_next_one(
    tmp_path: Path, start: Callable[[Path], Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    from podio import file_lock

    path = tmp_path / "the.lock"
    lock_it, others = file_lock._try, []

    def removed_before_it_is_locked(descriptor: int) -> bool:
        if not others:
            path.unlink()
            others.append(start(path))
            assert others[0].read_line() == "free"
            assert others[0].read_line() == "held"
        return lock_it(descriptor)

    monkeypatch.setattr(file_lock, "_try", removed_before_it_is_locked)
    lock = FileLock(path)
    assert lock._locked() is None
    others[0].leave()
    with lock.held():
        assert path.exists()


async def remove_by_sign_out(visitors: FileVisitors) -> None:
    await visitors.forget(VISITOR)


async def remove_by_age(visitors: FileVisitors) -> None:
    visitors._clock = lambda: 2 * VISITOR_LIFETIME + 10_000_000_000
    visitors.remove_expired()


@pytest.mark.parametrize("remove", [remove_by_sign_out, remove_by_age])
@pytest.mark.parametrize("ending", [".json.server.renewal.lock", ".json.app.renewal.lock"])
async def test_a_lock_that_a_process_holds_outlasts_the_removal_of_its_visitor(
    tmp_path: Path, start: Callable[[Path], Process], remove: Callable[[FileVisitors], Awaitable[None]], ending: str
) -> None:
    path = tmp_path / f"{VISITOR}{ending}"
    (tmp_path / f"{VISITOR}.json").write_text("{}")
    visitors = FileVisitors(tmp_path)
    holder = start(path)
    assert holder.read_line() == "free"
    assert holder.read_line() == "held"
    await remove(visitors)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    second = start(path)
    assert second.read_line() == "busy"
    holder.leave()
    assert second.read_line() == "held"
    second.leave()
    await remove(visitors)
    assert list(tmp_path.iterdir()) == []


async def test_a_process_that_writes_is_waited_for_and_what_it_wrote_goes_too(
    tmp_path: Path, start: Callable[[Path], Process]
) -> None:
    file = tmp_path / f"{VISITOR}.json"
    file.write_text("{}")

    writer = start(file.with_name(file.name + ".lock"))
    await asyncio.to_thread(writer.read_line)
    assert await asyncio.to_thread(writer.read_line) == "held"
    forgetting = asyncio.create_task(FileVisitors(tmp_path).forget(VISITOR))
    await asyncio.wait({forgetting}, timeout=0.3)
    assert not forgetting.done()
    await asyncio.to_thread(writer.leave)
    await forgetting
    assert list(tmp_path.iterdir()) == []
