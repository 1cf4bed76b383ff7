"""A command at a terminal of its own, as a user sits before it."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager


class Terminal:
    """The terminal of a running command: all that is shown, and what is typed."""

    def __init__(self, descriptor: int, process: subprocess.Popen[bytes]) -> None:
        self.shown = ""
        self._descriptor = descriptor
        self._process = process
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def wait_for(self, text: str, *, seconds: float = 60) -> None:
        """Read until a text is shown."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < end, self.shown
            if not self._read():
                break
        assert text in self.shown, self.shown

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self._descriptor, f"{text}\n".encode())

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        os.write(self._descriptor, b"\x03")

    def end(self) -> int:
        """Read all that is still shown, and return the command's status."""
        while self._read():
            pass
        return self._process.wait(60)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._descriptor], [], [], 1)
        if not ready:
            return True
        try:
            content = os.read(self._descriptor, 65536)
        except OSError:  # the command has ended
            return False
        self.shown += self._decoder.decode(content)
        return bool(content)


@contextmanager
def terminal(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Run a command at a terminal; it is ended when the block is left."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    try:
        yield Terminal(ours, process)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
