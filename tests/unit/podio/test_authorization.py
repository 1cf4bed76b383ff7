"""The authorization request, and the checks on the redirect's answer."""

import base64
import contextlib
import hashlib
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podio.authorization import (
    REQUEST_LIFETIME,
    AcceptedAnswer,
    AuthorizationRequest,
    RedirectAnswer,
    code_challenge,
    new_code_verifier,
    new_nonce,
    parse_parameters,
    read_answer,
    with_query,
)
from podio.errors import AuthorizationError, ConfigurationError, InvalidRedirectAnswer

NOW = 1_000_000.0
PAGE = "https://work.example/bench/"
AUTHORIZE = "https://podio.example/oauth/authorize"
STATE = "s" * 32
TOKEN = "access_token=canary&token_type=bearer&expires_in=28800&refresh_token=r&scope=global%3Aall"


def request_of(**changes: object) -> AuthorizationRequest:
    request = AuthorizationRequest(
        state=STATE,
        client_id="workbench",
        authorize_url=AUTHORIZE,
        redirect_uri=PAGE,
        response_type="token",
        created_at=NOW,
        redirect_nonce=True,
        app_state={"route": "#/app/12"},
    )
    return replace(request, **changes)  # type: ignore[arg-type]


class Attempts:
    """Attempts that wait, each good for one answer."""

    def __init__(self, *requests: AuthorizationRequest) -> None:
        self.waiting = {request.state: request for request in requests}

    def take(self, state: str) -> AuthorizationRequest | None:
        return self.waiting.pop(state, None)


def read(query: str, fragment: str, attempts: Attempts | None = None, **changes: object) -> AcceptedAnswer:
    settings: dict[str, object] = {
        "client_id": "workbench",
        "authorize_url": AUTHORIZE,
        "display": "page",
        "now": NOW + 5,
    }
    settings.update(changes)
    answer = RedirectAnswer(query=query, fragment=fragment, url=str(settings.pop("url", PAGE)))
    take = (attempts or Attempts(request_of())).take
    return read_answer(answer, take_request=take, **settings)  # type: ignore[arg-type]


# Requests


def test_podios_token_flow_sends_the_nonce_as_state_and_in_the_redirect_uri() -> None:
    parameters = parse_qs(urlsplit(request_of(scope="space_42:read").url).query)
    assert parameters["state"] == [STATE]
    assert parameters["redirect_uri"] == [f"{PAGE}?podio_nonce={STATE}"]
    assert parameters["response_type"] == ["token"]
    assert parameters["client_id"] == ["workbench"]
    assert parameters["scope"] == ["space_42:read"]
    assert "code_challenge" not in parameters


def test_other_providers_get_the_redirect_uri_untouched() -> None:
    parameters = parse_qs(urlsplit(request_of(redirect_nonce=False).url).query)
    assert parameters["redirect_uri"] == [PAGE]


def test_a_code_request_sends_pkces_challenge_and_never_the_verifier() -> None:
    verifier = new_code_verifier()
    url = request_of(response_type="code", redirect_nonce=False, code_verifier=verifier).url
    parameters = parse_qs(urlsplit(url).query)
    assert verifier not in url
    assert parameters["code_challenge_method"] == ["S256"]
    assert parameters["code_challenge"] == [
        base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    ]


