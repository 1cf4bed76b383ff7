"""A Redis of a test's own, which can be killed and started again."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

from tools.redis_server import find_redis

LONG = 90.0
"""Seconds: far longer than anything here takes, on a busy machine too."""


class RedisServer:
    """A Redis that keeps what it has confirmed, also when it is killed."""

    kind = "redis"

    def __init__(self, directory: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        directory.mkdir()
        self.place, self._directory = f"redis://127.0.0.1:{self._port}", directory
        self.start()

    def start(self) -> None:
        options = {"port": self._port, "bind": "127.0.0.1", "dir": self._directory, "save": ""}
        options |= {"appendonly": "yes", "appendfsync": "always"}
        arguments = [str(part) for name, value in options.items() for part in (f"--{name}", value)]
        self._process = subprocess.Popen([find_redis(), *arguments], stdout=subprocess.DEVNULL)
        give_up = time.monotonic() + LONG
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self._port), 1) as connection:
                    connection.sendall(b"PING\r\n")
                    if connection.recv(16).startswith(b"+PONG"):
                        return
            except OSError:
                pass
            assert time.monotonic() < give_up, "the Redis server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
