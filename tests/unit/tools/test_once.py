"""What is made once: also where several processes request it at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tools import once, runtime


def test_what_is_requested_while_it_is_being_made_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()
    names: list[str] = []
    received: list[bytes] = []

    @contextmanager
    def exclusive(name: str) -> Iterator[None]:
        if names:
            waits.set()
        with runtime.exclusive(name):
            yield

    def make(target: Path) -> None:
        names.append(target.name)
        if len(names) == 1:
            second.start()
            assert waits.wait(20)
        target.write_text("content")

    def ask() -> None:
        received.append(once.make_once("thing", [b"part"], make))

    for module in (once, runtime):
        monkeypatch.setattr(module, "BUILD", tmp_path)
    monkeypatch.setattr(once, "exclusive", exclusive)
    second = threading.Thread(target=ask)
    ask()
    second.join(20)
    assert received == [b"content"] * 2
    assert len(names) == 1
