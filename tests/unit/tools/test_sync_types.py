"""The types of the synchronous library are those of the asynchronous one, and what is there at run time."""

from __future__ import annotations

import ast
import inspect

import pytest
from tools import sync_types

import podio.sync
from podio import Podio
from podio.areas import Areas
from podio.sync._fronts import front_class

STUB = ast.parse(sync_types.TARGET.read_text(encoding="utf-8"))
CLASSES = {node.name: node for node in STUB.body if isinstance(node, ast.ClassDef)}


def names(node: ast.ClassDef) -> set[str]:
    return {
        entry.name if isinstance(entry, ast.FunctionDef) else entry.target.id
        for entry in node.body
        if isinstance(entry, ast.FunctionDef | ast.AnnAssign)
        and (isinstance(entry, ast.FunctionDef) or isinstance(entry.target, ast.Name))
    }


def public(kind: type) -> set[str]:
    return {name for name in dir(kind) if not name.startswith("_")} - {"aclose", "stream_call"}


def test_the_file_is_what_the_sources_make() -> None:
    assert sync_types.TARGET.read_bytes() == sync_types.generate(), "run python -m tools.sync_types"


def test_the_client_has_every_name_of_the_asynchronous_one() -> None:
    names_shown = {name for name in names(CLASSES["Podio"]) if not name.startswith("_")}
    attributes = {*sync_types.CLIENT_ATTRIBUTES, "auth_type", "scope"}
    assert names_shown - {"close"} - attributes == public(Podio)
    assert public(podio.sync.Podio) - {"close"} == public(Podio)
    client = podio.sync.Podio("app", client_id="id", client_secret="secret")
    assert all(hasattr(client, name) for name in attributes)


@pytest.mark.parametrize("area", sorted(public(Areas)))
def test_an_area_has_every_operation_with_its_signature(area: str) -> None:
    client = Podio("app", client_id="id", client_secret="secret")
    kind = type(getattr(client, area))
    front = front_class(kind)
    assert names(CLASSES[kind.__name__]) == public(kind) == public(front)
    for name in public(kind):
        assert inspect.signature(getattr(front, name)) == inspect.signature(getattr(kind, name))
        assert getattr(front, name).__doc__ == getattr(kind, name).__doc__
        assert not inspect.iscoroutinefunction(getattr(front, name))


def test_no_example_in_the_documentation_awaits_anything() -> None:
    documentation = "\n".join(ast.get_docstring(node) or "" for node in ast.walk(STUB) if hasattr(node, "body"))
    assert "await " not in documentation
    assert "async for" not in documentation
    assert sync_types.without_await("async with contextlib.aclosing(podio.push(item)) as events:") == (
        "with podio.push(item) as events:"
    )
