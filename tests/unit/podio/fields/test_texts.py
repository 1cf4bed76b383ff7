"""`str()` of every value is what a user reads, as a grid shows it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from podio import model
from podio.fields import (
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
    column_of,
    read_field,
)

VALUES: list[tuple[Any, str]] = [
    (Text(value="Hello"), "Hello"),
    (Money(amount=Decimal("12.5000"), currency="EUR"), "12.5 EUR"),
    (Option(id=2, text="Lost &amp; gone"), "Lost & gone"),
    (Option(id=2), "2"),
    (DateValue(start=date(2026, 12, 24)), "2026-12-24"),
    (DateValue(start=datetime(2026, 12, 24, 9, 30), end=date(2026, 12, 25)), "2026-12-24 09:30 – 2026-12-25"),
    (Contact(profile_id=5, name="Ada &amp; Co"), "Ada & Co"),
    (ItemReference(item_id=7, title="Hotel"), "Hotel"),
    (ItemReference(item_id=7), "7"),
    (FileReference(file_id=3, name="a.pdf"), "a.pdf"),
    (Embed(url="https://example.com/"), "https://example.com/"),
    (Embed(embed_id=1, url="https://example.com/", title="Example"), "Example"),
    (Location(value="Nowhere 1", formatted="Nowhere 1, Skive"), "Nowhere 1, Skive"),
    (Phone(value="+45 1", type="work"), "+45 1"),
    (Email(value="a@example.com"), "a@example.com"),
    (RawValue(raw={"value": "odd"}), "odd"),
    (model.User(user_id=1, name="Ada"), "Ada"),
    (model.Revision(revision=3), repr(model.Revision(revision=3))),
    (model.App(app_id=1, name="Clients"), "Clients"),
    (model.AppField(field_id=1, label="Status"), "Status"),
    (model.Item(item_id=1, title="Hotel"), "Hotel"),
    (model.Comment(comment_id=1, value="Well"), "Well"),
    (model.Task(task_id=1, text="Call"), "Call"),
    (model.File(file_id=1, name="a.pdf"), "a.pdf"),
    (model.Byline(name="Ada"), "Ada"),
    (model.Reference(type="item", id=1, title="Hotel"), "Hotel"),
]


@pytest.mark.parametrize(("value", "text"), VALUES, ids=lambda value: type(value).__name__)
def test_a_value_reads_as_a_user_knows_it(value: Any, text: str) -> None:
    assert str(value) == f"{value}" == text


def test_a_field_reads_as_a_grid_shows_it() -> None:
    field = read_field({"type": "phone", "values": [{"type": "work", "value": "1"}, {"type": "home", "value": "2"}]})
    assert str(field) == column_of(field).text == "1, 2"
    assert [str(value) for value in field.values] == ["1", "2"]
