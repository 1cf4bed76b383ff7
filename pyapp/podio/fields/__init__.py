"""Field values: each type of Podio field as a Python value, and back into what Podio takes.

Reading::

    item = await podio.request("GET", "/item/123")
    values = item_values(item)
    values["due-date"].value            # DateValue(start=datetime.date(2026, 11, 30), …)
    values["status"].of(Option)[0].text
    values["budget"].raw                # the JSON as it came

Writing::

    app = await podio.request("GET", "/app/456")
    fields = write_values(app, {"due-date": date(2026, 11, 30), "budget": Money(amount=Decimal(5), currency="EUR")})
    await podio.request("PUT", "/item/123", body={"fields": fields})

A grid keeps of each field a `Cell` (`column`, `column_of`): key, text, sort key.

Reading never raises and loses nothing; writing raises `FieldValueError` for what doesn't fit. docs/field-values.md has
a table of all types.
"""

from podio.fields._columns import EMPTY_CELL, Cell, column, column_of, column_reader
from podio.fields._error import FieldValueError
from podio.fields._json_parts import MOST_DIGITS, decimal
from podio.fields._reading import FieldValue, ItemValues, item_values, read_field
from podio.fields._references import options
from podio.fields._types import READ_ONLY
from podio.fields._values import (
    Contact,
    DateValue,
    Email,
    Embed,
    FileReference,
    ItemReference,
    Location,
    Money,
    Option,
    Phone,
    RawValue,
    Text,
    Value,
)
from podio.fields._writing import write_value, write_values

__all__ = [
    "EMPTY_CELL",
    "MOST_DIGITS",
    "READ_ONLY",
    "Cell",
    "Contact",
    "DateValue",
    "Email",
    "Embed",
    "FieldValue",
    "FieldValueError",
    "FileReference",
    "ItemReference",
    "ItemValues",
    "Location",
    "Money",
    "Option",
    "Phone",
    "RawValue",
    "Text",
    "Value",
    "column",
    "column_of",
    "column_reader",
    "decimal",
    "item_values",
    "options",
    "read_field",
    "write_value",
    "write_values",
]
