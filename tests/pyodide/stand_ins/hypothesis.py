"""In place of Hypothesis, which is compiled and has no build for Pyodide: its tests are skipped there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


class _Anything:
    """Takes part in whatever a module does with strategies at its import."""

    def __getattr__(self, name: str) -> _Anything:
        return self

    def __call__(self, *arguments: Any, **named: Any) -> _Anything:
        return self

    def __or__(self, other: Any) -> _Anything:
        return self


strategies = _Anything()
HealthCheck = _Anything()
assume = note = event = _Anything()


def given(*arguments: Any, **named: Any) -> Callable[[Callable[..., Any]], Callable[[], None]]:
    def skipping(test: Callable[..., Any]) -> Callable[[], None]:
        def skipped() -> None:
            pytest.skip("Hypothesis has no build for Pyodide")

        skipped.__name__ = test.__name__
        return skipped

    return skipping


class _Unchanged:
    """Decorates a test with itself, and has profiles that change nothing."""

    def __init__(self, *arguments: Any, **named: Any) -> None: ...

    def __call__(self, test: Any) -> Any:
        return test

    @staticmethod
    def register_profile(*arguments: Any, **named: Any) -> None: ...

    @staticmethod
    def load_profile(*arguments: Any, **named: Any) -> None: ...


settings = example = _Unchanged
