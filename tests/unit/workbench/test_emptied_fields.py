"""A value that was emptied in a form is an edit as any other; what holds what it held at first is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from tests.unit.workbench.driver import APP, NOW, Page, answer_all, html, item_answer, let_happen, podio_field
from tests.unit.workbench.driver import store_change as store
from tests.unit.workbench.test_views import Reader

from workbench import clicks, state
from workbench.effects import PutChange, RemoveDraft, StoreDraft
from workbench.events import Clicked, DraftsLoaded, FragmentChanged, Submitted, Typed
from workbench.field_ui.types import FIELD_UIS
from workbench.outbox import CreateItem, Due, Refused, UpdateItem
from workbench.state import Dialog

SignedIn = Callable[..., Page]

EDIT, NEW, COMMENT = "edit:item:9", "new:app:7", "comment:item:9"
FIRST = "1" * 32
OPTIONS = [{"id": 1, "text": "New", "status": "active"}, {"id": 2, "text": "Won", "status": "active"}]


class Emptied(NamedTuple):
    """A value of a field of some type, and how a part of it is emptied in a form."""

    kind: str
    values: list[dict[str, Any]]
    typed: dict[str, str]
    sent: Any
    settings: Mapping[str, Any] | None = None


WHEN = {"time": "enabled", "end": "enabled"}
SPAN = [{"start": "2026-03-01 09:00:00", "end": "2026-03-02 10:30:00"}]
START = {"start_date": "2026-03-01", "start_time": "09:00:00"}
LINKS = [{"embed": {"embed_id": number, "url": f"https://example.com/{number}"}} for number in (1, 2)]
CASES = {
    "plain text": Emptied("text", [{"value": "Hopper"}], {"": ""}, [], {"size": "small", "format": "plain"}),
    "text": Emptied("text", [{"value": "<p>one</p>"}], {"": ""}, [], {"size": "large", "format": "html"}),
    "number": Emptied("number", [{"value": "12.0000"}], {"": ""}, []),
    "money": Emptied("money", [{"value": "5", "currency": "EUR"}], {"": ""}, [], {"allowed_currencies": ["EUR"]}),
    "progress": Emptied("progress", [{"value": 40}], {"": ""}, []),
    "duration": Emptied("duration", [{"value": 3600}], {"": ""}, []),
    "date": Emptied("date", [{"start": "2026-03-01"}], {"": ""}, [], {"time": "disabled", "end": "disabled"}),
    "span": Emptied("date", SPAN, {"": "", "time": "", "end": "", "end_time": ""}, [], WHEN),
    "end of a span": Emptied("date", SPAN, {"end": "", "end_time": ""}, START, WHEN),
    "category": Emptied("category", [{"value": OPTIONS[0]}], {"": ""}, [], {"options": OPTIONS}),
    "question": Emptied("question", [{"value": OPTIONS[0]}], {"": ""}, [], {"options": OPTIONS}),
    "all of several choices": Emptied(
        "category", [{"value": option} for option in OPTIONS], {"1": "", "2": ""}, [],
        {"options": OPTIONS, "multiple": True},
    ),
    "one of several choices": Emptied(
        "category", [{"value": option} for option in OPTIONS], {"1": ""}, [2], {"options": OPTIONS, "multiple": True}
    ),
    "tags": Emptied("tag", [{"value": "one"}, {"value": "two"}], {"": ""}, []),
    "one of several tags": Emptied("tag", [{"value": "one"}, {"value": "two"}], {"": "two"}, ["two"]),
    "location": Emptied("location", [{"value": "Oslo"}], {"": ""}, []),
    "phone": Emptied("phone", [{"type": "work", "value": "+47 1"}], {"": ""}, []),
    "email": Emptied("email", [{"type": "work", "value": "ada@example.com"}], {"": ""}, []),
    "links": Emptied("embed", LINKS, {"": ""}, []),
    "one of several links": Emptied("embed", LINKS, {"": "https://example.com/2"}, [{"embed": 2}]),
}  # fmt: skip


def test_each_type_of_field_that_a_form_offers_has_a_case() -> None:
    left_to_podio = {"separator", "calculation", "contact", "app", "image", "file", "video"}
    assert {case.kind for case in CASES.values()} == FIELD_UIS.keys() - left_to_podio


def open_form(signed_in: SignedIn, case: Emptied) -> Page:
    """Open the form of an item whose one field has a value."""
    field = podio_field(8, case.kind, "Field", **(case.settings or {}))
    page = signed_in("#/app/7/item/9/edit", but=["/app/7", "/item/9"])
    page.answer("/app/7", {**APP, "fields": [field]})
    values = {**field, "values": case.values}
    page.answer("/item/9", item_answer(fields=[values]))
    return page


def control(part: str) -> str:
    return f"f8.{part}" if part else "f8"


def texts_shown(page: Page) -> dict[str, str]:
    """Return what the form's controls hold, by name."""
    texts = {}
    for node in Reader(html(page)).all("form", id="form-edit-9")[0].inside:
        name = node.attributes.get("name", "")
        if node.tag == "select":
            options = [option for option in node.inside if option.tag == "option"]
            texts[name] = next(option.attributes["value"] for option in options if "selected" in option.attributes)
        elif node.tag == "textarea":
            texts[name] = node.text
        elif node.tag == "input":
            is_box = node.attributes.get("type") == "checkbox"
            texts[name] = ("on" if "checked" in node.attributes else "") if is_box else node.attributes.get("value", "")
    return texts


