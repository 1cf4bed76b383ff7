"""The area "embeds": links, made before an item refers to them. Nothing is found out about their pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from podio_emulator.calls import Call, Operation
from podio_emulator.errors import invalid_value, not_found
from podio_emulator.queries import choice_of, needed_text


def _create(call: Call) -> dict[str, Any]:
    body = call.json_object()
    url = needed_text(body, "url")
    choice_of(body, "mode", ("immediate", "delayed", "auto", "never"), default="immediate")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise invalid_value(url, "must be url")
    return call.shapes.embed(call.store.embed_for(url)) | {"files": []}


def _get(call: Call) -> dict[str, Any]:
    embed = call.store.embeds.get(call.params["embed_id"])
    if embed is None:
        raise not_found()
    return call.shapes.embed(embed) | {"files": []}


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="POST", path="/embed", run=_create, keys=("url", "mode")),
    Operation(method="GET", path="/embed/{embed_id:int}", run=_get),
)
