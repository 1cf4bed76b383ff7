"""The labels that a user puts on tasks. Source: "Tasks" of Podio's documentation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from podio_emulator.calls import Access, Call, Operation
from podio_emulator.errors import forbidden, invalid_value, not_found
from podio_emulator.model import Label
from podio_emulator.queries import is_int, needed_text, texts_of

_COLORS = ("E9E9E9", "D1F3EC", "DCEBD8", "FFD5C2", "DDDDDD", "F7F0C5", "D2E4EB", "E1D8ED", "F0F0F0", "FFD5D1")


def label_ids(call: Call, body: dict[str, Any]) -> tuple[int, ...]:
    """Read ``label_ids`` or ``labels`` (texts; a label that isn't there is made)."""
    if body.get("label_ids") is not None:
        ids = body["label_ids"]
        if not isinstance(ids, list) or not all(is_int(label_id) and label_id in call.store.labels for label_id in ids):
            raise invalid_value(ids, "must be array of label ids")
        return tuple(ids)
    labels = []
    for text in texts_of(body.get("labels")):
        own_labels = (
            label for label in call.store.labels.values() if label.user_id == call.user_id and label.text == text
        )
        labels.append(next(own_labels, None) or _new_label(call, text, _COLORS[0]))
    return tuple(label.label_id for label in labels)


def _new_label(call: Call, text: str, color: str) -> Label:
    label = Label(label_id=call.store.new_id(), user_id=call.user_id, text=text, color=color)
    call.store.labels[label.label_id] = label
    return label


def _labels(call: Call) -> list[Any]:
    return [call.shapes.label(label) for label in call.store.labels.values() if label.user_id == call.user_id]


def _color(body: dict[str, Any]) -> str:
    color = body.get("color", _COLORS[0])
    if not isinstance(color, str) or not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        raise invalid_value(color, "must be a color of six hexadecimal digits")
    return color.upper()


def _label(call: Call) -> Label:
    label = call.store.labels.get(call.params["label_id"])
    if label is None:
        raise not_found()
    if label.user_id != call.user_id:
        raise forbidden()
    return label


def _create_label(call: Call) -> dict[str, Any]:
    body = call.json_object()
    return {"label_id": _new_label(call, needed_text(body, "text"), _color(body)).label_id}


def _update_label(call: Call) -> None:
    label, body = _label(call), call.json_object()
    call.store.labels[label.label_id] = replace(label, text=needed_text(body, "text"), color=_color(body))


def _delete_label(call: Call) -> None:
    del call.store.labels[_label(call).label_id]


_USER = Access.USER
OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/task/label", run=_labels, access=_USER),
    Operation(method="POST", path="/task/label", run=_create_label, access=_USER, keys=("text", "color")),
    Operation(method="PUT", path="/task/label/{label_id:int}", run=_update_label, access=_USER, keys=("text", "color")),
    Operation(method="DELETE", path="/task/label/{label_id:int}", run=_delete_label, access=_USER),
)
