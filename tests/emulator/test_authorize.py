"""The authorize page: who may come back with what."""

from __future__ import annotations

import re

import pytest

from tests.emulator.visitor import CALLBACK, ORIGIN, fragment, query

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_page_shows_a_form_that_works_without_javascript(visitor):
    page = visitor.authorize()
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    assert "Podio Workbench" in page.text
    for name in ("username", "password"):
        assert f'<label for="{name}">' in page.text
        assert f'id="{name}" name="{name}"' in page.text
    assert re.findall(r"<button[^>]*>([^<]+)</button>", page.text) == ["Grant access", "Deny"]


def test_the_page_has_a_strict_policy_of_its_own(visitor):
    headers = visitor.authorize().headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert f"form-action 'self' {ORIGIN};" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_page_is_not_open_to_other_origins(visitor):
    page = visitor.client.get("/oauth/authorize", params=visitor.params, headers={"Origin": ORIGIN})
    assert "access-control-allow-origin" not in page.headers
    headers = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    assert "access-control-allow-origin" not in visitor.client.options("/oauth/authorize", headers=headers).headers


def test_the_token_flow_answers_in_the_fragment(visitor):
    answer = visitor.submit(visitor.authorize(), username="ada@example.com", password="podio", answer="grant")
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"{CALLBACK}#access_token=")
    assert "&scope=global%3Aall" in answer.headers["location"]
    values = fragment(answer)
    assert list(values) == ["access_token", "token_type", "expires_in", "refresh_token", "scope", "state"]
    assert (values["token_type"], values["expires_in"], values["state"]) == ("bearer", "28800", "s1")


def test_the_code_flow_answers_in_the_query_and_is_the_default(visitor):
    for response_type in ("code", None):
        changes = {"response_type": response_type, "code_challenge": CHALLENGE, "code_challenge_method": "S256"}
        visitor.client.cookies.clear()
        values = visitor.sign_in(**changes)
        assert set(values) == {"code", "state"}


def test_a_cookie_remembers_who_signed_in_and_granted(visitor):
    visitor.sign_in()
    again = visitor.authorize(state="s2")
    assert again.status_code == 302
    assert fragment(again)["state"] == "s2"


def test_another_scope_is_requested_without_a_password(visitor):
    visitor.sign_in()
    page = visitor.authorize(scope="space:read")
    assert page.status_code == 200
    assert "Signed in as Ada Lysholm" in page.text
    assert 'name="password"' not in page.text
    assert fragment(visitor.submit(page, answer="grant"))["scope"] == "space:read"


def test_somebody_else_can_sign_in(visitor):
    visitor.sign_in()
    page = visitor.authorize(scope="space:read")
    assert "prompt=login" in page.text
    visitor.sign_in("grace@example.com", prompt="login")
    assert visitor.get("/user/status")["user"]["mail"] == "grace@example.com"
    assert fragment(visitor.authorize())["access_token"]


def test_the_emulator_drops_who_signed_in_on_order(visitor):
    visitor.sign_in()
    assert visitor.client.post("/_emulator/sign-out").status_code == 200
    assert 'name="password"' in visitor.authorize().text
    assert visitor.call("GET", "/user/status").status_code == 200


@pytest.mark.parametrize(
    ("username", "password"), [("ada@example.com", "wrong"), ("nobody@example.com", "podio"), ("", "")]
)
def test_a_wrong_password_is_reported_on_the_form_which_keeps_the_name(visitor, username, password):
    page = visitor.submit(visitor.authorize(), username=username, password=password, answer="grant")
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert f'value="{username}"' in page.text
    assert visitor.submit(page, username="ada@example.com", password="podio").status_code == 302


def test_what_is_typed_is_escaped(visitor):
    page = visitor.submit(visitor.authorize(), username='"><script>x', password="x", answer="grant")
    assert "<script>" not in page.text


def test_a_colleague_without_a_password_can_not_sign_in(visitor):
    page = visitor.submit(visitor.authorize(), username="soren@lysholm.example", password="None", answer="grant")
    assert page.status_code == 200


def test_a_denial_comes_back_in_the_query_as_podio_writes_it(visitor):
    answer = visitor.submit(visitor.authorize(), answer="deny")
    assert answer.headers["location"] == (
        f"{CALLBACK}?error_reason=user_denied&error=access_denied"
        "&error_description=The+user+denied+your+request.&state=s1"
    )


def test_a_denial_joins_the_query_that_the_redirect_uri_has(visitor):
    answer = visitor.submit(visitor.authorize(redirect_uri=f"{CALLBACK}?nonce=n%201"), answer="deny")
    assert answer.headers["location"].startswith(f"{CALLBACK}?nonce=n%201&error_reason=user_denied&")


