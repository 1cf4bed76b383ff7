"""Forms over an app's fields."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.workbench.driver import APP, item_answer, podio_field

from workbench import field_values, forms
from workbench import podio_shapes as shapes


def app_of(*fields: dict[str, Any]) -> shapes.App:
    app = shapes.app({**APP, "fields": list(fields)})
    assert app is not None
    return app


def read(field: dict[str, Any], **texts: str) -> forms.Filled:
    given = {name.replace("__", "."): text for name, text in texts.items()}
    return forms.read(app_of(field), given)


@pytest.mark.parametrize(
    ("written", "sent"),
    [("12", "12"), ("12,5", "12.5"), ("1 250.50", "1250.50"), ("1,250.50", "1250.50"), ("1,250", "1250"), ("-3", "-3")],
)
def test_a_number_is_understood_as_people_write_it(written: str, sent: str) -> None:
    assert read(podio_field(2, "number", "Size"), f2=written).fields == {"size": sent}


@pytest.mark.parametrize("written", ["twelve", "1,2,3", "--1", "NaN", "1e", "Infinity"])
def test_what_is_no_number_is_complained_about_and_not_sent(written: str) -> None:
    filled = read(podio_field(2, "number", "Size"), f2=written)
    assert not filled.fields
    assert "Size must be a number" in filled.complaints["f2"]


def test_money_goes_with_its_currency() -> None:
    field = podio_field(4, "money", "Worth", allowed_currencies=["EUR", "USD"])
    assert read(field, f4="10", f4__currency="USD").fields == {"worth": {"value": "10", "currency": "USD"}}


def test_a_date_goes_with_time_and_end() -> None:
    field = podio_field(5, "date", "When", time="enabled", end="enabled")
    filled = read(field, f5="2026-11-21", f5__time="14:05", f5__end="2026-11-22")
    assert filled.fields == {"when": {"start_date": "2026-11-21", "start_time": "14:05:00", "end_date": "2026-11-22"}}


def test_a_span_that_ends_before_it_starts_is_complained_about() -> None:
    field = podio_field(5, "date", "When", end="enabled")
    assert "ends before" in read(field, f5="2026-11-21", f5__end="2026-11-20").complaints["f5"]


@pytest.mark.parametrize("written", ["101", "-1", "1.5", "x"])
def test_progress_is_a_whole_number_up_to_100(written: str) -> None:
    assert "0 to 100" in read(podio_field(6, "progress", "Done"), f6=written).complaints["f6"]


def test_a_required_field_left_empty_is_complained_about() -> None:
    field = podio_field(1, "text", "Name")
    field["config"]["required"] = True
    assert read(field, f1="  ").complaints == {"f1": "Name is required."}


def test_only_changed_fields_are_sent_and_an_emptied_one_is_cleared() -> None:
    app, item = shapes.app(APP), shapes.item(item_answer())
    assert app is not None
    filled = forms.read(app, {"f1": "Hopper", "f2": ""}, item)
    assert filled.fields == {"size": []}


def test_text_with_markup_that_a_plain_form_would_lose_is_not_offered() -> None:
    (field,) = app_of(podio_field(1, "text", "Name", size="large", format="html")).fields
    rich = shapes.FieldValue(
        field_id=1, external_id="", type="text", label="", values=({"value": "<p>a <b>b</b></p>"},)
    )
    plain = shapes.FieldValue(
        field_id=1, external_id="", type="text", label="", values=({"value": "<p>a</p><p>b</p>"},)
    )
    assert forms.controls(field, rich) == ()
    assert forms.controls(field, plain)[0].value == "a\nb"


def test_a_field_with_several_values_is_left_to_podio() -> None:
    (field,) = app_of(podio_field(1, "phone", "Phone")).fields
    two = shapes.FieldValue(field_id=1, external_id="", type="phone", label="", values=({"value": "1"}, {"value": "2"}))
    assert forms.controls(field, two) == ()
    assert len(forms.controls(field, None)) == 2


def test_the_fields_that_are_left_out_are_named() -> None:
    app = app_of(podio_field(1, "text", "Name"), podio_field(2, "image", "Photo"), podio_field(3, "calculation", "Sum"))
    assert forms.left_out(app) == ("Photo",)


def test_a_tag_typed_into_a_field_of_one_line_is_text_and_stays_editable() -> None:
    app = app_of(podio_field(1, "text", "Name", size="small"))
    item = shapes.item(item_answer(fields=[{"field_id": 1, "type": "text", "values": [{"value": "A &amp; <b>B</b>"}]}]))
    assert item is not None
    ((field, (control,)),) = forms.all_controls(app, item)
    assert control.value == "A & <b>B</b>"
    assert field_values.pieces(item.fields[0], field) == (field_values.Words(text="A & <b>B</b>"),)