def is_named(page: Page) -> bool:
    """Whether the side bar and the question before a sign-out name the draft."""
    is_listed = bool(Reader(html(page)).all("section", id="side-drafts"))
    page.take(Clicked(click=clicks.SignOut()))
    is_asked_about = "Changes of" in "".join(node.text for node in Reader(html(page)).all("dialog"))
    page.take(Clicked(click=clicks.CloseDialog()))
    assert is_listed is is_asked_about is state.is_typed_in(page.state, EDIT)
    return is_listed


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_emptied_value_is_a_draft_that_comes_back_and_is_sent(signed_in: SignedIn, case: Emptied) -> None:
    page = open_form(signed_in, case)
    assert all(texts_shown(page)[control(part)] != text for part, text in case.typed.items())
    for part, text in case.typed.items():
        page.take(Typed(form=EDIT, control=control(part), text=text, now=NOW))
    assert is_named(page)
    stored = page.effects_of(StoreDraft)[-1].texts
    after_reload = open_form(signed_in, case)
    assert not is_named(after_reload)
    after_reload.take(DraftsLoaded(user_id=1, drafts={EDIT: stored}))
    assert is_named(after_reload)
    shown = texts_shown(after_reload)
    assert {part: shown[control(part)] for part in case.typed} == case.typed
    after_reload.take(Clicked(click=clicks.CancelForm(form=EDIT)))
    assert after_reload.state.account.dialog is Dialog.CANCEL_FORM
    after_reload.take(Submitted(form=EDIT, texts=shown, nonce=FIRST, now=NOW))
    operation = after_reload.effects_of(PutChange)[-1].change.operation
    assert isinstance(operation, UpdateItem)
    assert [edit.value for edit in operation.edits.values()] == [case.sent]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_typed_back_to_what_the_field_holds_is_no_draft_any_more(signed_in: SignedIn, case: Emptied) -> None:
    page = open_form(signed_in, case)
    shown = texts_shown(page)
    for part, text in case.typed.items():
        page.take(Typed(form=EDIT, control=control(part), text=text, now=NOW))
    for part in case.typed:
        page.take(Typed(form=EDIT, control=control(part), text=shown[control(part)], now=NOW))
    assert page.effects[-1] == RemoveDraft(user_id=1, form=EDIT)
    assert EDIT not in page.state.account.drafts
    assert not is_named(page)
    assert page.state.fills == {}


