"""What a grid keeps of a field: of its JSON, without making values of it, and the same of its values.

A large answer is thousands of cells; a value object for each would cost more than all that a grid does with it.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

from podio.fields import _json_parts as parts
from podio.fields import _values as types
from podio.fields._field_type import EntryColumn
from podio.fields._reading import FieldValue, settings_of
from podio.fields._types import FIELD_TYPES, type_name


class Cell(NamedTuple):
    """What a grid keeps of what a field holds. Cells of one field can be compared by each of the three.

    Attributes:
        keys: What the values are known by, to filter and to group, in Podio's order: a text, tag, number, percentage
            as it is; of money amount and currency; of a duration its seconds; of a date the ordinal of its first day
            (`date.toordinal`); of an option, an item, a file, an embed the id, of a contact the profile's; of a place,
            a phone number, an address the text. What was not understood has its text.
        text: The values as plain text in one line, to search in: no markup, no character references, numbers in digits
            with a point, dates as in ISO 8601. Not in anybody's language.
        sort: What the field's cells are sorted by, of its first value; None (to come last) where that was not
            understood or there is none.
    """

    keys: tuple[Hashable, ...] = ()
    text: str = ""
    sort: Any = None


EMPTY_CELL = Cell()

_new_cell = tuple.__new__

CellReader = Callable[[object], Cell]
"""Makes a cell of a field's ``values``."""


def column_reader(field_type: str, settings: Mapping[str, Any] | None = None) -> CellReader:
    """Return the function that makes a cell of a field's ``values``, for many items of one app.

    Args:
        field_type: The field's type, such as ``money``.
        settings: The field's ``config.settings``, where known: options are sorted in their order.
    """
    kind, config = FIELD_TYPES.get(type_name(field_type)), parts.mapping(settings)
    if kind is None:
        return lambda values: _cell(values, _unknown_column, _unknown_column)
    parse, of_parts = kind.parse, kind.column(config)

    def entry_column(entry: object) -> EntryColumn:
        if isinstance(entry, Mapping):
            pieces = parse(entry, config)
            if pieces is not None:
                return of_parts(pieces)
        return _raw_column(entry)

    def read_cell(values: object) -> Cell:
        # Nearly all cells are of one value: this saves each of them three calls.
        if type(values) is list and len(values) == 1 and type(values[0]) is dict:
            pieces = parse(values[0], config)
            if pieces is not None:
                key, text, sort = of_parts(pieces)
                return _new_cell(Cell, ((key,), text, sort))
        return _cell(values, entry_column, _raw_column)

    return read_cell


def column(field_json: object) -> Cell:
    """Return what a grid keeps of a field, of its JSON as an item has it. Never raises."""
    field = parts.mapping(field_json)
    return column_reader(parts.text(field.get("type")), settings_of(field))(field.get("values"))


def column_of(field: FieldValue) -> Cell:
    """Return what a grid keeps of a field, of its values: the same as `column` of the JSON that it was read from."""
    kind = FIELD_TYPES.get(field.type)
    if kind is None:
        return _cell(field.values, lambda value: _unknown_column(value.raw), _unknown_column)
    of_value, of_parts = kind.parts, kind.column(field.settings)
    return _cell(
        field.values,
        lambda value: _raw_column(value.raw) if isinstance(value, types.RawValue) else of_parts(of_value(value)),
        _raw_column,
    )


_TYPE_OF = {
    types.Money: "money",
    types.Option: "category",
    types.DateValue: "date",
    types.Contact: "contact",
    types.ItemReference: "app",
    types.FileReference: "file",
    types.Embed: "embed",
    types.Location: "location",
    types.Phone: "phone",
    types.Email: "email",
}


def text_of(value: Any) -> str:
    """Return the text that a grid shows of one value; where it has none, what it is known by."""
    kind = FIELD_TYPES[_TYPE_OF[type(value)]]
    key, text, _ = kind.column({})(kind.parts(value))
    return text or str(key)


def _cell(
    values: object, entry_column: Callable[[Any], EntryColumn], whole_column: Callable[[object], EntryColumn]
) -> Cell:
    """Make one cell of all values; `whole_column` reads what is no list of them."""
    if not isinstance(values, list | tuple):
        if values is None:
            return EMPTY_CELL
        key, text, sort = whole_column(values)
        return Cell((key,), text, sort)
    if len(values) == 1:
        key, text, sort = entry_column(values[0])
        return Cell((key,), text, sort)
    if not values:
        return EMPTY_CELL
    keys, texts, sorts = zip(*map(entry_column, values), strict=True)
    return Cell(keys, ", ".join(filter(None, texts)), sorts[0])


def _raw_column(raw: object) -> EntryColumn:
    text = types.RawValue(raw=raw).text
    return text, text, None


def _unknown_column(raw: object) -> EntryColumn:
    text = types.RawValue(raw=raw).text
    return text, text, text.casefold()
