"""Field values: each type of Podio field as a Python value, and back into what Podio takes. Performs no I/O.

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

Reading never raises and loses nothing; writing raises `FieldValueError` for what doesn't fit. docs/field-values.md has
a table of all types.
"""

from podio.fields.error import FieldValueError
from podio.fields.items import (
    READ_ONLY,
    FieldValue,
    ItemValues,
    item_values,
    read_field,
    write_value,
    write_values,
)
from podio.fields.references import options
from podio.fields.values import (
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

__all__ = [
    "READ_ONLY",
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
    "item_values",
    "options",
    "read_field",
    "write_value",
    "write_values",
]
