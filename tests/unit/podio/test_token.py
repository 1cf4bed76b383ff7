"""The token as a value."""

import pytest

from podio.errors import AuthorizationError, InvalidRedirectAnswer
from podio.token import Token, token_from_json, token_from_parameters

NOW = 1_000_000.0


def test_a_token_never_prints_itself() -> None:
    token = Token(access_token="canary-token", expires_at=NOW, refresh_token="canary-refresh")
    assert "canary" not in repr(token)
    assert "canary" not in str(token)


def test_a_token_is_expired_from_the_very_second_it_expires() -> None:
    token = Token(access_token="t", expires_at=NOW)
    assert not token.is_expired(NOW - 0.001)
    assert token.is_expired(NOW)
    assert token.seconds_left(NOW - 60) == 60


@pytest.mark.parametrize("bad", ["", "with space", "line\nbreak", "tab\t", "ünïcode", "x" * 5000, "\x00"])
def test_a_token_with_characters_that_no_header_may_carry_is_refused(bad: str) -> None:
    with pytest.raises(InvalidRedirectAnswer) as caught:
        Token(access_token=bad, expires_at=NOW)
    assert not bad or bad not in str(caught.value)


def test_a_missing_lifetime_counts_as_one_hour() -> None:
    assert token_from_parameters({"access_token": "t"}, NOW).expires_at == NOW + 3600


@pytest.mark.parametrize("bad", ["0", "-1", "", "8h", "1e3", "1.5", "NaN", "Infinity", "９", " 5", "99999999999"])
def test_a_lifetime_that_is_no_positive_number_of_seconds_is_refused(bad: str) -> None:
    with pytest.raises(InvalidRedirectAnswer, match="expires_in"):
        token_from_parameters({"access_token": "t", "expires_in": bad}, NOW)


def test_a_refresh_token_in_a_redirects_answer_is_dropped() -> None:
    token = token_from_parameters({"access_token": "t", "refresh_token": "r", "expires_in": "60"}, NOW)
    assert token.refresh_token is None


def test_another_token_type_than_bearer_is_refused() -> None:
    assert token_from_parameters({"access_token": "t", "token_type": "Bearer"}, NOW).access_token == "t"
    with pytest.raises(InvalidRedirectAnswer, match="type"):
        token_from_parameters({"access_token": "t", "token_type": "mac"}, NOW)


def test_a_token_answer_keeps_the_old_refresh_token_when_no_new_one_comes() -> None:
    previous = Token(access_token="old", expires_at=NOW, refresh_token="kept")
    answer = {"access_token": "new", "expires_in": 28800, "token_type": "bearer", "scope": "global:all"}
    token = token_from_json(answer, NOW, previous=previous)
    assert (token.access_token, token.refresh_token, token.expires_at) == ("new", "kept", NOW + 28800)
    assert token_from_json({**answer, "refresh_token": "rotated"}, NOW, previous=previous).refresh_token == "rotated"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "text",
        {},
        {"access_token": 5},
        {"access_token": "t", "expires_in": True},
        {"access_token": "t", "expires_in": 0},
    ],
)
def test_a_token_answer_of_another_shape_is_an_authorization_error(answer: object) -> None:
    with pytest.raises(AuthorizationError):
        token_from_json(answer, NOW)