def test_what_is_typed_back_stays_while_the_edit_that_holds_it_is_stored(signed_in: SignedIn) -> None:
    """The item still shows the value before, and would have it as unchanged."""
    page = signed_in("#/app/7/item/9/edit")
    page.take(Typed(form=EDIT, control="f1", text="Lovelace", now=NOW))
    page.take(Submitted(form=EDIT, texts={"f1": "Lovelace", "f2": "12"}, nonce=FIRST, now=NOW))
    page.take(Typed(form=EDIT, control="f1", text="Hopper", now=NOW))
    store(page)
    assert state.typed_texts(page.state, EDIT)["f1"] == "Hopper"
    assert state.is_typed_in(page.state, EDIT)
    page.take(Typed(form=EDIT, control="f1", text="Lovelace", now=NOW))
    assert page.effects[-1] == RemoveDraft(user_id=1, form=EDIT)
    assert page.state.account.drafts[EDIT]["f1"] == "Lovelace"


def test_one_field_that_is_typed_back_leaves_the_others_with_what_they_began_with(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/item/9/edit")
    for name, text in (("f1", "Lovelace"), ("f2", ""), ("f1", "Hopper")):
        page.take(Typed(form=EDIT, control=name, text=text, now=NOW))
    notes = {"_base": "3", "_seen": '{"size": "12.0000"}', "_when": str(int(NOW))}
    assert page.effects_of(StoreDraft)[-1].texts == {"f2": "", **notes}


@pytest.mark.parametrize(("form", "name"), [(COMMENT, "text"), (NEW, "f1"), (NEW, "f3"), (NEW, "f4.currency")])
def test_a_comment_or_a_new_item_of_which_nothing_is_left_is_no_draft(
    signed_in: SignedIn, form: str, name: str
) -> None:
    page = signed_in("#/app/7/new" if form == NEW else "#/app/7/item/9")
    at_first = "EUR" if "." in name else ""
    for text in ("2", at_first):
        page.take(Typed(form=form, control=name, text=text, now=NOW))
    assert page.effects[-1] == RemoveDraft(user_id=1, form=form)
    assert page.state.account.drafts == {}
    assert not state.has_drafts(page.state)


def test_a_field_that_was_emptied_in_a_refused_new_item_is_a_draft(signed_in: SignedIn) -> None:
    page = signed_in("#/app/7/new")
    texts = {"f1": "Lamp", "f2": "5", "f3": "", "f4": "", "f4.currency": "EUR"}
    page.take(Submitted(form=NEW, texts=texts, nonce=FIRST, now=NOW))
    let_happen(page, store(page), Due(), Refused("No."))
    assert not state.is_typed_in(page.state, NEW)
    page.take(Typed(form=NEW, control="f2", text="", now=NOW))
    assert state.is_typed_in(page.state, NEW)
    assert page.effects_of(StoreDraft)[-1].texts == {"f2": ""}
    page.take(FragmentChanged(fragment="#/"), FragmentChanged(fragment="#/app/7/new"))
    answer_all(page)
    assert 'value="Lamp"' in html(page)
    assert 'value="5"' not in html(page)
    page.take(Submitted(form=NEW, texts=texts | {"f2": ""}, nonce="2" * 32, now=NOW))
    assert page.effects_of(PutChange)[-1].change.operation == CreateItem(7, {"name": "Lamp"})


def test_a_draft_of_a_half_typed_date_alone_is_none(signed_in: SignedIn) -> None:
    """What the browser gives no text of can't come back."""
    page = signed_in("#/app/7/item/9/edit")
    assert page.take(DraftsLoaded(user_id=1, drafts={EDIT: {"f2": "\ufffd", "_base": "3"}})) == []
    assert page.state.account.drafts == {}
