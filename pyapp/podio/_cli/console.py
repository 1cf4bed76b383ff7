"""What a command writes, and what it prompts for.

What comes from outside goes to a terminal with its control characters escaped: they could move the cursor, recolour,
retitle, or make a text read other than it is. Elsewhere (a pipe, a file) it goes as it is.
"""

from __future__ import annotations

import getpass
import io
import re
import signal
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO, cast

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what changes the direction of writing
    r"\u2028\u2029\ud800-\udfff]"
)


class CommandError(Exception):
    """A command that can't be carried out; its text says what to do."""


def printable(text: str) -> str:
    r"""Return a text whose control characters are written as escapes (``\u001b``), as JSON has them too."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Console:
    """The standard streams of a command. Results go to the output, all else to the error stream."""

    def __init__(self, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> None:
        self._stdin, self._stdout, self._stderr = stdin, stdout, stderr
        self.is_terminal = stdout.isatty()
        self._shows_progress = stderr.isatty()
        self._has_progress = False

    @classmethod
    def of_process(cls) -> Console:
        """Return the process's own streams; what goes elsewhere than to a terminal is UTF-8, line by line as it is."""
        for stream in (cast("io.TextIOWrapper", sys.stdout), cast("io.TextIOWrapper", sys.stderr)):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
        return cls(sys.stdin, sys.stdout, sys.stderr)

    def write(self, text: str) -> None:
        """Write a part of the result."""
        self.clear_progress()
        self._stdout.write(printable(text) if self.is_terminal else text)

    def write_bytes(self, content: bytes) -> None:
        """Write a result that is no text, as it is; for a file or a pipe alone."""
        self._stdout.flush()
        self._stdout.buffer.write(content)

    def note(self, text: str) -> None:
        """Say something that is not the result."""
        self.clear_progress()
        self._stderr.write(f"{printable(text) if self._shows_progress else text}\n")
        self._stderr.flush()

    def progress(self, text: str) -> None:
        """Show how far it is, in one line of a terminal; nothing elsewhere."""
        if self._shows_progress:
            self._stderr.write(f"\r\x1b[K{printable(text)}")
            self._stderr.flush()
            self._has_progress = True

    def clear_progress(self) -> None:
        """Take the line away."""
        if self._has_progress:
            self._stderr.write("\r\x1b[K")
            self._stderr.flush()
            self._has_progress = False

    def flush(self) -> None:
        """Hand on what was written."""
        self.clear_progress()
        self._stdout.flush()

    def read(self) -> str:
        """Return all of the input."""
        return self._stdin.read()

    def prompt(self, label: str, *, otherwise: str, secret: bool = False) -> str:
        """Return what the user types; a secret is not shown.

        Args:
            label: What to type.
            otherwise: What to do where there is no terminal, as a sentence.
            secret: Whether it must not be shown.

        Raises:
            CommandError: without a terminal, or for an empty answer.
        """
        if not self._stdin.isatty():
            raise CommandError(f"{label}: there is no terminal to type it at. {otherwise}")
        self.clear_progress()
        try:
            with _interruptible():
                text = self._typed(label, secret=secret)
        except (EOFError, getpass.GetPassWarning):
            raise CommandError(f"{label}: it can't be typed here unseen. {otherwise}") from None
        if not text:
            raise CommandError(f"{label}: nothing was typed. {otherwise}")
        return text

    def _typed(self, label: str, *, secret: bool) -> str:
        if secret:
            with warnings.catch_warnings():
                warnings.simplefilter("error", getpass.GetPassWarning)  # it would be shown
                return getpass.getpass(f"{label}: ", stream=self._stderr)
        self._stderr.write(f"{label}: ")
        self._stderr.flush()
        return self._stdin.readline().strip("\r\n")


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let an interrupt end what waits for the user: the event loop's handler would only note it for later."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
