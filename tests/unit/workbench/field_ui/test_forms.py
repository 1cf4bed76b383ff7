"""Forms over an app's fields."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.workbench.driver import APP, item_answer, podio_field
from tests.unit.workbench.field_ui.form_cases import CASES, LEFT_TO_PODIO, UNCHANGED, Case, Refused

from podio.fields import read_field
from podio.model import App, Item
from workbench import field_ui
from workbench.field_ui.pieces import Words
from workbench.html_tokenizer import unescape
from workbench.locales import ENGLISH


def app_of(*fields: dict[str, Any]) -> App:
    app = App.from_json({**APP, "fields": list(fields)})
    assert app is not None
    return app


def read(field: dict[str, Any], **texts: str) -> field_ui.FormReading:
    controls = {name.replace("__", "."): text for name, text in texts.items()}
    return field_ui.read_form(app_of(field), controls, None, ENGLISH)


def value_of(kind: str, value: Mapping[str, Any] | None) -> Item | None:
    if value is None:
        return None
    return Item.from_json(item_answer(fields=[{"field_id": 1, "type": kind, "label": "F", "values": [value]}]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}-{case.typed}-{case.before}"[:80])
def test_what_is_typed_is_sent_as_it_is_meant_or_refused_at_the_field(case: Case) -> None:
    app = app_of(podio_field(1, case.kind, "F", **case.settings or {}))
    texts = {f"f1.{part}" if part else "f1": text for part, text in case.typed.items()}
    reading = field_ui.read_form(app, texts, value_of(case.kind, case.before), ENGLISH)
    if isinstance(case.sent, Refused):
        assert not reading.fields
        (control, complaint), *others = reading.complaints.items()
        assert not others
        assert control == (f"f1.{case.sent.part}" if case.sent.part else "f1")
        assert all(words in complaint for words in case.sent.words), complaint
    else:
        assert not reading.complaints
        assert reading.fields == ({} if case.sent is UNCHANGED else {"f": case.sent})


@pytest.mark.parametrize(("kind", "settings", "value"), LEFT_TO_PODIO)
def test_a_value_that_the_controls_could_not_show_whole_is_left_to_podio(
    kind: str, settings: dict[str, Any], value: dict[str, Any]
) -> None:
    assert field_ui.form_controls(app_of(podio_field(1, kind, "F", **settings)), value_of(kind, value), ENGLISH) == ()


@pytest.mark.parametrize("number", ["3.1410", "0.1250", "-1.2500", "1250.0000", "0.0001", "123.4560", "1234.5670"])
@pytest.mark.parametrize("kind", ["number", "money"])
def test_a_form_takes_the_number_that_it_shows(kind: str, number: str) -> None:
    app = app_of(podio_field(1, kind, "F"))
    ((_, controls),) = field_ui.form_controls(app, value_of(kind, {"value": number, "currency": "EUR"}), ENGLISH)
    reading = field_ui.read_form(app, {"f1": controls[0].value}, None, ENGLISH)
    value = reading.fields["f"]
    assert Decimal(value["value"] if kind == "money" else value) == Decimal(number)


@given(st.text(alphabet="ab <>&;p/\n\t", max_size=30))
def test_a_text_reads_back_as_it_was_typed(text: str) -> None:
    for settings in ({"format": "html", "size": "large"}, {"format": "markdown", "size": "large"}):
        app = app_of(podio_field(1, "text", "F", **settings))
        value = field_ui.read_form(app, {"f1": text}, None, ENGLISH).fields.get("f", "")
        if not text.strip() or (settings["format"] == "markdown" and unescape(text) != text):
            continue
        ((_, (control,)),) = field_ui.form_controls(
            app, value_of("text", value if isinstance(value, dict) else {"value": value}), ENGLISH
        )
        assert control.value == text


def test_money_goes_with_its_currency() -> None:
    field = podio_field(4, "money", "Worth", allowed_currencies=["EUR", "USD"])
    assert read(field, f4="10", f4__currency="USD").fields == {"worth": {"value": "10", "currency": "USD"}}


def test_a_date_goes_with_time_and_end() -> None:
    field = podio_field(5, "date", "When", time="enabled", end="enabled")
    reading = read(field, f5="2026-11-21", f5__time="14:05", f5__end="2026-11-22")
    assert reading.fields == {"when": {"start_date": "2026-11-21", "start_time": "14:05:00", "end_date": "2026-11-22"}}


def test_a_span_that_ends_before_it_starts_is_complained_about() -> None:
    field = podio_field(5, "date", "When", end="enabled")
    assert "ends before" in read(field, f5="2026-11-21", f5__end="2026-11-20").complaints["f5"]


def test_a_required_field_left_empty_is_complained_about() -> None:
    field = podio_field(1, "text", "Name")
    field["config"]["required"] = True
    assert read(field, f1="  ").complaints == {"f1": "This field is required."}


def test_a_required_field_of_several_choices_is_complained_about_when_none_is_ticked() -> None:
    field = podio_field(1, "category", "Kind", multiple=True, options=[{"id": 1, "text": "A"}, {"id": 2, "text": "B"}])
    field["config"]["required"] = True
    assert read(field).complaints == {"f1": "This field is required."}
    assert read(field, f1__2="on").fields == {"kind": [2]}


def test_only_changed_fields_are_sent_and_an_emptied_one_is_cleared() -> None:
    app, item = App.from_json(APP), Item.from_json(item_answer())
    assert app is not None
    reading = field_ui.read_form(app, {"f1": "Hopper", "f2": ""}, item, ENGLISH)
    assert reading.fields == {"size": []}


def test_text_with_markup_that_a_plain_form_would_lose_is_not_offered() -> None:
    (field,) = app_of(podio_field(1, "text", "Name", size="large", format="html")).fields
    rich = read_field({"field_id": 1, "type": "text", "values": [{"value": "<p>a <b>b</b></p>"}]})
    plain = read_field({"field_id": 1, "type": "text", "values": [{"value": "<p>a</p><p>b</p>"}]})
    assert field_ui.field_controls(field, rich, ENGLISH) == ()
    assert field_ui.field_controls(field, plain, ENGLISH)[0].value == "a\nb"


def test_a_field_with_several_values_is_left_to_podio() -> None:
    (field,) = app_of(podio_field(1, "phone", "Phone")).fields
    two = read_field({"field_id": 1, "type": "phone", "values": [{"value": "1"}, {"value": "2"}]})
    assert field_ui.field_controls(field, two, ENGLISH) == ()
    assert len(field_ui.field_controls(field, None, ENGLISH)) == 2


def test_fields_that_only_podio_can_change_are_left_to_it() -> None:
    app = app_of(podio_field(1, "text", "Name"), podio_field(2, "image", "Photo"), podio_field(3, "calculation", "Sum"))
    left = [field.label for field in app.visible_fields if field_ui.is_left_to_podio(field, None, ENGLISH)]
    assert left == ["Photo"]


def test_a_tag_typed_into_a_field_of_one_line_is_text_and_stays_editable() -> None:
    app = app_of(podio_field(1, "text", "Name", size="small"))
    item = Item.from_json(
        item_answer(fields=[{"field_id": 1, "type": "text", "values": [{"value": "A &amp; <b>B</b>"}]}])
    )
    assert item is not None
    ((field, (control,)),) = field_ui.form_controls(app, item, ENGLISH)
    assert control.value == "A & <b>B</b>"
    assert field_ui.show(item.fields[1], field, ENGLISH) == (Words(text="A & <b>B</b>"),)
