"""Our reading of a token flow's answer against oauthlib's: the same where both read right, and where ours is stricter.

oauthlib reads what RFC 6749, section 4.2.2, describes and forgives much; a page must not (RFC 9700). The second half
says each difference, so that nobody takes one for an accident.
"""

import contextlib
import string
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oauthlib.oauth2 import MobileApplicationClient, OAuth2Error
from oauthlib.oauth2.rfc6749.errors import MissingTokenError

from podio.authorization import AuthorizationRequest, RedirectAnswer, read_answer
from podio.errors import AuthorizationError, InvalidRedirectAnswer
from podio.token import Token, token_from_parameters

NOW = 1_000_000.0
PAGE = "https://work.example/bench/"
AUTHORIZE = "https://podio.example/oauth/authorize"
STATE = "s" * 32

VISIBLE = st.text(alphabet=[chr(code) for code in range(0x21, 0x7F)], min_size=1, max_size=60)
SCOPES = st.lists(st.text(alphabet=string.ascii_letters + "_:0123456789", min_size=1), min_size=1, max_size=4)
PARAMETERS = st.fixed_dictionaries(
    {"access_token": VISIBLE, "token_type": st.sampled_from(["bearer", "Bearer"])},
    optional={
        "expires_in": st.integers(min_value=1, max_value=10**9).map(str),
        "scope": SCOPES.map(" ".join),
        "unknown": st.text(max_size=20),
    },
)
ERRORS = [
    "invalid_request",
    "unauthorized_client",
    "access_denied",
    "unsupported_response_type",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
]


def ours(fragment: str) -> Token:
    request = AuthorizationRequest(
        state=STATE,
        client_id="workbench",
        authorize_url=AUTHORIZE,
        redirect_uri=PAGE,
        response_type="token",
        created_at=NOW,
    )
    accepted = read_answer(
        RedirectAnswer(fragment=fragment, url=PAGE),
        take_request={STATE: request}.get,
        client_id="workbench",
        authorize_url=AUTHORIZE,
        display="page",
        now=NOW,
    )
    return token_from_parameters(accepted.parameters, NOW)


def theirs(fragment: str, state: str | None = STATE) -> dict[str, Any]:
    client = MobileApplicationClient("workbench", state=state)
    return dict(client.parse_request_uri_response(f"{PAGE}#{fragment}", state=state))


# Where both agree


@given(parameters=PARAMETERS)
def test_both_read_the_same_token_scope_and_lifetime(parameters: dict[str, str]) -> None:
    fragment = urlencode({**parameters, "state": STATE}, quote_via=quote)
    token, other = ours(fragment), theirs(fragment)
    assert token.access_token == other["access_token"] == parameters["access_token"]
    assert (token.scope or "").split() == list(other.get("scope") or [])
    if "expires_in" in parameters:
        assert token.expires_at - NOW == float(other["expires_in"]) == float(parameters["expires_in"])


@given(
    order=st.permutations(["access_token=a%3Db", "token_type=bearer", "expires_in=60", "scope=x+y", f"state={STATE}"])
)
def test_both_read_parameters_in_any_order(order: list[str]) -> None:
    fragment = "&".join(order)
    token, other = ours(fragment), theirs(fragment)
    assert token.access_token == other["access_token"] == "a=b"
    assert token.scope == "x y" == " ".join(other["scope"])


@pytest.mark.parametrize("error", ERRORS)
def test_both_read_the_same_error(error: str) -> None:
    description = "Nein <b>&amp; Ω"
    answer = {
        "error": error,
        "error_description": description,
        "error_uri": "https://podio.example/why",
        "state": STATE,
    }
    fragment = urlencode(answer)
    with pytest.raises(AuthorizationError) as mine:
        ours(fragment)
    with pytest.raises(OAuth2Error) as other:
        theirs(fragment)
    assert mine.value.error == other.value.error == error
    assert mine.value.error_description == other.value.description == description
    assert mine.value.error_uri == other.value.uri


@pytest.mark.parametrize(
    "fragment", [f"token_type=bearer&state={STATE}", "access_token=a&token_type=bearer&state=other"]
)
def test_both_refuse_an_answer_without_a_token_and_one_of_another_state(fragment: str) -> None:
    with pytest.raises(InvalidRedirectAnswer):
        ours(fragment)
    with pytest.raises((OAuth2Error, ValueError)):
        theirs(fragment)


# Where ours is stricter


@pytest.mark.parametrize("expires_in", ["0", "-1"])
def test_a_lifetime_of_nothing_is_refused_where_oauthlib_takes_it(expires_in: str) -> None:
    fragment = f"access_token=a&token_type=bearer&expires_in={expires_in}&state={STATE}"
    assert theirs(fragment)["access_token"] == "a"
    with pytest.raises(InvalidRedirectAnswer, match="positive number of seconds"):
        ours(fragment)


def test_of_a_repeated_parameter_oauthlib_takes_the_last_and_we_take_none() -> None:
    fragment = f"access_token=first&access_token=last&token_type=bearer&state={STATE}"
    assert theirs(fragment)["access_token"] == "last"
    with pytest.raises(InvalidRedirectAnswer, match="twice"):
        ours(fragment)


def test_an_empty_token_is_a_token_for_oauthlib_and_none_for_us() -> None:
    fragment = f"access_token=&token_type=bearer&state={STATE}"
    assert theirs(fragment)["access_token"] == ""
    with pytest.raises(InvalidRedirectAnswer, match="no access token"):
        ours(fragment)


def test_without_a_lifetime_oauthlib_says_nothing_and_we_assume_an_hour() -> None:
    fragment = f"access_token=a&token_type=bearer&state={STATE}"
    assert theirs(fragment).get("expires_at") is None
    assert ours(fragment).seconds_left(NOW) == 3600


def test_an_expiry_that_the_fragment_claims_counts_for_oauthlib_alone() -> None:
    fragment = f"access_token=a&token_type=bearer&expires_in=60&expires_at=99999999999&state={STATE}"
    assert float(theirs(fragment)["expires_at"]) > NOW * 100
    assert ours(fragment).expires_at == NOW + 60


def test_a_refresh_token_in_the_fragment_is_kept_by_oauthlib_alone() -> None:
    fragment = f"access_token=a&token_type=bearer&refresh_token=r&state={STATE}"
    assert theirs(fragment)["refresh_token"] == "r"
    assert ours(fragment).refresh_token is None


def test_the_state_is_checked_by_oauthlib_only_if_asked_and_by_us_always() -> None:
    fragment = "access_token=a&token_type=bearer"
    assert theirs(fragment, state=None)["access_token"] == "a"
    with pytest.raises(InvalidRedirectAnswer, match="not waiting for"):
        ours(fragment)


def test_another_token_type_is_taken_by_oauthlib_and_refused_by_us() -> None:
    fragment = f"access_token=a&token_type=mac&state={STATE}"
    assert theirs(fragment)["access_token"] == "a"
    with pytest.raises(InvalidRedirectAnswer, match="type"):
        ours(fragment)


@pytest.mark.parametrize("damaged", ["%zz", "%ff", "%"])
def test_damaged_encoding_is_refused_for_what_it_is(damaged: str) -> None:
    fragment = f"access_token=a{damaged}&token_type=bearer&state={STATE}"
    with pytest.raises(InvalidRedirectAnswer, match="damaged"):
        ours(fragment)
    # oauthlib takes what it can decode somehow, and says of the rest only that there is no token.
    with contextlib.suppress(MissingTokenError):
        assert theirs(fragment)["access_token"].startswith("a")
