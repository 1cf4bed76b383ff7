"""From the form that Podio posts to an event."""

from __future__ import annotations

import contextlib
import pickle
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from podio import PodioError
from podio.webhooks import (
    MAX_BODY,
    AppEvent,
    CommentEvent,
    ContactEvent,
    FileEvent,
    FormEvent,
    HookVerification,
    InvalidWebhook,
    ItemEvent,
    MemberEvent,
    StatusEvent,
    TagEvent,
    TaskEvent,
    WebhookEvent,
    read_webhook,
)


def event(kind: str, /, **form: str) -> WebhookEvent:
    return read_webhook(urlencode({"type": kind, "hook_id": "7", **form}).encode())


@pytest.mark.parametrize("verb", ["create", "update", "delete"])
def test_an_items_event_names_item_revision_and_external_id(verb: str) -> None:
    webhook_event = event(f"item.{verb}", item_id="42", item_revision_id="3", external_id="a&b ü")
    assert isinstance(webhook_event, ItemEvent)
    assert (webhook_event.type, webhook_event.hook_id, webhook_event.item_id) == (f"item.{verb}", 7, 42)
    assert (webhook_event.revision, webhook_event.external_id) == (3, "a&b ü")


def test_what_an_item_does_not_have_is_none_and_its_first_revision_is_0() -> None:
    webhook_event = event("item.create", item_id="42", item_revision_id="0", external_id="")
    assert isinstance(webhook_event, ItemEvent)
    assert (webhook_event.revision, webhook_event.external_id) == (0, None)
    assert event("item.create", item_id="42").identity is None


def test_the_verification_has_a_code_that_no_repr_shows() -> None:
    webhook_event = event("hook.verify", code="the-code")
    assert isinstance(webhook_event, HookVerification)
    assert webhook_event.code == "the-code"
    assert "the-code" not in repr(webhook_event)
    assert dict(webhook_event.parameters) == {}


def test_a_files_event_says_what_happened_to_which_files() -> None:
    webhook_event = event("file.change", item_id="42", action_type="file_replaced", file_ids="1, 2,3")
    assert isinstance(webhook_event, FileEvent)
    assert (webhook_event.item_id, webhook_event.action, webhook_event.file_ids) == (42, "file_replaced", (1, 2, 3))


@pytest.mark.parametrize(
    ("kind", "form", "expected", "name"),
    [
        ("comment.create", {"item_id": "1", "comment_id": "5"}, CommentEvent, "comment_id"),
        ("comment.delete", {"item_id": "1", "comment_id": "5"}, CommentEvent, "comment_id"),
        ("app.update", {"app_id": "5"}, AppEvent, "app_id"),
        ("form.create", {"form_id": "5", "app_id": "1"}, FormEvent, "form_id"),
        ("task.update", {"task_id": "5"}, TaskEvent, "task_id"),
        ("status.create", {"status_id": "5"}, StatusEvent, "status_id"),
        ("contact.create", {"profile_id": "5"}, ContactEvent, "profile_id"),
        ("member.add", {"user_id": "5"}, MemberEvent, "user_id"),
        ("tag.add", {"item_id": "5"}, TagEvent, "item_id"),
    ],
)
def test_each_type_has_its_class(kind: str, form: dict[str, str], expected: type, name: str) -> None:
    webhook_event = event(kind, **form)
    assert type(webhook_event) is expected
    assert getattr(webhook_event, name) == 5


def test_what_podio_documents_in_part_may_lack_its_ids() -> None:
    for kind in ("contact.update", "member.remove", "tag.delete"):
        webhook_event = event(kind, space_id="21")
        assert webhook_event.identity is None
        assert dict(webhook_event.parameters) == {"space_id": "21"}


def test_a_type_that_podio_adds_is_an_event_all_the_same() -> None:
    webhook_event = event("moon.rise", moon_id="9")
    assert type(webhook_event) is WebhookEvent
    assert (webhook_event.type, dict(webhook_event.parameters), webhook_event.identity) == (
        "moon.rise",
        {"moon_id": "9"},
        None,
    )