def test_a_token_comes_after_the_query_that_the_redirect_uri_has(visitor):
    values = visitor.sign_in(redirect_uri=f"{CALLBACK}?nonce=n%201")
    assert values["access_token"]
    again = visitor.authorize(redirect_uri=f"{CALLBACK}?nonce=n%201")
    assert again.headers["location"].startswith(f"{CALLBACK}?nonce=n%201#access_token=")


def test_denying_needs_no_password_and_remembers_nothing(visitor):
    visitor.submit(visitor.authorize(), answer="deny")
    assert visitor.authorize().status_code == 200


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "banana"}, "unsupported_response_type"),
        ({"scope": "global:everything"}, "invalid_scope"),
        ({"scope": "space_x:read"}, "invalid_scope"),
        ({"response_type": "code"}, "invalid_request"),
        ({"response_type": "code", "code_challenge": CHALLENGE}, "invalid_request"),
        ({"response_type": "code", "code_challenge": "short", "code_challenge_method": "S256"}, "invalid_request"),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request"),
    ],
)
def test_a_wrong_request_of_a_known_client_is_sent_back_with_an_error(visitor, changes, error):
    answer = visitor.authorize(**changes)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"{CALLBACK}?")
    assert query(answer)["error"] == error
    assert query(answer)["error_description"]
    assert query(answer)["state"] == "s1"


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "nobody"},
        {"client_id": None},
        {"redirect_uri": None},
        {"redirect_uri": "/callback.html"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": "http://localhost:8000.evil.example/"},
        {"redirect_uri": "http://localhost@evil.example/"},
        {"redirect_uri": f"{CALLBACK}#fragment"},
        {"redirect_uri": "http://[bad/"},
        {"redirect_uri": f"{CALLBACK}\r\nX-Evil: 1"},
    ],
)
def test_who_can_not_be_trusted_gets_an_error_page_and_never_a_redirect(visitor, changes):
    for answer in (visitor.authorize(**changes), visitor.submit_blindly(changes)):
        assert answer.status_code == 400
        assert "location" not in answer.headers
        assert 'role="alert"' in answer.text


def test_of_a_repeated_parameter_the_last_counts(visitor):
    visitor.sign_in()
    pairs = [("state", "first"), *visitor.params.items(), ("state", "last")]
    answer = visitor.client.get("/oauth/authorize", params=pairs)
    assert fragment(answer)["state"] == "last"


def test_without_state_echo_the_token_flow_gives_no_state_back(other_emulator):
    visitor = other_emulator(echo_state=False)
    assert "state" not in query(visitor.submit(visitor.authorize(), answer="deny"))
    assert "state" not in query(visitor.authorize(scope="nonsense"))
    assert "state" not in visitor.sign_in()
    code = {"response_type": "code", "code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    assert query(visitor.authorize(**code))["state"] == "s1"
    assert query(visitor.authorize(response_type="code"))["state"] == "s1"


def test_errors_of_the_token_flow_come_in_the_fragment_when_requested(other_emulator):
    visitor = other_emulator(token_errors_in_fragment=True)
    denied = visitor.submit(visitor.authorize(redirect_uri=f"{CALLBACK}?n=1"), answer="deny")
    assert denied.headers["location"].startswith(f"{CALLBACK}?n=1#error_reason=user_denied&error=access_denied&")
    code = {"response_type": "code", "code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    assert query(visitor.submit(visitor.authorize(**code), answer="deny"))["error"] == "access_denied"


def test_an_opener_policy_is_sent_when_requested(visitor, other_emulator):
    assert "cross-origin-opener-policy" not in visitor.authorize().headers
    strict = other_emulator(cross_origin_opener_policy="same-origin")
    page = strict.authorize()
    assert page.headers["cross-origin-opener-policy"] == "same-origin"
    assert strict.submit(page, answer="deny").headers["cross-origin-opener-policy"] == "same-origin"


def test_redirect_uris_are_allowed_by_the_argument(other_emulator):
    visitor = other_emulator(redirect_uri_allowed=lambda uri: uri == "https://example.com/app?x=1")
    assert visitor.authorize().status_code == 400
    visitor.sign_in(redirect_uri="https://example.com/app?x=1")


def test_a_session_of_another_emulator_is_no_session(visitor):
    visitor.client.cookies.set("podio_emulator", "forged")
    assert visitor.authorize().status_code == 200


def test_signing_out_of_podio_ends_the_browsers_cookie_and_no_token(visitor):
    visitor.sign_in()
    assert 'name="username"' not in visitor.authorize().text
    page = visitor.client.get("/logout", headers={"Origin": ORIGIN})
    assert page.status_code == 200
    assert "access-control-allow-origin" not in page.headers
    assert 'name="username"' in visitor.authorize().text
    assert visitor.call("GET", "/user/status").status_code == 200
