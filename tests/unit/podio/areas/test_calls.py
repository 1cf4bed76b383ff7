"""Paths and queries: every argument is one segment, an id is one, a key is given once; the rest is refused."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podio._endpoints import endpoint
from podio.areas.calls import fill
from podio.errors import ConfigurationError
from tests.unit.podio.areas.documented import Recorder


async def by_external_id(external_id: str) -> str:
    client = Recorder()
    await client.items.get_by_external_id(5, external_id)
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
async def test_a_text_is_one_segment_that_the_client_accepts(text: str, segment: str) -> None:
    path = await by_external_id(text)
    assert path == f"/item/app/5/external_id/{segment}"
    assert endpoint("https://api.example", path) == f"https://api.example{path}"


@pytest.mark.parametrize("text", ["", ".", "..", "a/b", "../1", "/", "a\\b", "\ud800"])
async def test_a_text_that_no_segment_can_carry_is_refused_by_the_arguments_name(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^external_id "):
        await by_external_id(text)


async def test_a_refusal_does_not_reveal_the_value() -> None:
    with pytest.raises(ConfigurationError) as caught:
        await Recorder().calendar.get_global_as_ical(1, "secret/code")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("value", [None, 1.5, True, b"1", [1]])
async def test_what_is_neither_number_nor_text_is_a_type_error(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^item_id must be an int or a str"):
        await Recorder().items.get(value)


async def test_a_text_given_for_a_number_can_not_become_another_path() -> None:
    value: Any = "1/../../user/status"
    with pytest.raises(ConfigurationError, match=r"^item_id "):
        await Recorder().items.delete(value)


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


@given(st.integers(min_value=0))
def test_an_id_is_a_number_or_its_digits(number: int) -> None:
    assert fill("/item/{item_id:id}", item_id=number) == f"/item/{number}"
    assert fill("/item/{item_id:id}", item_id=str(number)) == f"/item/{number}"


@given(st.text())
def test_any_other_text_is_no_id(text: str) -> None:
    if text.isascii() and text.isdigit():
        return
    with pytest.raises(ConfigurationError, match=r"^item_id must be an id"):
        fill("/item/{item_id:id}", item_id=text)


def test_several_ids_stand_in_one_segment() -> None:
    assert fill("/contact/{profile_ids:ids}", profile_ids="12,3") == "/contact/12%2C3"
    assert fill("/contact/{profile_ids:ids}", profile_ids=12) == "/contact/12"


@pytest.mark.parametrize("text", ["1,abc", "1,,2", ",1", "1, 2", "abc"])
def test_what_is_no_list_of_ids_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"several with commas"):
        fill("/contact/{profile_ids:ids}", profile_ids=text)


@pytest.mark.parametrize("external_id", ["a/b", "http://a.example/1", "..", "a\\b"])
async def test_an_external_id_that_no_path_can_carry_is_refused_with_the_filter_that_finds_it(external_id: str) -> None:
    with pytest.raises(ConfigurationError, match=r"podio\.items\.filter\(.*external_id"):
        await by_external_id(external_id)


@pytest.mark.parametrize("params", ["limit=5", ["limit"], 5, [("limit", 5)]])
async def test_a_query_that_is_no_mapping_is_a_type_error(params: Any) -> None:
    with pytest.raises(TypeError, match=r"^params must be a mapping"):
        await Recorder().items.get_all(1, params=params)
