"""Serve the emulator until it is interrupted: ``python -m podio_emulator``."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from podio_emulator.application import create_app
from podio_emulator.serving import served

_PORT = 8001


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: 0 to 65535, where 0 is any free one")
    return int(text)


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) <= 10**9:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 1")
    return int(text)


def main(arguments: list[str] | None = None) -> None:
    """Serve an emulator at 127.0.0.1, and print its address once it accepts connections."""
    parser = argparse.ArgumentParser(
        prog="python -m podio_emulator", description="Serve a Podio emulator on this machine, which forgets everything."
    )
    parser.add_argument("--port", type=_port, default=_PORT, help=f"its port (default: {_PORT}; 0: any free one)")
    parser.add_argument(
        "--token-lifetime", type=_seconds, default=28800, metavar="SECONDS", help="how long tokens live"
    )
    parser.add_argument("--no-sample-data", action="store_true", help="users and empty workspaces alone")
    options = parser.parse_args(arguments)
    app = create_app(token_lifetime=options.token_lifetime, sample_data=not options.no_sample_data)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with served(app, port=options.port) as url:
            print(f"Podio emulator at {url}", flush=True)  # noqa: T201
            stopped.wait()
            app.close()
    except OSError as error:
        sys.exit(
            f"Port {options.port} can't be used ({error.strerror}). Name another one: --port PORT (0: any free one)."
        )


if __name__ == "__main__":
    main()
