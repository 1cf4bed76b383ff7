"""The area "hooks": addresses that get events.

A hook is active once its owner has sent back the code that Podio posts to its address: when the hook is made, and when
the owner requests it. Where the emulator does not post (``hook_delivery``), ``GET /_emulator/hooks`` shows the code.
Source: "Hooks" of Podio's documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from podio_emulator.calls import Call, Operation, Permission
from podio_emulator.errors import Refusal, forbidden, invalid_value, not_found
from podio_emulator.model import AppField, Hook
from podio_emulator.queries import choice_of, needed_text
from podio_emulator.references import referred
from podio_emulator.times import time_text

_APP = (
    "app.update app.delete comment.create comment.delete file.change form.create form.update form.delete "
    "item.create item.update item.delete tag.add tag.delete"
)
_SPACE = (
    "app.create contact.create contact.update contact.delete member.add member.remove status.create status.update "
    "status.delete task.create task.update task.delete"
)
TYPES: Mapping[str, tuple[str, ...]] = {
    "app": tuple(_APP.split()),
    "space": tuple(_SPACE.split()),
    # The documentation claims more; only this one is taken, by a dated probe.
    "app_field": ("item.update",),
}


_MOST_OF_A_TYPE = 10
_PORTS = {None, 80, 443}


def _reference(call: Call) -> tuple[str, int]:
    kind, ref_id = call.params["ref_type"], call.params["ref_id"]
    if kind == "app_field":
        app = next((app for app in call.store.apps.values() if _field(app.fields, ref_id)), None)
        if app is None:
            raise not_found()
        if not call.sees_app(app, Permission.WRITE):
            raise forbidden()
    else:
        referred(call, kind, ref_id, allowed=("app", "space"), permission=Permission.WRITE)
    return kind, ref_id


def _field(fields: tuple[AppField, ...], field_id: int) -> bool:
    return any(field.field_id == field_id for field in fields)


def _to_json(call: Call, hook: Hook) -> dict[str, Any]:
    return {
        "hook_id": hook.hook_id,
        "status": hook.status,
        "type": hook.type,
        "url": hook.url,
        "created_on": time_text(hook.created_on),
        "created_by": call.shapes.byline(hook.created_by),
        "created_via": call.shapes.via(hook.created_via),
    }


def _list(call: Call) -> list[Any]:
    ref = _reference(call)
    return [_to_json(call, hook) for hook in call.store.hooks.values() if (hook.ref_type, hook.ref_id) == ref]


def _create(call: Call) -> dict[str, Any]:
    kind, ref_id = _reference(call)
    body = call.json_object()
    url, event = needed_text(body, "url"), choice_of(body, "type", TYPES[kind])
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        port = parts.port
    except ValueError:
        usable, port = False, None
    if not usable:
        raise invalid_value(url, "must be url")
    is_reached = call.hooks.reaches(url)
    # Of what stands in for the internet any port will do: a test's server has the one that it got.
    if port not in _PORTS and not is_reached:
        raise invalid_value(url, "must be a url at port 80 or 443")
    hooks = [(hook.ref_type, hook.ref_id, hook.type) for hook in call.store.hooks.values()]
    if hooks.count((kind, ref_id, event)) >= _MOST_OF_A_TYPE:
        raise Refusal(400, "invalid_value", f"There can be no more than {_MOST_OF_A_TYPE} hooks of the type {event}")
    hook = Hook(
        hook_id=call.store.new_id(),
        ref_type=kind,
        ref_id=ref_id,
        url=url,
        type=event,
        created_on=call.now,
        created_by=call.author,
        created_via=call.via,
    )
    call.store.hooks[hook.hook_id] = hook
    if is_reached:
        _post_code(call, hook)
    return {"hook_id": hook.hook_id}


def _hook(call: Call) -> Hook:
    hook = call.store.hooks.get(call.params["hook_id"])
    if hook is None:
        raise not_found()
    if hook.created_by != call.author:
        raise forbidden()
    return hook


def _post_code(call: Call, hook: Hook) -> None:
    code = call.tokens.new_hook_code()
    call.store.hooks[hook.hook_id] = replace(hook, code=code)
    call.hooks.send(hook.hook_id, hook.url, {"type": "hook.verify", "hook_id": str(hook.hook_id), "code": code})


def _request(call: Call) -> None:
    _post_code(call, _hook(call))


def _validate(call: Call) -> None:
    hook = _hook(call)
    if hook.code is None or needed_text(call.json_object(), "code") != hook.code:
        raise Refusal(400, "invalid_value", "The code is not the one that was posted to the hook's address")
    call.store.hooks[hook.hook_id] = replace(hook, status="active", code=None)


def _delete(call: Call) -> None:
    del call.store.hooks[_hook(call).hook_id]


OPERATIONS: tuple[Operation, ...] = (
    Operation(method="GET", path="/hook/{ref_type}/{ref_id:int}", run=_list),
    Operation(method="POST", path="/hook/{ref_type}/{ref_id:int}", run=_create, keys=("url", "type")),
    Operation(method="POST", path="/hook/{hook_id:int}/verify/request", run=_request),
    Operation(method="POST", path="/hook/{hook_id:int}/verify/validate", run=_validate, keys=("code",)),
    Operation(method="DELETE", path="/hook/{hook_id:int}", run=_delete),
)