def test_the_code_challenge_is_that_of_rfc_7636s_appendix_b() -> None:
    assert (
        code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_nonces_are_long_and_never_the_same() -> None:
    nonces = {new_nonce() for _ in range(200)}
    assert len(nonces) == 200
    assert all(len(nonce) >= 32 for nonce in nonces)


def test_a_redirect_uri_keeps_its_own_query() -> None:
    assert (
        with_query("https://a.example/x?b=1&podio_nonce=old", {"podio_nonce": "n"})
        == "https://a.example/x?b=1&podio_nonce=n"
    )


@pytest.mark.parametrize(
    ("authorize_url", "begins"),
    [
        ("https://id.example/o/authorize/", "https://id.example/o/authorize/?client_id="),
        ("https://id.example/authorize?tenant=a%20b", "https://id.example/authorize?tenant=a%20b&client_id="),
        ("https://id.example/authorize?tenant=a+b&flag&x=%7e", "https://id.example/authorize?tenant=a+b&flag&x=%7e&"),
        ("https://id.example/authorize?", "https://id.example/authorize?client_id="),
        ("https://id.example/authorize?state=old&a=1", "https://id.example/authorize?a=1&client_id="),
    ],
)
def test_an_authorization_endpoint_keeps_its_slash_and_its_query_letter_by_letter(
    authorize_url: str, begins: str
) -> None:
    url = request_of(authorize_url=authorize_url).url
    assert url.startswith(begins)
    assert parse_qs(urlsplit(url).query)["state"] == [STATE]


@pytest.mark.parametrize(
    "bad", ["", "callback.html", "//host/x", "javascript:alert(1)", "https://a.example/#x", "data:x"]
)
def test_a_redirect_uri_that_is_no_absolute_http_address_is_a_configuration_error(bad: str) -> None:
    with pytest.raises(ConfigurationError):
        _ = request_of(redirect_uri=bad).url


def test_a_request_survives_being_stored() -> None:
    request = request_of(code_verifier="v" * 43, scope="a b")
    assert AuthorizationRequest.from_json(request.to_json()) == request


def test_a_request_prints_neither_nonce_nor_verifier_nor_app_state() -> None:
    printed = repr(request_of(state="canary" * 6, code_verifier="canary" * 8, app_state="canary"))
    assert "canary" not in printed


@pytest.mark.parametrize(("kind", "display"), [("redirect", "page"), ("window", "popup")])
def test_a_request_stored_by_an_earlier_version_is_read(kind: str, display: str) -> None:
    record = json.loads(request_of().to_json())
    del record["display"]
    request = AuthorizationRequest.from_json(json.dumps({**record, "kind": kind}))
    assert request == request_of(display=display)


@pytest.mark.parametrize(
    "damage",
    [
        {"state": 5},
        {"state": "short"},
        {"display": "window"},
        {"kind": []},
        {"response_type": "id_token"},
        {"created_at": "now"},
        {"created_at": True},
        {"redirect_nonce": "yes"},
        {"client_id": None},
        {"more": 1},
    ],
)
def test_a_damaged_stored_request_is_refused(damage: dict[str, object]) -> None:
    record = {**json.loads(request_of().to_json()), **damage}
    with pytest.raises(ValueError, match="not an authorization request"):
        AuthorizationRequest.from_json(json.dumps(record))


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '"x"', '{"__proto__": 1}'])
def test_stored_text_that_is_no_request_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        AuthorizationRequest.from_json(text)


# Parsing


def test_parameters_come_in_any_order_and_are_decoded_once() -> None:
    parsed = parse_parameters("scope=global%3Aall&access_token=a%2526b&x=1+2")
    assert parsed == {"scope": "global:all", "access_token": "a%26b", "x": "1 2"}


def test_a_raw_equals_sign_stays_in_the_value_and_encoded_delimiters_stay_data() -> None:
    assert parse_parameters("access_token=ab==&scope=a%23b%3Fc%26d") == {"access_token": "ab==", "scope": "a#b?c&d"}


@pytest.mark.parametrize("lead", ["", "#", "#/", "/", "?"])
def test_a_leading_mark_is_dropped(lead: str) -> None:
    assert parse_parameters(f"{lead}access_token=t") == {"access_token": "t"}


@pytest.mark.parametrize(
    "bad", ["access_token=%zz", "access_token=%", "access_token=%f", "%zz=1", "access_token=%ff", "a=%c3%28"]
)
def test_malformed_percent_encoding_and_bad_utf8_are_refused(bad: str) -> None:
    with pytest.raises(InvalidRedirectAnswer, match="damaged"):
        parse_parameters(bad)


@pytest.mark.parametrize(
    "name", ["access_token", "state", "error", "code", "podio_nonce", "expires_in", "iss", "session_state"]
)
def test_a_known_parameter_that_comes_twice_is_refused(name: str) -> None:
    with pytest.raises(InvalidRedirectAnswer, match="twice"):
        parse_parameters(f"{name}=a&x=1&{name}=a")


def test_fifty_parameters_are_read_and_fifty_one_refused() -> None:
    assert len(parse_parameters("&".join(f"p{n}=1" for n in range(50)))) == 50
    with pytest.raises(InvalidRedirectAnswer, match="50"):
        parse_parameters("&".join(f"p{n}=1" for n in range(51)))


def test_sixteen_kilobytes_are_read_and_more_refused() -> None:
    assert parse_parameters("x=" + "a" * (16 * 1024 - 2))
    with pytest.raises(InvalidRedirectAnswer, match="16 KB"):
        parse_parameters("x=" + "a" * (16 * 1024 - 1))


