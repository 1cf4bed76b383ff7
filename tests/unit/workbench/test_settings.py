"""The site owner's settings, of doubtful shape."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.settings import (
    Place,
    fragment_after_sign_in,
    read_settings,
    running_client_id,
    scroll_after_sign_in,
    sign_out_url,
)


def test_settings_are_read() -> None:
    settings = read_settings('{"client_id": " me ", "texts": {"title": "Ours", "notice": "Hi"}}')
    assert (settings.client_id, settings.title, settings.notice, settings.problem) == ("me", "Ours", "Hi", "")


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"client_id": 5}', "[" * 100_000])
def test_what_is_wrong_in_config_json_is_reported(text: str) -> None:
    assert "config.json" in read_settings(text).problem


@pytest.mark.parametrize(
    ("config", "text"),
    [
        ('{"client_id": null}', "client_id must be a text"),
        ('{"own_origin": "true"}', "own_origin must be true or false"),
        ('{"own_origin": null}', "own_origin must be true or false"),
        ('{"sign_in_by_itself": 1}', "sign_in_by_itself must be true or false"),
        ('{"texts": ["Ours"]}', "texts must be an object"),
        ('{"texts": {"title": 5}}', "texts.title must be a text"),
        ('{"texts": {"notice": {}}, "client_id": 5}', "client_id must be a text, texts.notice must be a text"),
    ],
)
def test_a_setting_of_a_wrong_type_is_named_with_the_type_it_must_have(config: str, text: str) -> None:
    assert text in read_settings(config).problem


@pytest.mark.parametrize(
    ("hostname", "path", "expected"),
    [
        ("localhost", "/", True),
        ("127.0.0.1", "/", True),
        ("localhost", "/some/path/", False),
        ("podio.example.org", "/", True),
        ("podio.example.org", "/podio/", False),
        ("someone.github.io", "/", False),
        ("Someone.GitHub.io.", "/", False),
        ("group.gitlab.io", "/", False),
        ("github.io.example.org", "/", True),
        ("mygithub.io", "/", True),
    ],
)
def test_left_out_own_origin_goes_by_the_place(hostname: str, path: str, expected: bool) -> None:
    place = Place(hostname=hostname, path=path)
    assert read_settings("{}", place=place).own_origin is expected
    assert read_settings("{}", place=place, from_cache=True).own_origin is expected


@pytest.mark.parametrize("place", [Place(), Place(hostname="someone.github.io"), Place(path="/some/path/")])
def test_own_origin_is_what_the_sites_file_says(place: Place) -> None:
    for configured in (True, False):
        text = f'{{"own_origin": {str(configured).lower()}}}'
        assert read_settings(text, place=place).own_origin is configured


@pytest.mark.parametrize("wrong", ['"true"', "1", "null", "[true]"])
def test_own_origin_of_a_wrong_type_is_false(wrong: str) -> None:
    assert read_settings(f'{{"own_origin": {wrong}}}').own_origin is False


def test_a_file_from_a_cache_can_only_make_own_origin_false() -> None:
    below, root = Place(path="/some/path/"), Place(hostname="podio.example.org")
    assert read_settings('{"own_origin": true}', place=below, from_cache=True).own_origin is False
    assert read_settings('{"own_origin": true}', place=root, from_cache=True).own_origin is True
    assert read_settings('{"own_origin": false}', place=root, from_cache=True).own_origin is False


def test_a_file_from_a_cache_gives_a_running_session_no_other_client_id() -> None:
    text = '{"client_id": "planted"}'
    assert read_settings(text, from_cache=True, running_client_id="ours").client_id == "ours"
    assert read_settings(text, from_cache=True).client_id == "planted"
    assert read_settings(text, running_client_id="ours").client_id == "planted"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], ""),
        (["podio.api.podio.com.my.client.session.client"], "my.client"),
        (["podio.api.podio.com.ours.attempt.abc_-9"], "ours"),
        (["podio.api.podio.com.first.attempt.abc", "podio.api.podio.com.second.session.client"], "second"),
        (["podio.api.podio.com.ours.sign-in-offered", "podio.sample.session.client", "podio.window", "x"], ""),
        (["podio.api.example.ours.session.client"], ""),
        (["podio.api.podio.com.session.client"], ""),
    ],
)
def test_the_running_client_id_is_the_one_of_the_session_or_else_of_an_open_sign_in(
    keys: list[str], expected: str
) -> None:
    assert running_client_id(keys, "api.podio.com") == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [("{}", True), ('{"sign_in_by_itself": true}', True), ('{"sign_in_by_itself": false}', False), ("[]", False)],
)
def test_tabs_may_sign_in_by_themselves_unless_the_owner_says_no(config: str, expected: bool) -> None:
    assert read_settings(config).sign_in_by_itself is expected


def test_one_signs_out_of_podio_where_one_signs_in() -> None:
    assert sign_out_url("https://podio.com/oauth/authorize") == "https://podio.com/logout"
    assert sign_out_url("") == ""


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


@pytest.mark.parametrize("app_state_value", [None, 5, [], "#/app/9", {}])
def test_without_a_kept_route_the_address_counts(app_state_value: Any) -> None:
    assert fragment_after_sign_in(app_state_value, "#/app/7") == "#/app/7"


@given(st.text())
def test_whatever_was_kept_leads_to_a_fragment_of_this_page(app_state_value: str) -> None:
    for route in (app_state_value, f"#/{app_state_value}", f"/{app_state_value}"):
        assert fragment_after_sign_in({"route": route}, "#/").startswith("#/")


def test_after_the_sign_in_the_user_is_where_they_were() -> None:
    assert fragment_after_sign_in({"route": "#/app/9"}, "") == "#/app/9"
    assert fragment_after_sign_in({"route": "#/app/9?page=3&sort=title&desc=0"}, "").startswith("#/app/9?page=3&")


@pytest.mark.parametrize(
    "app_state_value",
    [None, {"scroll": 5}, {"scroll": {"main": "x", "side": -1}}, {"scroll": {"main": True}}, {"scroll": {"\ud800": 5}}],
)
def test_scroll_positions_of_another_shape_are_ignored(app_state_value: Any) -> None:
    assert scroll_after_sign_in(app_state_value) == {}
