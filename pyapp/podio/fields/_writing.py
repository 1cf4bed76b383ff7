"""Python values, written into what Podio takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from podio.fields import _json_parts as parts
from podio.fields._error import FieldValueError, Unfit, raise_all
from podio.fields._field_type import FieldType, Settings
from podio.fields._reading import FieldValue, settings_of
from podio.fields._types import FIELD_TYPES, type_name
from podio.fields._values import RawValue

_ANY_JSON = "plain JSON (text, numbers, true, false, null, lists and objects), being of a type that is not known here"


def write_value(
    field_type: str, value: object, *, field: str | None = None, settings: Mapping[str, Any] | None = None
) -> Any:
    """Return the JSON that makes Podio keep `value` in a field.

    Podio takes it in the ``fields`` of an item's body, or as the body of ``PUT /item/{item_id}/value/{field_id}``.

    Args:
        field_type: The field's type, such as ``money``.
        value: One value, or a list or tuple of them where the field may hold several. ``None`` and ``[]`` clear the
            field. A value may be what reading gave (`FieldValue`, an element of its ``values``, an element of Podio's
            own ``values``) or any other form that the type takes; see docs/field-values.md. A `FieldValue` goes back
            as it was read; other values, and all where `settings` are given, are checked.
        field: What to call the field in an error's message; left out, the type.
        settings: The field's ``config.settings``, where known: lets options be named by their texts, and refuses what
            the settings exclude.

    Raises:
        FieldValueError: when the value doesn't fit, or when the type can't be written (`READ_ONLY`).
    """
    name = field or field_type
    field_type = type_name(field_type)
    kind = FIELD_TYPES.get(field_type)
    was_read = isinstance(value, FieldValue)
    if isinstance(value, FieldValue):
        if type_name(value.type) != field_type:
            raise FieldValueError(field=name, value=value, expected=f"values of the type {field_type}")
        values: tuple[Any, ...] = value.values
    else:
        values = _as_tuple(value)
    if kind is None:
        try:
            return _untouched([] if value is None else values if was_read else value)
        except Unfit:
            raise FieldValueError(field=name, value=value, expected=_ANY_JSON) from None
    if kind.write is None:
        raise FieldValueError(field=name, value=value, expected=kind.expected)
    if len(values) > 1 and not kind.several and not was_read:
        raise FieldValueError(field=name, value=value, expected=f"one value: {kind.expected}")
    checked = not was_read or settings is not None
    written = _write_all(kind, kind.write, values, parts.mapping(settings), name, checked=checked)
    return written[0] if len(written) == 1 and not kind.several else written


def _write_all(
    kind: FieldType,
    write: Callable[[Any, Settings], Any],
    values: tuple[Any, ...],
    settings: Settings,
    name: str,
    *,
    checked: bool,
) -> list[Any]:
    written: list[Any] = []
    for value in values:
        if _is_deleted(kind, value):
            # So Podio shows what was deleted, such as an item referred to: there is nothing to keep.
            continue
        if isinstance(value, RawValue):
            written.append(value.raw)
            continue
        read = kind.read(value, settings) if isinstance(value, Mapping) else None
        try:
            entry = write(value if read is None else read, settings)
            if checked:
                kind.check(entry, settings)
        except Unfit as unfit:
            raise FieldValueError(field=name, value=value, expected=unfit.expected or kind.expected) from None
        if checked and kind.distinct and entry in written:
            raise FieldValueError(field=name, value=values, expected="each value once")
        written.append(entry)
    if checked and len(written) > 1 and settings.get("multiple") is False:
        raise FieldValueError(field=name, value=values, expected="one value: the field's settings allow no more")
    return written


def _is_deleted(kind: FieldType, value: object) -> bool:
    """Whether this is what Podio's JSON has in the place of what was deleted: ``{"value": null}``."""
    if isinstance(value, RawValue):
        return value.is_empty
    # An element of Podio's own `values`; in other forms a null is a mistake of whoever wrote it.
    is_element = kind.several and isinstance(value, Mapping) and bool({"value", "embed"} & value.keys())
    return is_element and RawValue(raw=value).is_empty


def _as_tuple(value: object) -> tuple[Any, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _untouched(value: object) -> Any:
    """Pass on what is for a field of a type that isn't known: Podio alone can judge it, as long as it is JSON."""
    if isinstance(value, RawValue):
        return value.raw
    if isinstance(value, list | tuple):
        return [_untouched(entry) for entry in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _untouched(entry) for key, entry in value.items()}
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int | float) and parts.decimal(value) is not None:
        return value
    raise Unfit


def write_values(app: object, values: Mapping[Any, object]) -> dict[str, Any]:
    """Return the ``fields`` of a request that creates or changes an item.

    Args:
        app: The app's JSON as ``GET /app/{app_id}`` answers it, or the list of its ``fields``: it has the types.
        values: What to write, by external id or field id; fields that are not named keep what they hold.

    Raises:
        FieldValueError: when the app has no such field, for a value that doesn't fit or that the field's settings
            exclude, and for a field named twice. Its ``errors`` has one for each wrong field.
    """
    templates = _templates(app)
    written: dict[str, Any] = {}
    errors: list[FieldValueError] = []
    named: set[int] = set()
    for key, value in values.items():
        name = str(key)
        try:
            template = _template(templates, name, value)
            if id(template) in named:
                message = f"The field {name!r} is named twice, by its id and by its external id. Name it once."
                raise FieldValueError(field=name, value=value, expected="one value", message=message)
            named.add(id(template))
            settings = settings_of(template)
            written[name] = write_value(parts.text(template.get("type")), value, field=name, settings=settings)
        except FieldValueError as error:
            errors.append(error)
    raise_all(errors)
    return written


def _templates(app: object) -> dict[str, Mapping[str, Any]]:
    """Return an app's fields by field id and by external id."""
    fields = app if isinstance(app, list | tuple) else parts.sequence(parts.mapping(app).get("fields"))
    templates: dict[str, Mapping[str, Any]] = {}
    for template in map(parts.mapping, fields):
        for key in (parts.identifier(template.get("field_id")), parts.text(template.get("external_id"))):
            if key:
                templates[str(key)] = template
    return templates


def _template(templates: Mapping[str, Mapping[str, Any]], name: str, value: object) -> Mapping[str, Any]:
    if name in templates:
        return templates[name]
    names = ", ".join(key for key in templates if not key.isdigit()) or "no fields at all"
    message = f"The app has no field {name!r}. It has {names}."
    raise FieldValueError(field=name, value=value, expected="nothing", message=message)