@given(st.text(max_size=300))
def test_no_text_makes_the_parser_raise_anything_but_its_own_error(text: str) -> None:
    with contextlib.suppress(InvalidRedirectAnswer):
        parse_parameters(text)


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_answer_that_was_not_requested_is_ever_accepted(query: str, fragment: str) -> None:
    with pytest.raises(AuthorizationError):
        read(query, fragment, Attempts())


# Checking


def test_an_answer_without_state_is_accepted_by_the_redirect_uris_nonce() -> None:
    accepted = read(f"podio_nonce={STATE}", TOKEN)
    assert accepted.parameters["access_token"] == "canary"
    assert accepted.request.app_state == {"route": "#/app/12"}
    assert "canary" not in repr(accepted)


def test_an_answer_that_echoes_the_state_is_accepted() -> None:
    assert read(f"podio_nonce={STATE}", f"{TOKEN}&state={STATE}").parameters["state"] == STATE
    assert read("", f"{TOKEN}&state={STATE}").parameters["state"] == STATE


@pytest.mark.parametrize(
    ("query", "fragment"),
    [
        ("", TOKEN),
        (f"podio_nonce={STATE}", f"{TOKEN}&state={'x' * 32}"),
        (f"podio_nonce={'x' * 32}", f"{TOKEN}&state={STATE}"),
        (f"podio_nonce={'x' * 32}", TOKEN),
        ("", f"{TOKEN}&state={'x' * 32}"),
        ("podio_nonce=constructor", TOKEN),
        ("podio_nonce=__proto__", f"{TOKEN}&state=__proto__"),
        ("podio_nonce=", f"{TOKEN}&state="),
        (f"podio_nonce={STATE}", f"{TOKEN}&state="),
        (f"podio_nonce={STATE}", f"{TOKEN}&state={STATE}x"),
        ("", f"{TOKEN}&state=constructor"),
    ],
)
def test_an_answer_whose_nonce_is_absent_unknown_or_another_is_refused(query: str, fragment: str) -> None:
    with pytest.raises(InvalidRedirectAnswer) as caught:
        read(query, fragment)
    assert "canary" not in str(caught.value)


def test_a_provider_that_must_echo_state_is_refused_without_it() -> None:
    plain = request_of(redirect_nonce=False)
    assert read("", f"{TOKEN}&state={STATE}", Attempts(plain))
    with pytest.raises(InvalidRedirectAnswer):
        read("", TOKEN, Attempts(plain))
    with pytest.raises(InvalidRedirectAnswer):
        read(f"podio_nonce={STATE}", TOKEN, Attempts(plain))


@pytest.mark.parametrize("nonce", [STATE, "x" * 32, ""])
def test_a_provider_that_gets_no_nonce_in_the_redirect_uri_sends_none_back(nonce: str) -> None:
    with pytest.raises(InvalidRedirectAnswer):
        read(f"podio_nonce={nonce}", f"{TOKEN}&state={STATE}", Attempts(request_of(redirect_nonce=False)))


def test_an_unknown_nonce_in_the_redirect_uri_uses_no_attempt_up_that_the_state_names() -> None:
    attempts = Attempts(request_of())
    with pytest.raises(InvalidRedirectAnswer, match="not waiting for"):
        read(f"podio_nonce={'x' * 32}", f"{TOKEN}&state={STATE}", attempts)
    assert attempts.waiting


@pytest.mark.parametrize("redirect_nonce", [True, False])
@pytest.mark.parametrize(
    ("query", "fragment"),
    [
        ("", TOKEN),
        ("podio_nonce=", f"{TOKEN}&state="),
        (f"podio_nonce={'x' * 32}", TOKEN),
        ("", f"{TOKEN}&state={'x' * 32}"),
        (f"podio_nonce={'x' * 32}", f"{TOKEN}&state={STATE}"),
        (f"podio_nonce={STATE}", f"{TOKEN}&state={'x' * 32}"),
    ],
)
def test_an_attempt_that_the_caller_hands_over_itself_is_checked_by_its_nonce_all_the_same(
    query: str, fragment: str, redirect_nonce: bool
) -> None:
    handed_over = request_of(redirect_nonce=redirect_nonce)
    with pytest.raises(InvalidRedirectAnswer):
        read_answer(
            RedirectAnswer(query=query, fragment=fragment, url=PAGE),
            take_request=lambda nonce: handed_over,
            client_id="workbench",
            authorize_url=AUTHORIZE,
            display="page",
            now=NOW,
        )


