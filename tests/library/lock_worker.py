"""One of several processes that want one lock: says what came of its first try, and when it holds and leaves it."""

from __future__ import annotations

import sys
from pathlib import Path

from podio import file_lock


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(path: str) -> None:
    lock = file_lock.FileLock(Path(path))
    locked = lock._locked
    tries: list[bool] = []

    def first_told() -> int | None:
        descriptor = locked()
        if not tries:
            say("free" if descriptor is not None else "busy")
        tries.append(True)
        return descriptor

    lock._locked = first_told  # type: ignore[method-assign]
    with lock.held():
        say("held")
        sys.stdin.readline()
    say("left")


if __name__ == "__main__":
    main(sys.argv[1])