def test_a_repeat_has_the_same_identity_and_another_event_has_not() -> None:
    first = event("item.update", item_id="42", item_revision_id="3")
    assert first.identity == event("item.update", item_id="42", item_revision_id="3", external_id="x").identity
    others = [
        event("item.update", item_id="42", item_revision_id="4"),
        event("item.update", item_id="43", item_revision_id="3"),
        event("item.delete", item_id="42", item_revision_id="3"),
        event("item.update", item_id="4", item_revision_id="23"),
        read_webhook("type=item.update&hook_id=8&item_id=42&item_revision_id=3"),
    ]
    assert len({first.identity, *(other.identity for other in others)}) == 6


@pytest.mark.parametrize("kind", ["app", "task", "status", "form", "contact"])
def test_an_object_is_created_once_and_updated_often(kind: str) -> None:
    name = "profile_id" if kind == "contact" else f"{kind}_id"
    assert event(f"{kind}.create", **{name: "5"}).identity == f"{kind}.create:7:5"
    assert event(f"{kind}.update", **{name: "5"}).identity is None
    assert event(f"{kind}.delete", **{name: "5"}).identity is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"type=item.create",
        b"hook_id=7",
        b"type=item.create&hook_id=7",
        b"type=item.create&hook_id=0&item_id=1",
        b"type=item.create&hook_id=-7&item_id=1",
        b"type=item.create&hook_id=7&item_id=1.0",
        b"type=item.create&hook_id=7&item_id=%D9%A3",
        b"type=item.create&hook_id=7&item_id=1&item_id=2",
        b"type=item.create&type=item.delete&hook_id=7&item_id=1",
        b"type=item.create&hook_id=7&item_id=" + b"9" * 40,
        b"type=item.create&hook_id=7&item_id=1&item_revision_id=x",
        b"type=&hook_id=7",
        b"type=item&hook_id=7",
        b"type=item.create%0A&hook_id=7&item_id=1",
        b"type=Item.Create&hook_id=7&item_id=1",
        b"type=hook.verify&hook_id=7",
        b"type=hook.verify&hook_id=7&code=",
        b"type=hook.verify&hook_id=7&code=a%0D%0Ab",
        b"type=hook.verify&hook_id=7&code=" + b"a" * 501,
        b"type=file.change&hook_id=7&item_id=1&file_ids=1;2",
        b"type=item.create&hook_id=7&item_id=1&x=%FF",
        b"type=item.create&hook_id=7&item_id=1&x=\xff",
        b"type=item.create&hook_id=7&item_id=1&nonsense",
        b'{"type": "item.create", "hook_id": 7, "item_id": 1}',
        b"type=item.create&hook_id=7&item_id=1" + b"&a=b" * 100,
    ],
)
def test_what_is_no_webhook_is_refused_and_not_repeated(body: bytes) -> None:
    with pytest.raises(InvalidWebhook) as caught:
        read_webhook(body)
    assert isinstance(caught.value, PodioError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert "nonsense" not in str(caught.value)


def test_a_body_may_have_64_kilobytes_and_not_one_more() -> None:
    body = b"type=item.create&hook_id=7&item_id=1&external_id="
    assert read_webhook(body + b"a" * (MAX_BODY - len(body))).hook_id == 7
    with pytest.raises(InvalidWebhook):
        read_webhook(body + b"a" * (MAX_BODY - len(body) + 1))


def test_text_counts_in_bytes_too() -> None:
    body = "type=item.create&hook_id=7&item_id=1&external_id="
    with pytest.raises(InvalidWebhook):
        read_webhook(body + "ü" * (MAX_BODY // 2))
    with pytest.raises(InvalidWebhook):
        read_webhook(body + "\ud800")


@given(st.one_of(st.binary(max_size=300), st.text(max_size=100)))
@example(b"type=item.create&hook_id=7&item_id=1&=&=")
def test_any_body_is_an_event_or_an_invalid_webhook(body: bytes | str) -> None:
    with contextlib.suppress(InvalidWebhook):
        assert read_webhook(body).hook_id > 0


def test_an_equal_name_twice_is_one_thing() -> None:
    webhook_event = read_webhook("type=item.create&hook_id=7&item_id=1&item_id=1")
    assert isinstance(webhook_event, ItemEvent)
    assert webhook_event.item_id == 1
