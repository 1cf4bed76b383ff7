"""What a page has; typed as anything."""

from typing import Any

def __getattr__(name: str) -> Any: ...
