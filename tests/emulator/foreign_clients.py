"""Clients of other makers, unmodified, each in a process of its own: they act out a story at the emulator."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

# A process starts in a second; where many tests share the machine it may take a while.
PATIENCE = 60


def outcome_of(command: list[str], *, cwd: Path | None = None) -> Any:
    """Run a client's program, past any proxy, and return the JSON that it prints."""
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    process = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)
