"""The site owner's settings, of doubtful shape."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.settings import fragment_after_sign_in, read_settings, scroll_after_sign_in


def test_settings_are_read() -> None:
    settings = read_settings('{"client_id": " me ", "texts": {"title": "Ours", "notice": "Hi"}}')
    assert (settings.client_id, settings.title, settings.notice, settings.problem) == ("me", "Ours", "Hi", "")


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"client_id": 5}', "[" * 100_000])
def test_what_is_wrong_in_config_json_is_told(text: str) -> None:
    assert "config.json" in read_settings(text).problem


@given(st.text())
def test_no_config_json_whatsoever_raises(text: str) -> None:
    read_settings(text)


@pytest.mark.parametrize(
    "route",
    [
        *(None, 5, ["#/app/9"], "", "#", "#access_token=x", "https://elsewhere.example/", "javascript:alert(1)"),
        *("/", "/app/9", "//elsewhere.example/", "\\\\elsewhere.example", "app/9", "?x#/app/9", " #/app/9", "##/app/9"),
        *("#/app/9\n", "#/app/9\t", "#/app 9", "#/\ud800", "#/é", "#/" + "9" * 600),
    ],
)
def test_a_route_that_is_none_of_ours_is_not_gone_to(route: Any) -> None:
    assert fragment_after_sign_in({"route": route}, "#/app/7") == "#/app/7"


@pytest.mark.parametrize("kept", [None, 5, [], "#/app/9", {}])
def test_without_a_kept_route_the_address_counts(kept: Any) -> None:
    assert fragment_after_sign_in(kept, "#/app/7") == "#/app/7"


@given(st.text())
def test_whatever_was_kept_leads_to_a_fragment_of_this_page(kept: str) -> None:
    for route in (kept, f"#/{kept}", f"/{kept}"):
        assert fragment_after_sign_in({"route": route}, "#/").startswith("#/")


def test_after_the_sign_in_the_person_is_where_they_were() -> None:
    assert fragment_after_sign_in({"route": "#/app/9"}, "") == "#/app/9"
    assert fragment_after_sign_in({"route": "#/app/9?page=3&sort=title&desc=0"}, "").startswith("#/app/9?page=3&")


@pytest.mark.parametrize(
    "kept",
    [None, {"scroll": 5}, {"scroll": {"main": "x", "side": -1}}, {"scroll": {"main": True}}, {"scroll": {"\ud800": 5}}],
)
def test_scroll_positions_of_another_shape_are_ignored(kept: Any) -> None:
    assert scroll_after_sign_in(kept) == {}
