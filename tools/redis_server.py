"""Find the Redis server that the tests start, and install Debian's where there is none and that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("redis-server", "valkey-server")


class NoRedisError(RuntimeError):
    """No Redis server was found; the message says what to do."""


def find_redis() -> Path:
    """Return the server's program: ``$REDIS_SERVER``, else one on PATH.

    Raises:
        NoRedisError: where there is none.
    """
    for name in (os.environ.get("REDIS_SERVER"), *NAMES):
        if name and (path := shutil.which(name)):
            return Path(path)
    raise NoRedisError("No Redis server was found. Install redis-server (or name it in $REDIS_SERVER).")


def install() -> None:
    """Install Debian's package where no server is found.

    Raises:
        NoRedisError: where that can't be done.
    """
    try:
        find_redis()
    except NoRedisError:
        if not (Path("/etc/debian_version").exists() and os.geteuid() == 0 and shutil.which("apt-get")):
            raise
    else:
        return
    print("no Redis server found: installing Debian's", flush=True)
    # The tests start their own: the package's is not to run.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "redis-server"]):
        process = subprocess.run(["apt-get", *arguments], env=quiet, capture_output=True, text=True, check=False)
        if process.returncode:
            print(process.stderr[-2000:], file=sys.stderr)
    find_redis()


if __name__ == "__main__":
    try:
        install()
    except NoRedisError as error:
        sys.exit(f"redis: {error}")
