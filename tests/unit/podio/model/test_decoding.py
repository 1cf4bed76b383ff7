"""Podio's objects as values: what the answers say, whatever else they may hold, and no credential in a repr."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podio.fields import DateValue, ItemReference, Option, Text
from podio.model import (
    App,
    AppField,
    Byline,
    Comment,
    File,
    Item,
    ItemsPage,
    Label,
    Organization,
    Reference,
    Revision,
    Space,
    Task,
    User,
    Via,
    View,
    read_list,
)
from tests.unit.podio.model import answers

ANSWERS: list[tuple[Any, Any]] = [
    (User, answers.STATUS),
    (Organization, answers.ORGANIZATION),
    (Space, answers.SPACE),
    (App, answers.APP),
    (AppField, answers.FIELDS[0]),
    (View, answers.VIEW),
    (Item, answers.WHOLE_ITEM),
    (ItemsPage, {"total": 3, "filtered": 2, "items": [answers.WHOLE_ITEM]}),
    (Revision, answers.REVISION),
    (Comment, answers.COMMENT),
    (File, answers.ATTACHED),
    (Task, answers.TASK),
    (Label, answers.TASK["labels"][0]),  # type: ignore[index]
    (Byline, answers.BYLINE),
    (Via, answers.VIA),
    (Reference, answers.REFERENCE),
]
ADA = Byline(
    type="user",
    id=101,
    user_id=101,
    name="Ada & Co",
    link="https://podio.com/users/101",
    image_link="https://files.podio.com/8001",
)


def test_a_user_is_decoded_from_the_status_from_an_account_and_from_a_member() -> None:
    user = User.from_json(answers.STATUS)
    assert user == User(
        user_id=101,
        name="Ada Lysholm",
        mail="ada@example.com",
        profile_id=1101,
        status="active",
        locale="en_GB",
        timezone="Europe/Copenhagen",
        link="l",
        created_on=datetime(2019, 2, 4, 8, 12, 40, tzinfo=UTC),
    )
    assert User.from_json(answers.STATUS["user"]) == User(
        user_id=101,
        mail="ada@example.com",
        status="active",
        locale="en_GB",
        timezone="Europe/Copenhagen",
        created_on=datetime(2019, 2, 4, 8, 12, 40, tzinfo=UTC),
    )
    member = {
        "profile": answers.STATUS["profile"],
        "user": {"user_id": 101, "mail": "ada@example.com"},
        "role": "admin",
    }
    assert User.from_json(member) == User(
        user_id=101, name="Ada Lysholm", mail="ada@example.com", profile_id=1101, link="l"
    )
    assert User.from_json({"profile": {"user_id": 7, "mail": ["a@b.c"]}}) == User(user_id=7, mail="a@b.c")


def test_an_organization_has_the_workspaces_that_have_an_id() -> None:
    organization = Organization.from_json(answers.ORGANIZATION)
    assert organization is not None
    assert [(space.space_id, space.name, space.role) for space in organization.spaces] == [
        (21, "Sales & Projects", "admin")
    ]
    space = organization.spaces[0]
    assert (space.org_id, space.privacy, space.created_by, space.rights) == (11, "closed", ADA, ("view", "add_app"))
    assert Space.from_json({"space_id": 1, "org": {"org_id": 11}}) == Space(space_id=1, org_id=11)


def test_an_app_has_its_fields_in_its_own_order_without_deleted_ones() -> None:
    app = App.from_json(answers.APP)
    assert app is not None
    assert (app.app_id, app.space_id, app.name, app.item_name) == (31, 21, "Clients & Leads", "Client")
    assert (app.allow_create, app.allow_comments, app.icon) == (True, False, "55.png")
    assert [field.external_id for field in app.fields] == ["title", "phone", "status"]
    assert [field.hidden for field in app.fields] == [False, True, False]
    assert [field.external_id for field in app.visible_fields] == ["title", "status"]
    assert app.field("status") is app.field(11) is app.fields[2]
    assert app.field("gone") is app.field(99) is None


def test_a_field_says_what_its_items_may_hold() -> None:
    title, phone, status = App.from_json(answers.APP).fields  # type: ignore[union-attr]
    assert (title.label, title.description, title.is_large, title.format) == ("Title", "d", True, "markdown")
    assert (title.format_of(Text(value="x")), title.format_of(Text(value="x", format="html"))) == ("markdown", "html")
    assert phone.type == "phone"
    assert (status.label, status.required, status.multiple) == ("Status & more", True, True)
    assert status.options == (Option(id=1, text="To do", status="active"), Option(id=2, text="Old", status="deleted"))


@pytest.mark.parametrize(
    ("settings", "name", "value"),
    [
        ({"decimals": 2}, "decimals", 2),
        ({"decimals": 11}, "decimals", None),
        ({"decimals": "x"}, "decimals", None),
        ({}, "decimals", None),
        ({"time": "disabled"}, "has_time", False),
        ({}, "has_time", True),
        ({"end": "enabled"}, "has_end", True),
        ({"end": ["odd"]}, "has_end", False),
        ({}, "has_end", False),
        ({"return_type": "date"}, "return_type", "date"),
        ({"unit": "m&sup2;"}, "unit", "m²"),
        ({"allowed_currencies": ["EUR", 5]}, "currencies", ("EUR",)),
        ({"possible_types": ["mobile"]}, "value_types", ("mobile",)),
        ({"multiple": "odd"}, "multiple", False),
        (None, "options", ()),
    ],
)
def test_a_fields_settings_are_read_whatever_they_hold(settings: Any, name: str, value: Any) -> None:
    field = AppField.from_json({"field_id": 1, "config": {"settings": settings}})
    assert getattr(field, name) == value


def test_a_view_is_decoded_and_the_last_one_has_the_id_0() -> None:
    view = View.from_json(answers.VIEW)
    assert view is not None
    assert (view.view_id, view.name, view.item_count, view.sort_by, view.sort_desc) == (
        5,
        "Open & late",
        12,
        "11",
        True,
    )
    assert view.filters == (answers.VIEW["filters"][0],)  # type: ignore[index]
    assert View.from_json({"view_id": 0, "sort_by": "created_on"}) == View(view_id=0, sort_by="created_on")


def test_an_item_has_its_values_its_surroundings_and_its_current_revision() -> None:
    item = Item.from_json(answers.WHOLE_ITEM)
    assert item is not None
    assert (item.item_id, item.app_id, item.space_id, item.app_item_id) == (31001, 31, 21, 1)
    assert (item.title, item.revision, item.tags) == ("Hotel Fjord & Spa", 3, ("vip", "a & b"))
    assert item.fields["due"].of(DateValue)[0].start == datetime(2014, 12, 11, 23)
    assert item.fields["status"].of(Option)[0].text == "To do"
    assert (item.created_by, item.created_on) == (ADA, datetime(2026, 6, 12, 8, 8, tzinfo=UTC))
    assert item.last_edit_by is not None
    assert (item.last_edit_by.name, item.last_edit_on) == ("Grace", datetime(2026, 6, 13, 8, 8, tzinfo=UTC))
    assert (item.created_via, item.comment_count) == (Via(auth_client_id=1, name="Podio Workbench"), 1)
    assert [comment.value for comment in item.comments] == ["1 < 2 &amp; @[Ada](user:101)"]
    assert [file.name for file in item.files] == ["A & B.pdf"]
    assert [revision.type for revision in item.revisions] == ["update"]
    assert (item.allows("update"), item.allows("delete")) == (True, False)


def test_what_a_list_leaves_out_of_an_item_is_reported_or_taken_from_its_revisions() -> None:
    item = Item.from_json(
        {"item_id": 1, "initial_revision": answers.REVISION, "last_edit_by": answers.BYLINE}, app_id=31
    )
    assert item is not None
    assert (item.app_id, item.revision, item.allows("delete")) == (31, None, True)
    assert (item.created_by.name, item.last_edit_by) == ("Grace", ADA)  # type: ignore[union-attr]
    page = ItemsPage.from_json({"total": 5, "filtered": 4, "items": [{"item_id": 1}, None, {"item_id": -1}]}, app_id=31)
    assert page == ItemsPage(total=5, filtered=4, items=(Item(item_id=1, app_id=31),))
    assert ItemsPage.from_json(None) == ItemsPage()
    assert ItemsPage.from_json({}, offset=60) == ItemsPage(offset=60)


def test_a_referenced_item_says_what_its_app_calls_its_items() -> None:
    for app in ({"app_id": 7, "item_name": "Lamp"}, {"app_id": 7, "config": {"item_name": "Lamp"}}):
        values = [{"value": {"item_id": 9, "title": "Lantern", "app": app}}]
        item = Item.from_json({"item_id": 1, "fields": [{"field_id": 1, "type": "app", "values": values}]})
        assert item is not None
        assert item.fields[1].of(ItemReference)[0].item_name == "Lamp"


def test_an_app_that_made_an_item_is_no_user() -> None:
    item = Item.from_json({"item_id": 1, "created_by": {"type": "app", "id": 31, "user_id": -1, "name": "Leads"}})
    assert item is not None
    assert item.created_by == Byline(type="app", id=31, name="Leads")


def test_a_task_has_its_due_day_and_time_as_the_user_sees_them() -> None:
    task = Task.from_json(answers.TASK)
    assert task is not None
    assert (task.due_date, task.due_time) == (date(2026, 12, 24), time(18, 30))
    assert task.due_on == datetime(2026, 12, 24, 17, 30, tzinfo=UTC)
    assert task.responsible is not None
    assert (task.responsible.profile_id, task.responsible.name) == (140798621, "Foo & Bar")
    assert (task.labels, task.private) == ((Label(label_id=1, text="Hot", color="E9E9E9"),), True)
    assert task.ref == Reference(type="item", id=31001, title="Hotel <Fjord>", link="https://podio.com/x")


def test_a_list_is_decoded_without_what_has_no_id() -> None:
    comments = read_list(Comment, [answers.COMMENT, None, 5, {"comment_id": 0}, {"comment_id": 2}])
    assert [comment.comment_id for comment in comments] == [7001, 2]
    assert read_list(Space, None) == read_list(Space, {"items": []}) == ()


@pytest.mark.parametrize(("kind", "answer"), ANSWERS)
def test_the_json_stays_within_reach_and_out_of_repr_and_equality(kind: Any, answer: Any) -> None:
    decoded = kind.from_json(answer)
    assert decoded.raw is answer
    changed = kind.from_json(answer | {"added_by_podio_later": "x", "token": "secret", "calendar_code": "secret"})
    assert changed == decoded
    assert "secret" not in repr(changed)
    assert "added_by_podio_later" not in repr(changed)
    with pytest.raises(AttributeError):
        decoded.raw = {}


@pytest.mark.parametrize(("kind", "answer"), ANSWERS)
def test_what_is_no_object_or_has_no_id_is_none(kind: Any, answer: Any) -> None:
    if kind is not ItemsPage:
        assert [kind.from_json(odd) for odd in (None, 5, "x", [], {}, [{}], True)] == [None] * 7


@pytest.mark.parametrize(("kind", "answer"), ANSWERS)
def test_an_object_that_lacks_all_but_its_id_has_empty_attributes(kind: Any, answer: Any) -> None:
    ids = {key: value for key, value in answer.items() if key.endswith("_id") or key in {"id", "type", "revision"}}
    decoded = kind.from_json(ids | ({"user_id": 1} if kind is User else {}))
    nulls = kind.from_json(dict.fromkeys(answer) | ids | ({"user_id": 1} if kind is User else {}))
    assert decoded == nulls


ODD = st.sampled_from(
    [None, 5, -1, 1.5, "x", "", True, [], {}, [None], [[]], 2**70, "7", "2026-11-27 08:00:00", "\ud83d"]
)


@settings(max_examples=500)
@given(number=st.integers(0, len(ANSWERS) - 1), data=st.data())
def test_no_odd_part_of_an_answer_makes_decoding_fail(number: int, data: st.DataObject) -> None:
    kind, answer = ANSWERS[number]
    answer = json.loads(json.dumps(answer))
    part: Any = answer
    while True:
        keys = sorted(part) if isinstance(part, dict) else list(range(len(part)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(part[key], dict | list) or not part[key] or data.draw(st.booleans()):
            part[key] = data.draw(ODD)
            break
        part = part[key]
    decoded = kind.from_json(answer)
    if decoded is not None:
        assert decoded.raw is answer
        assert {field.name for field in fields(kind)} <= set(dir(decoded))
        repr(decoded)


@settings(max_examples=200)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    )
)
def test_no_json_makes_decoding_fail(json_value: Any) -> None:
    for kind, _ in ANSWERS:
        kind.from_json(json_value)
        kind.from_json({"id": 1, "item_id": 1, "app_id": 1, "fields": json_value, "config": json_value})
