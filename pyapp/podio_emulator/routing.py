"""Which operation a request is for, and its path and query. The paths are matched by Starlette's routes."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from podio_emulator.calls import Operation

_SLASHES = re.compile("/{2,}")


class OperationTable:
    """The operations by path; slashes may be doubled, and one may stand at the end or not."""

    def __init__(self, operations: tuple[Operation, ...]) -> None:
        self._by_method: dict[str, list[tuple[Route, Operation]]] = {}
        for operation in operations:
            route = Route(operation.path, endpoint=_never, methods=[operation.method])
            self._by_method.setdefault(operation.method, []).append((route, operation))

    def find(self, request: Request) -> tuple[Operation | None, dict[str, Any]]:
        """Return the operation that a request is for, with the ids of its path."""
        path = _SLASHES.sub("/", path_of(request)).rstrip("/") or "/"
        scope = {"type": "http", "method": request.method, "path": path, "root_path": ""}
        for route, operation in self._by_method.get(request.method, ()):
            # An id of thousands of digits is no number to Python: no object has it.
            with suppress(ValueError):
                match, match_kind = route.matches(scope)
                if match is Match.FULL:
                    return operation, match_kind["path_params"]
        return None, {}


def _never(request: Request) -> Response:
    raise NotImplementedError  # the table only uses whether routes match


def path_of(request: Request) -> str:
    """Return the decoded path. Starlette's ``request.url`` would take a decoded ``?`` for the query's beginning."""
    return str(request.scope["path"])


def query_of(request: Request) -> str:
    """Return the query as it was sent."""
    return str(request.scope["query_string"].decode("latin-1"))
