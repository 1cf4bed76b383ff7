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


@pytest.mark.parametrize("kept", [None, 5, {}, {"route": 5}, {"route": "#access_token=x"}, {"route": "https://evil"}])
def test_a_route_that_is_none_of_ours_is_not_gone_to(kept: Any) -> None:
    assert fragment_after_sign_in(kept, "#/app/7") == "#/app/7"


def test_after_the_sign_in_the_person_is_where_they_were() -> None:
    assert fragment_after_sign_in({"route": "#/app/9"}, "") == "#/app/9"


@pytest.mark.parametrize(
    "kept", [None, {"scroll": 5}, {"scroll": {"main": "x", "side": -1}}, {"scroll": {"main": True}}]
)
def test_scroll_positions_of_another_shape_are_ignored(kept: Any) -> None:
    assert scroll_after_sign_in(kept) == {}
