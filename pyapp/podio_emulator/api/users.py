"""The area "users": who is signed in, their profile, and properties that clients keep with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from podio_emulator.api.contacts import MISSING_KEYS, changed_profile
from podio_emulator.calls import Access, Call, Handler, Operation
from podio_emulator.errors import not_found
from podio_emulator.queries import choice_of, needed_text, text_of
from podio_emulator.times import TIMEZONES


def _status(call: Call) -> dict[str, Any]:
    return call.shapes.user_status(call.user)


def _user(call: Call) -> dict[str, Any]:
    return call.shapes.user(call.user)


def _update_user(call: Call) -> None:
    """Change locale and time zone; of zones the emulator knows the sample users' alone (``times``)."""
    profile, body = call.user, call.json_object()
    if "locale" in body:
        profile = replace(profile, locale=needed_text(body, "locale"))
    if "timezone" in body:
        profile = replace(profile, timezone=choice_of(body, "timezone", TIMEZONES))
    call.store.profiles[profile.profile_id] = profile


def _profile(call: Call) -> dict[str, Any]:
    return call.shapes.profile(call.user)


def _profile_field(call: Call) -> Any:
    json = _profile(call)
    if call.params["key"] not in json:
        raise not_found()
    value = json[call.params["key"]]
    return value if isinstance(value, list) else [] if value is None else [value]


def _update_profile(call: Call) -> None:
    profile = changed_profile(call.user, call.json_object())
    call.store.profiles[profile.profile_id] = profile


def _properties(call: Call) -> dict[str, Any]:
    return call.store.properties.setdefault(call.user_id, {})


def _property(call: Call) -> dict[str, Any]:
    if call.params["name"] not in _properties(call):
        raise not_found()
    return {"value": _properties(call)[call.params["name"]]}


def _set_property(call: Call) -> None:
    body = call.json_object()
    _properties(call)[call.params["name"]] = body.get("value", body)


def _set_properties(call: Call) -> None:
    _properties(call).update(call.json_object())


def _delete_property(call: Call) -> None:
    if _properties(call).pop(call.params["name"], None) is None:
        raise not_found()


def _settings(call: Call) -> dict[str, Any]:
    """Return the notification settings of one kind of client: a truth value by kind of notification."""
    return dict(_properties(call).get(f"settings.{call.params['client_type']}", {}))


def _set_settings(call: Call) -> None:
    body = call.json_object()
    text_of(body, "digest")
    key = f"settings.{call.params['client_type']}"
    _properties(call)[key] = _properties(call).get(key, {}) | body


def _for_user(method: str, path: str, run: Handler, **keys: Any) -> Operation:
    return Operation(method=method, path=f"/user{path}", run=run, access=Access.USER, **keys)


# The names of properties and settings are the clients' own.


OPERATIONS: tuple[Operation, ...] = (
    _for_user("GET", "/status", _status),
    _for_user("GET", "", _user),
    _for_user(
        "PUT", "", _update_user, keys=("locale", "timezone"), missing_keys=("mail", "old_password", "new_password")
    ),
    _for_user("GET", "/profile", _profile),
    _for_user(
        "PUT",
        "/profile",
        _update_profile,
        keys=("name", "phone", "title", "organization"),
        missing_keys=("mail", *MISSING_KEYS),
    ),
    _for_user("GET", "/profile/{key}", _profile_field),
    _for_user("PUT", "/property", _set_properties, free_body=True),
    _for_user("GET", "/property/{name}", _property),
    _for_user("PUT", "/property/{name}", _set_property, free_body=True),
    _for_user("DELETE", "/property/{name}", _delete_property),
    _for_user("GET", "/setting/{client_type}", _settings),
    _for_user("PUT", "/setting/{client_type}", _set_settings, free_body=True),
)
