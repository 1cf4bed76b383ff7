"""The table of the types of field.

Sources: "Item field values" of https://developers.podio.com/doc/items; for ``question`` and ``video``, fields of old
apps that the documentation doesn't have any more, the SDK for PHP. Unknown types, and the old ``state``, ``title`` and
``member``, pass through untouched.
"""

from __future__ import annotations

from collections.abc import Mapping

from podio.fields import _addresses as addresses
from podio.fields import _dates as dates
from podio.fields import _references as references
from podio.fields import _texts_and_numbers as texts_and_numbers
from podio.fields._field_type import FieldType

FIELD_TYPES: Mapping[str, FieldType] = {
    "text": texts_and_numbers.TEXT,
    "number": texts_and_numbers.NUMBER,
    "calculation": texts_and_numbers.CALCULATION,
    "money": texts_and_numbers.MONEY,
    "progress": texts_and_numbers.PROGRESS,
    "duration": texts_and_numbers.DURATION,
    "tag": texts_and_numbers.TAG,
    "separator": texts_and_numbers.SEPARATOR,
    "date": dates.DATE,
    "category": references.CATEGORY,
    "question": references.CATEGORY,
    "contact": references.CONTACT,
    "app": references.APP,
    "image": references.FILE,
    "file": references.FILE,
    "video": references.FILE,
    "embed": addresses.EMBED,
    "location": addresses.LOCATION,
    "phone": addresses.PHONE,
    "email": addresses.EMAIL,
}

_SYNONYMS = {"tel": "phone"}
"""The documentation's names for what Podio's answers call otherwise."""

READ_ONLY = frozenset(name for name, kind in FIELD_TYPES.items() if kind.write is None)
"""The types of field that Podio lets nobody write."""


def type_name(name: str) -> str:
    """Return the name that Podio's answers have for a type of field: ``phone`` for the documentation's ``tel``."""
    return _SYNONYMS.get(name, name)
