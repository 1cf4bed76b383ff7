"""How field values read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podio.fields import read_field
from podio.model import App, AppField, Item
from workbench import field_ui
from workbench.field_ui.numbers import number_text
from workbench.field_ui.pieces import Anchor, Bar, Chip, Piece, Prose, When, Words
from workbench.locales import ENGLISH
from workbench.rich_text import Element


def show_values(kind: str, *values: Any, **settings: Any) -> tuple[Piece, ...]:
    field = AppField(field_id=1, type=kind, settings=settings)
    return field_ui.show(read_field({"field_id": 1, "type": kind, "values": list(values)}), field, ENGLISH)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", {"value": "Leads &amp; more"}, "Leads & more"),
        ("text", {"value": "a <b>c"}, "a <b>c"),
        ("number", {"value": "6513.5100"}, "6,513.51"),
        ("number", {"value": "3.0000"}, "3"),
        ("calculation", {"value": "111.0000"}, "111"),
        ("calculation", {"value": "Won"}, "Won"),
        ("money", {"value": "541.9870", "currency": "EUR"}, "€541.987"),
        ("money", {"value": "-5.0000", "currency": "USD"}, "-$5.00"),
        ("money", {"value": "1200.0000", "currency": "DKK"}, "1,200.00 DKK"),
        ("progress", {"value": 42}, "42%"),
        ("duration", {"value": 93784}, "1 day 2 h 3 min 4 s"),
        ("category", {"value": {"id": 2, "text": "B", "color": "DCEBD8"}}, "B"),
        (
            "date",
            {"start": "2014-12-11 23:00:00", "start_date": "2014-12-11", "start_time": "23:00:00"},
            "Dec 11, 2014, 23:00",
        ),
        ("date", {"start": "2014-12-11 00:00:00", "start_date": "2014-12-11", "start_time": None}, "Dec 11, 2014"),
        ("contact", {"value": {"name": "Grace", "mail": ["grace@example.com"]}}, "Grace"),
        ("app", {"value": {"item_id": 9, "title": "Lamp", "app": {"app_id": 7}}}, "Lamp"),
        ("image", {"value": {"file_id": 1, "name": "lamp.png", "size": 1400}}, "lamp.png (1.4 kB)"),
        ("location", {"value": "Paris", "formatted": "Paris, France"}, "Paris, France"),
        ("phone", {"type": "work", "value": "+45 99 15"}, "+45 99 15"),
        ("email", {"type": "work", "value": "a@b.c"}, "a@b.c"),
        ("embed", {"embed": {"url": "https://example.com", "title": "Example"}}, "Example"),
        ("tag", {"value": "urgent"}, "urgent"),
        ("hologram", {"value": {"title": "New kind"}}, "New kind"),
    ],
)
def test_every_type_of_field_reads_well(kind: str, value: Any, text: str) -> None:
    assert field_ui.plain(show_values(kind, value)) == text


def test_a_time_span_shows_both_ends() -> None:
    value = {
        "start_date": "2026-03-01",
        "start_time": "09:00:00",
        "end_date": "2026-03-02",
        "end": "2026-03-02 10:30:00",
        "end_time": "10:30:00",
    }
    assert show_values("date", value) == (
        When(text="Mar 1, 2026, 09:00 – Mar 2, 2026, 10:30", machine="2026-03-01T09:00"),
    )


def test_a_reference_leads_to_the_item() -> None:
    value = {"value": {"item_id": 9, "title": "Lamp", "app": {"app_id": 7, "item_name": "Product"}}}
    assert show_values("app", value) == (Anchor(text="Lamp", href="#/app/7/item/9", note="Product"),)


def test_a_link_with_a_harmful_address_is_shown_as_text() -> None:
    (piece,) = show_values("embed", {"embed": {"url": "javascript:alert(1)", "title": "Click me"}})
    assert not isinstance(piece, Anchor)


def test_progress_is_a_bar_within_its_bounds_and_shown_as_it_came_beyond() -> None:
    assert show_values("progress", {"value": 42}) == (Bar(percent=42),)
    assert show_values("progress", {"value": 250}) == (Words(text="250"),)


def test_a_category_s_colour_is_six_digits_or_none() -> None:
    assert show_values("category", {"value": {"id": 1, "text": "A", "color": "red;}"}}) == (Chip(text="A"),)


@pytest.mark.parametrize(
    ("color", "ink"), [("DCEBD8", "dark"), ("000000", "light"), ("FFFFFF", "dark"), ("1B2A6B", "light")]
)
def test_letters_stand_out_from_their_chip(color: str, ink: str) -> None:
    assert field_ui.ink(color) == ink


def test_a_moment_is_shown_in_the_user_s_time_zone() -> None:
    moment = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert field_ui.moment_text(moment, timezone(timedelta(hours=1)), ENGLISH) == "Nov 22, 2026, 00:30"


KEYS = [
    "value",
    "start",
    "start_date",
    "end",
    "end_time",
    "currency",
    "embed",
    "name",
    "mail",
    "item_id",
    "url",
    "text",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=5,
        )
    ),
    max_leaves=8,
)
KINDS = [
    "text",
    "number",
    "calculation",
    "money",
    "progress",
    "duration",
    "category",
    "date",
    "contact",
    "app",
    "image",
    "location",
    "phone",
    "email",
]
KINDS += ["embed", "tag", "unheard-of"]


@given(
    st.sampled_from(KINDS),
    st.dictionaries(st.sampled_from(["value", "start", "start_date", "end", "embed", "type"]), JSON),
)
def test_no_value_whatsoever_raises(kind: str, value: dict[str, Any]) -> None:
    field_ui.plain(show_values(kind, value))
    field_ui.show(read_field({"field_id": 1, "type": kind, "values": [value]}), None, ENGLISH)
    field_ui.show(read_field({"field_id": 1, "type": kind, "values": value}), None, ENGLISH)


def test_the_html_of_a_large_text_reads_as_text() -> None:
    assert field_ui.plain(show_values("text", {"value": "<p>One</p><p>Two</p>"}, size="large")) == "One Two"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("6513.5100", "6,513.51"),
        ("9" * 29, ",".join(["99", *["999"] * 9])),
        ("9" * 30, "9" * 30),
        (10**29, f"1{'0' * 29}"),
        ("123456789012345678901234567890.1234", "123456789012345678901234567890.1234"),
        ("12345678901234567890.1234", "12,345,678,901,234,567,890.1234"),
        (9007199254740993, "9,007,199,254,740,993"),
        ("1e-400000000", "1e-400000000"),
        ("1e400000000", "1e400000000"),
        ("0e400000000", "0e400000000"),
        ("1e5", "1e5"),
        ("1_000", "1_000"),
        ("\u0663", "\u0663"),
        ("NaN", "NaN"),
        ("", ""),
    ],
)
def test_a_number_is_grouped_exactly_or_stays_as_it_came(raw: Any, text: str) -> None:
    assert number_text(raw, ENGLISH) == text
    for kind in ("number", "calculation"):
        assert field_ui.plain(show_values(kind, {"value": raw})) == text


@pytest.mark.parametrize("amount", ["9" * 30, "1e-400000000", "1e400000000", "nothing"])
def test_an_amount_that_can_t_be_read_keeps_its_text(amount: str) -> None:
    assert field_ui.plain(show_values("money", {"value": amount, "currency": "DKK"})).startswith(amount)


def test_a_size_beyond_all_measure_is_left_out() -> None:
    assert field_ui.plain(show_values("image", {"value": {"file_id": 1, "name": "a", "size": 10**400}})) == "a"
    item = Item.from_json({"item_id": 1, "files": [{"file_id": 1, "name": "a", "size": 10**400}]})
    assert item
    assert item.files[0].size is None


TAGS = "see <div>hello</div>\n& <b>bold</b>"


@pytest.mark.parametrize("settings", [{"format": "plain", "size": "large"}, {"format": "markdown", "size": "large"},
                                      {"format": "plain", "size": "small"}, {"size": "small"}])  # fmt: skip
def test_a_plain_field_shows_what_was_typed_whether_its_app_is_known_or_not(settings: dict[str, str]) -> None:
    raw = {"field_id": 1, "type": "text", "label": "F", "config": {"settings": settings}, "values": [{"value": TAGS}]}
    app, item = App.from_json({"app_id": 1, "fields": [raw]}), Item.from_json({"item_id": 1, "fields": [raw]})
    assert app
    assert item
    for field in (app.fields[0], None):
        pieces = field_ui.show(item.fields[1], field, ENGLISH)
        assert field_ui.plain(pieces).split() == TAGS.split()


@pytest.mark.parametrize("own", [None, "html", "plain"])
def test_a_value_s_own_format_counts_before_its_field_s(own: str | None) -> None:
    html_field, plain_field = ({"format": name, "size": "large"} for name in ("html", "plain"))
    for settings, is_html in ((html_field, own != "plain"), (plain_field, own == "html")):
        value = {"value": "<p>a</p>"} | ({"format": own} if own else {})
        assert field_ui.plain(show_values("text", value, **settings)) == ("a" if is_html else "<p>a</p>")


def test_an_html_field_s_text_without_tags_keeps_its_lines() -> None:
    (piece,) = show_values("text", {"value": "a &amp; b\nc"}, format="html", size="large")
    assert piece == Prose(nodes=("a & b", Element("br"), "c"))
    assert field_ui.plain(show_values("text", {"value": "<table>a</table>"}, format="html", size="large")) == "a"