def test_an_attempt_is_good_for_one_answer_only() -> None:
    attempts = Attempts(request_of())
    read(f"podio_nonce={STATE}", TOKEN, attempts)
    with pytest.raises(InvalidRedirectAnswer, match="used before"):
        read(f"podio_nonce={STATE}", TOKEN, attempts)


def test_a_refused_answer_uses_the_attempt_up_as_well() -> None:
    attempts = Attempts(request_of())
    with pytest.raises(InvalidRedirectAnswer):
        read(f"podio_nonce={STATE}", "access_token=%zz", attempts)
    assert not attempts.waiting


def test_an_attempt_older_than_fifteen_minutes_is_refused() -> None:
    assert read(f"podio_nonce={STATE}", TOKEN, now=NOW + REQUEST_LIFETIME)
    with pytest.raises(InvalidRedirectAnswer, match="15 minutes"):
        read(f"podio_nonce={STATE}", TOKEN, now=NOW + REQUEST_LIFETIME + 1)


def test_an_attempt_from_the_future_is_refused() -> None:
    with pytest.raises(InvalidRedirectAnswer):
        read(f"podio_nonce={STATE}", TOKEN, now=NOW - 3600)


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "another"},
        {"authorize_url": "https://evil.example/oauth/authorize"},
        {"display": "popup"},
        {"url": "https://work.example/other/"},
        {"url": "https://evil.example/bench/"},
    ],
)
def test_an_answer_for_another_client_provider_display_or_address_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidRedirectAnswer):
        read(f"podio_nonce={STATE}", TOKEN, **changes)


@pytest.mark.parametrize("fragment", ["access_token=&expires_in=5", "token_type=bearer", "code=abc", ""])
def test_an_answer_without_a_token_is_refused(fragment: str) -> None:
    with pytest.raises(InvalidRedirectAnswer, match="no access token"):
        read(f"podio_nonce={STATE}", fragment)


def test_a_code_attempt_wants_a_code() -> None:
    request = request_of(response_type="code", redirect_nonce=False, code_verifier="v" * 43)
    assert read(f"code=abc&state={STATE}", "", Attempts(request)).parameters["code"] == "abc"
    with pytest.raises(InvalidRedirectAnswer, match="no code"):
        read("", f"{TOKEN}&state={STATE}", Attempts(request))


def test_a_parameter_in_both_query_and_fragment_is_refused() -> None:
    with pytest.raises(InvalidRedirectAnswer, match="twice"):
        read(f"podio_nonce={STATE}&access_token=planted", TOKEN)


def test_podios_denial_in_the_query_carries_its_description_and_the_apps_state() -> None:
    denial = "error_reason=user_denied&error=access_denied&error_description=The+user+denied+your+request."
    with pytest.raises(AuthorizationError) as caught:
        read(f"podio_nonce={STATE}&{denial}", "")
    assert not isinstance(caught.value, InvalidRedirectAnswer)
    assert caught.value.error == "access_denied"
    assert caught.value.error_description == "The user denied your request."
    assert caught.value.app_state == {"route": "#/app/12"}


@pytest.mark.parametrize(
    "error",
    [
        "invalid_request",
        "unauthorized_client",
        "access_denied",
        "unsupported_response_type",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "something_new",
    ],
)
def test_every_oauth_error_in_query_or_fragment_comes_through(error: str) -> None:
    for query, fragment in ((f"&error={error}", ""), ("", f"error={error}&error_uri=https%3A%2F%2Fa.example%2F")):
        with pytest.raises(AuthorizationError) as caught:
            read(f"podio_nonce={STATE}{query}", fragment)
        assert caught.value.error == error


def test_an_error_that_nobody_requested_shows_none_of_its_text() -> None:
    with pytest.raises(InvalidRedirectAnswer) as caught:
        read("error=access_denied&error_description=Call+555-0100+now", "", Attempts())
    assert "555" not in str(caught.value)
    assert "555" not in caught.value.error_description


def test_an_error_wins_over_a_token_in_the_same_answer() -> None:
    with pytest.raises(AuthorizationError) as caught:
        read(f"podio_nonce={STATE}&error=access_denied", TOKEN)
    assert caught.value.error == "access_denied"


def test_an_answer_never_prints_itself() -> None:
    answer = RedirectAnswer.from_url(f"{PAGE}?podio_nonce=canary#access_token=canary")
    assert "canary" not in repr(answer)
    assert (answer.query, answer.fragment, answer.url) == ("podio_nonce=canary", "access_token=canary", PAGE)
