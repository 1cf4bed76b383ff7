"""What is typed means what it means where the user lives; what is shown reads back as what it shows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.workbench.driver import APP, podio_field
from tests.unit.workbench.field_ui.form_cases import BY_LOCALE, CURRENCIES, DURATIONS, NUMBERS_WITH_UNITS
from tests.unit.workbench.intl import LOCALES

from podio.fields import DateValue, FieldValue, Money, Option, Phone, Text
from podio.model import App, AppField
from workbench import field_ui
from workbench.locales import ENGLISH, Locale

HOMES = ("en-US", "da", "de", "fr", "ja", "ar", "ar-EG", "en-IN", "de-CH", "th", "sv")


def app_of(kind: str, label: str = "F", **settings: Any) -> App:
    app = App.from_json({**APP, "fields": [podio_field(1, kind, label, **settings)]})
    assert app is not None
    return app


def read_texts(app: App, locale: Locale, **texts: str) -> tuple[Any, str]:
    """Return what a form would send, None where it refuses, and what it says under the field."""
    (field,) = app.fields
    controls = {"f1" if part == "text" else f"f1.{part}": text for part, text in texts.items()}
    reading = field_ui.read_form(app, controls, None, locale)
    ((_, row),) = field_ui.form_controls(app, None, locale)
    note = field_ui.saved_as(field, row, None, controls, locale)
    return (None if reading.complaints else next(iter(reading.fields.values()), [])), note


@pytest.mark.parametrize(
    ("home", "text", "number", "note"), [(home, *case) for home, cases in BY_LOCALE.items() for case in cases]
)
def test_a_number_means_what_it_means_where_the_user_lives(home: str, text: str, number: str, note: str) -> None:
    assert read_texts(app_of("number"), LOCALES[home], text=text) == (number, note)
    # A cell and what is pasted read the same.
    (field,) = app_of("number").fields
    assert field_ui.read_text(field, text, LOCALES[home]).value == Decimal(number)
    money, _ = read_texts(app_of("money"), LOCALES[home], text=text)
    assert money == {"value": number, "currency": "EUR"}


@pytest.mark.parametrize(("label", "unit", "text", "number"), NUMBERS_WITH_UNITS)
def test_a_unit_may_be_typed_where_the_field_names_it(label: str, unit: str, text: str, number: str | None) -> None:
    settings = {"unit": unit} if unit else {}
    assert read_texts(app_of("number", label, **settings), ENGLISH, text=text)[0] == number


@pytest.mark.parametrize(("allowed", "currency_choice", "home", "text", "money", "note"), CURRENCIES)
def test_a_currency_may_be_typed_where_the_field_allows_it(
    allowed: tuple[str, ...], currency_choice: str, home: str, text: str, money: tuple[str, str] | None, note: str
) -> None:
    app = app_of("money", allowed_currencies=list(allowed)) if allowed else app_of("money")
    sent_value = None if money is None else {"value": money[0], "currency": money[1]}
    assert read_texts(app, LOCALES[home], text=text, currency=currency_choice) == (sent_value, note)


@pytest.mark.parametrize(("text", "outcome"), DURATIONS.items())
def test_a_duration_that_could_be_minutes_says_what_it_is(text: str, outcome: tuple[int, str] | None) -> None:
    assert read_texts(app_of("duration"), ENGLISH, text=text) == (outcome or (None, ""))


DATES = {
    "en-US": {
        "Nov 3, 2026": "2026-11-03",
        "November 3, 2026": "2026-11-03",
        "3 Nov 2026": "2026-11-03",
        "11/3/2026": "2026-11-03",
        "13/11/2026": "2026-11-13",
        "2026-11-03": "2026-11-03",
        "Nov 3, 2026, 2:05 pm": "2026-11-03 14:05:00",
        "11/3/2026 12:00 AM": "2026-11-03 00:00:00",
        "Nov 3, 2026, 15:00:45": "2026-11-03 15:00:45",
    },
    "da": {"3.11.2026": "2026-11-03", "3/11/2026": "2026-11-03", "3. nov. 2026": "2026-11-03",
           "3. maj 2026": "2026-05-03",
           "11/13/2026": "2026-11-13", "3 Nov 2026": "2026-11-03"},
    "fr": {"3 févr. 2026": "2026-02-03", "3/2/2026": "2026-02-03"},
    "ja": {"2026年11月3日": "2026-11-03", "2026/11/3": "2026-11-03", "13/11/2026": "2026-11-13"},
    "ar-EG": {"٣ نوفمبر ٢٠٢٦": "2026-11-03", "\u200f٣\u200f/١١\u200f/٢٠٢٦": "2026-11-03"},
}  # fmt: skip
NO_DATES = {
    "en-US": ("tomorrow", "14:05", "Nov 2026", "11/3/26", "31/31/2026", "Nov 31, 2026", "Nov 3, 2026, 25:00", "",
              "summary 3 2026", "Nov 3, 2026, 13:00 pm", "2026", "Nov 3, 2026 – Nov 2, 2026", "\u2013", "x" * 200,
              "Nov 3, 2026 15:00 – 14:00", "Nov 3, 2026 – Nov 4, 2026 – Nov 5, 2026"),
    "ja": ("3/11/2026",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("home", "text", "day"), [(home, *case) for home, cases in DATES.items() for case in cases.items()]
)
def test_a_date_alone_is_read_in_the_order_of_where_the_user_lives(home: str, text: str, day: str) -> None:
    (field,) = app_of("date").fields
    expected = datetime.fromisoformat(day) if " " in day else date.fromisoformat(day)
    assert field_ui.read_text(field, text, LOCALES[home]).value == DateValue(start=expected)


@pytest.mark.parametrize(("home", "text"), [(home, text) for home, texts in NO_DATES.items() for text in texts if text])
def test_what_is_no_date_or_nobody_can_know_which_is_refused(home: str, text: str) -> None:
    (field,) = app_of("date", end="enabled").fields
    with pytest.raises(field_ui.Complaint):
        field_ui.read_text(field, text, LOCALES[home])


@pytest.mark.parametrize(
    ("settings", "text"),
    [({"time": "disabled"}, "Nov 3, 2026, 14:05"), ({"end": "disabled"}, "Nov 3, 2026 – Nov 4, 2026")],
)
def test_a_date_with_more_than_the_field_holds_is_refused(settings: dict[str, str], text: str) -> None:
    (field,) = app_of("date", **settings).fields
    with pytest.raises(field_ui.Complaint):
        field_ui.read_text(field, text, ENGLISH)


def test_a_text_alone_changes_nothing_that_the_field_s_editor_could_not_show() -> None:
    (dated,) = app_of("date", time="disabled").fields
    hidden = FieldValue(type="date", values=(DateValue(start=datetime(2026, 3, 1, 9, 0, 37)),))
    (html,) = app_of("text", format="html", size="large").fields
    rich, lines = (
        FieldValue(type="text", values=(Text(value=text),)) for text in ("<p>a <b>b</b></p>", "<p>a<br>b</p>")
    )
    for field, value in ((dated, hidden), (html, rich)):
        with pytest.raises(field_ui.Complaint):
            field_ui.read_text(field, "Nov 3, 2026", ENGLISH, value)
    assert field_ui.read_text(html, "a\nb\nc", ENGLISH, lines).value == Text(value="<p>a<br>b</p><p>c</p>")


def reads_back(kind: str, value: Any, home: str, **settings: Any) -> Any:
    """Show a value, and read what is shown."""
    (field,) = app_of(kind, **settings).fields
    text = field_ui.plain(field_ui.show(FieldValue(type=kind, values=(value,)), field, LOCALES[home]))
    return field_ui.read_text(field, text, LOCALES[home]).value


homes = st.sampled_from(HOMES)
numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@given(homes, numbers)
def test_a_number_that_is_shown_reads_back(home: str, number: Decimal) -> None:
    assert reads_back("number", number, home) == number


@given(homes, numbers, st.sampled_from(["EUR", "USD", "JPY", "DKK"]))
def test_an_amount_that_is_shown_reads_back(home: str, amount: Decimal, currency: str) -> None:
    if currency == "JPY":
        amount = amount.to_integral_value()
    money = Money(amount=amount, currency=currency)
    assert reads_back("money", money, home, allowed_currencies=["EUR", "USD", "JPY", "DKK"]) == money


edges = st.dates() | st.datetimes().map(lambda moment: moment.replace(microsecond=0))


@given(homes, edges, st.none() | edges)
def test_a_date_that_is_shown_reads_back(home: str, start: date, end: date | None) -> None:
    def order(edge: date) -> datetime:
        return edge if isinstance(edge, datetime) else datetime(edge.year, edge.month, edge.day)

    if end is not None and (order(end) <= order(start) or isinstance(end, datetime) != isinstance(start, datetime)):
        end = None
    value = DateValue(start=start, end=end)
    assert reads_back("date", value, home, end="enabled") == value


@given(homes, st.integers(0, 10**9))
def test_a_duration_that_is_shown_reads_back(home: str, seconds: int) -> None:
    assert reads_back("duration", timedelta(seconds=seconds), home) == timedelta(seconds=seconds)


@given(homes, st.integers(0, 100))
def test_progress_that_is_shown_reads_back(home: str, percent: int) -> None:
    assert reads_back("progress", percent, home) == percent


@pytest.mark.parametrize("home", HOMES)
def test_choices_and_addresses_that_are_shown_read_back(home: str) -> None:
    options = [{"id": 1, "text": "R &amp; D"}, {"id": 2, "text": "r & d"}, {"id": 3, "text": "Sales"}]
    for number, option in enumerate(options, start=1):
        assert reads_back("category", Option(id=number, text=str(option["text"])), home, options=options) == number
        assert reads_back("category", Option(id=number, text=str(option["text"])), home, options=options, multiple=True)
    (several,) = app_of("category", options=options, multiple=True).fields
    assert field_ui.read_text(several, "Sales, r & d,, sales", ENGLISH).value == (3, 2)
    assert reads_back("tag", "R &amp; D", home) == ("R & D",)
    assert reads_back("phone", Phone(value="+45 99 15", type="work"), home) == Phone(value="+45 99 15", type="work")


@given(homes, numbers, st.sampled_from(["number", "money"]))
def test_a_form_holds_a_number_so_that_it_reads_back(home: str, number: Decimal, kind: str) -> None:
    app, locale = app_of(kind), LOCALES[home]
    value = number if kind == "number" else Money(amount=number, currency="EUR")
    row = field_ui.field_controls(app.fields[0], FieldValue(type=kind, values=(value,)), locale)
    sent_value = next(iter(field_ui.read_form(app, {"f1": row[0].value}, None, locale).fields.values()))
    assert Decimal(sent_value["value"] if kind == "money" else sent_value) == number


@pytest.mark.parametrize("kind", ["contact", "app", "image", "file", "calculation", "unheard-of"])
def test_what_needs_a_look_up_is_never_read_from_a_text(kind: str) -> None:
    app = app_of(kind)
    assert AppField.from_json(app.fields[0].raw) is not None
    assert not field_ui.read_form(app, {"f1": "Ada"}, None, ENGLISH).fields
    with pytest.raises(field_ui.Complaint):
        field_ui.read_text(app.fields[0], "Ada", ENGLISH)
