"""Paths: every argument is one segment or is refused. And clients that can't do what an operation needs."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podio.areas import Areas
from podio.areas.calls import fill
from podio.errors import ConfigurationError
from podio.exchange import endpoint
from tests.unit.podio.areas.documented import Recorder


def by_external_id(external_id: str) -> str:
    client = Recorder()
    asyncio.run(client.items.get_by_external_id(5, external_id))
    return client.calls[0].path


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        ("plain-1", "plain-1"),
        ("two words", "two%20words"),
        ("Grün|gelb", "Gr%C3%BCn%7Cgelb"),
        ("日本", "%E6%97%A5%E6%9C%AC"),
        ("a?b=1&c#d", "a%3Fb%3D1%26c%23d"),
        ("100%", "100%25"),
        ("%2e%2e%2f", "%252e%252e%252f"),
        ("a@b.example", "a%40b.example"),
        ("...", "..."),
        ("1,2;3", "1%2C2%3B3"),
        ("a+b", "a%2Bb"),
        ("line\nline\x00", "line%0Aline%00"),
        ("👩‍💻", "%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB"),
    ],
)
def test_a_text_is_one_segment_that_the_client_accepts(text: str, segment: str) -> None:
    path = by_external_id(text)
    assert path == f"/item/app/5/external_id/{segment}"
    assert endpoint("https://api.example", path) == f"https://api.example{path}"


@pytest.mark.parametrize("text", ["", ".", "..", "a/b", "../1", "/", "a\\b", "\ud800"])
def test_a_text_that_no_segment_can_carry_is_refused_by_the_arguments_name(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^external_id "):
        by_external_id(text)


def test_a_refusal_does_not_tell_the_value() -> None:
    with pytest.raises(ConfigurationError) as caught:
        asyncio.run(Recorder().calendar.get_global_as_ical(1, "secret/code"))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("value", [None, 1.5, True, b"1", [1]])
def test_what_is_neither_number_nor_text_is_a_type_error(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^item_id must be an int or a str"):
        asyncio.run(Recorder().items.get(value))


def test_a_text_given_for_a_number_can_not_become_another_path() -> None:
    value: Any = "1/../../user/status"
    with pytest.raises(ConfigurationError, match=r"^item_id "):
        asyncio.run(Recorder().items.delete(value))


def test_a_value_that_looks_like_a_place_is_not_filled_again() -> None:
    assert fill("/a/{first}/{second}", first="{second}", second="x") == "/a/%7Bsecond%7D/x"


@given(st.text())
def test_any_text_is_one_segment_or_refused(text: str) -> None:
    try:
        path = fill("/item/app/{app_id}/external_id/{external_id}", app_id=1, external_id=text)
    except ConfigurationError:
        assert not text.strip(".") or "/" in text or "\\" in text
        return
    assert unquote(path.removeprefix("/item/app/1/external_id/")) == text
    assert path.count("/") == len(["item", "app", "1", "external_id", "text"])
    assert endpoint("https://api.example", path)


@given(st.integers())
def test_any_number_is_written_in_full(number: int) -> None:
    assert fill("/item/{item_id}", item_id=number) == f"/item/{number}"


class PlainClient(Areas):
    """Can make JSON calls and nothing else."""

    async def request(self, method: str, path: str, *, params: Any = None, body: Any = None) -> Any:
        raise AssertionError(f"{method} {path} was called")


@pytest.mark.parametrize(
    ("call", "missing"),
    [
        (lambda client: client.files.download(1), "request_bytes"),
        (lambda client: client.files.upload(source=b"", filename="a"), "request_upload"),
        (lambda client: client.oauth_authorization.get_access_token(form={}), "request_form"),
    ],
    ids=["bytes", "upload", "form"],
)
def test_a_client_that_can_not_carry_an_operation_says_so(call: Any, missing: str) -> None:
    with pytest.raises(ConfigurationError, match=f"it has no {missing}"):
        asyncio.run(call(PlainClient()))
