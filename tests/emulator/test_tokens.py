"""The token endpoints: every grant, every refusal, expiry and revocation."""

from __future__ import annotations

import base64
import hashlib

import pytest

from tests.emulator.visitor import CALLBACK

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
PKCE = {"response_type": "code", "code_challenge": CHALLENGE, "code_challenge_method": "S256"}
SERVER = {"client_id": "server", "client_secret": "server-secret"}


def code_of(visitor, **changes):
    return visitor.sign_in(**(PKCE | changes))["code"]


def exchange(visitor, fields, path="/oauth/token"):
    body_options = {"json": fields} if path.endswith("v2") else {"data": fields}
    return visitor.client.post(path, **body_options)


def code_fields(code):
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "client_id": "workbench"}
    return fields | {"code_verifier": VERIFIER}


def use(visitor, token):
    return visitor.client.get("/user/status", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/token/v2"])
def test_a_code_is_exchanged_with_its_verifier(visitor, path):
    answer = exchange(visitor, code_fields(code_of(visitor)), path)
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"access_token", "token_type", "expires_in", "refresh_token", "scope", "ref"}
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("bearer", 28800, "global:all")
    assert body["ref"] == {"type": "user", "id": 101}
    assert answer.headers["cache-control"] == "no-store"
    assert use(visitor, body["access_token"]).status_code == 200


def test_a_server_exchanges_a_code_with_its_secret(visitor):
    code = visitor.sign_in(client_id="server", response_type="code")["code"]
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK} | SERVER
    assert exchange(visitor, fields).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"code": "unknown"},
        {"redirect_uri": f"{CALLBACK}?other"},
        {"redirect_uri": ""},
        {"code_verifier": "wrong"},
        {"code_verifier": ""},
        SERVER,
    ],
)
def test_a_code_is_refused_to_whoever_did_not_request_it(visitor, change):
    answer = exchange(visitor, code_fields(code_of(visitor)) | change)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_code_serves_once(visitor):
    fields = code_fields(code_of(visitor))
    assert exchange(visitor, fields).status_code == 200
    assert exchange(visitor, fields).json()["error"] == "invalid_grant"


def test_a_code_dies_after_ten_minutes(visitor, clock):
    fields = code_fields(code_of(visitor))
    clock.now += 600
    assert exchange(visitor, fields).json()["error"] == "invalid_grant"


def test_a_refresh_token_is_exchanged_for_a_new_pair_and_is_dead_then(visitor):
    first = visitor.sign_in()
    fields = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"], "client_id": "workbench"}
    second = exchange(visitor, fields).json()
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]
    assert exchange(visitor, fields).json()["error"] == "invalid_grant"
    assert exchange(visitor, fields | {"refresh_token": second["refresh_token"]}).status_code == 200


def test_a_refresh_token_serves_its_own_client_only_and_lives_28_days(visitor, clock):
    token = visitor.sign_in()["refresh_token"]
    fields = {"grant_type": "refresh_token", "refresh_token": token}
    assert exchange(visitor, fields | SERVER).json()["error"] == "invalid_grant"
    clock.now += 28 * 24 * 3600
    assert exchange(visitor, fields | {"client_id": "workbench"}).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/token/v2"])
def test_the_password_grant_signs_a_user_in(visitor, path):
    fields = {"grant_type": "password", "username": "grace@example.com", "password": "podio"} | SERVER
    body = exchange(visitor, fields, path).json()
    assert body["ref"] == {"type": "user", "id": 102}
    wrong = exchange(visitor, fields | {"password": "sesame-canary"}, path)
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_grant")
    assert wrong.json()["error_detail"] == "user.invalid.password"
    assert "sesame-canary" not in wrong.text
    response = exchange(visitor, fields | {"username": "nobody"}, path)
    assert response.json()["error_detail"] == "user.invalid.username"


@pytest.mark.parametrize("app_id", ["31", 31])
def test_the_app_grant_signs_an_app_in_which_sees_itself_only(visitor, app_id):
    fields = {"grant_type": "app", "app_id": app_id, "app_token": "clients-app-token"} | SERVER
    body = exchange(visitor, fields, "/oauth/token/v2").json()
    assert body["ref"] == {"type": "app", "id": 31}
    visitor.token = body["access_token"]
    assert visitor.get("/item/app/31/count") == {"count": 9}
    assert visitor.error("GET", "/app/32") == (403, "forbidden")
    assert visitor.error("GET", "/user/status") == (403, "forbidden")
    item = visitor.call("POST", "/item/app/31/", {"fields": {"name": "By the app"}}).json()
    assert visitor.get(f"/item/{item['item_id']}")["created_by"]["type"] == "app"
    for change in ({"app_token": "wrong"}, {"app_id": "32"}, {"app_id": "x"}):
        error = exchange(visitor, fields | change, "/oauth/token/v2")
        assert (error.status_code, error.json()["error"]) == (400, "invalid_grant")


def test_client_credentials_are_for_confidential_clients(visitor):
    assert exchange(visitor, {"grant_type": "client_credentials"} | SERVER).status_code == 200
    public = exchange(visitor, {"grant_type": "client_credentials", "client_id": "workbench"})
    assert (public.status_code, public.json()["error"]) == (400, "unauthorized_client")


@pytest.mark.parametrize(
    ("fields", "error", "description"),
    [
        ({}, "invalid_client", "Missing parameter client_id"),
        ({"client_id": "nobody"}, "invalid_client", "Sorry, you've supplied an invalid client id."),
        ({"client_id": "server"}, "invalid_client", "Sorry, you've supplied an invalid client secret."),
        (SERVER | {"client_secret": "wrong"}, "invalid_client", "Sorry, you've supplied an invalid client secret."),
        (SERVER, "invalid_request", "Missing parameter grant_type"),
        (SERVER | {"grant_type": "magic"}, "unsupported_grant_type", "The grant type is not supported."),
        (SERVER | {"grant_type": "refresh_token"}, "invalid_request", "Missing parameter refresh_token"),
        (
            SERVER | {"grant_type": "client_credentials", "scope": "x"},
            "invalid_scope",
            "The scope is not valid.",
        ),
    ],
)
@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/token/v2"])
def test_a_wrong_request_is_refused_as_podio_refuses_it(visitor, fields, error, description, path):
    answer = exchange(visitor, fields, path)
    assert answer.status_code == 400
    assert (answer.json()["error"], answer.json()["error_description"]) == (error, description)


def test_each_endpoint_refuses_the_other_ones_kind_of_body(visitor):
    form = visitor.client.post("/oauth/token/v2", data=SERVER).json()
    assert (form["error"], form["error_description"]) == ("invalid_value", "Invalid value null (null): must be object")
    json = visitor.client.post("/oauth/token", json=SERVER).json()
    assert (json["error"], json["error_description"]) == ("invalid_client", "Missing parameter client_id")
    for body in (b"", b"[]", b'"x"', b"{"):
        body_options = {"content": body, "headers": {"Content-Type": "application/json"}}
        assert visitor.client.post("/oauth/token/v2", **body_options).json()["error"] == "invalid_value"


def test_of_a_repeated_field_the_last_counts(visitor):
    body = "client_id=nobody&client_id=server&client_secret=server-secret&grant_type=client_credentials"
    body_options = {"content": body, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    assert visitor.client.post("/oauth/token", **body_options).status_code == 200


def test_a_token_expires(visitor, clock):
    visitor.sign_in()
    clock.now += 28799
    assert visitor.call("GET", "/user/status").status_code == 200
    clock.now += 1
    assert visitor.error("GET", "/user/status") == (401, "unauthorized")


def test_the_lifetime_is_an_argument(other_emulator):
    visitor = other_emulator(token_lifetime=7)
    assert visitor.sign_in()["expires_in"] == "7"


@pytest.mark.parametrize("path", ["/oauth/token/invalidate", "/oauth/grant/invalidate"])
def test_a_revoked_token_and_its_refresh_token_are_worthless(visitor, path):
    values = visitor.sign_in()
    assert visitor.call("POST", path).status_code == 204
    assert use(visitor, values["access_token"]).json()["error_description"] == "expired_token"
    fields = {"grant_type": "refresh_token", "refresh_token": values["refresh_token"], "client_id": "workbench"}
    assert exchange(visitor, fields).json()["error"] == "invalid_grant"


def test_invalidating_a_grant_ends_one_sign_in_and_requests_consent_again(visitor):
    other = visitor.sign_in()["access_token"]
    visitor.client.cookies.clear()
    first = visitor.sign_in()
    fields = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"], "client_id": "workbench"}
    refreshed = exchange(visitor, fields).json()["access_token"]
    visitor.call("POST", "/oauth/grant/invalidate")
    assert use(visitor, first["access_token"]).status_code == 401
    assert use(visitor, refreshed).status_code == 401
    assert use(visitor, other).status_code == 200
    assert visitor.authorize().status_code == 200


def test_invalidating_tokens_ends_all_of_the_user_and_keeps_the_consent(visitor, grace):
    first = visitor.sign_in()["access_token"]
    visitor.client.cookies.clear()
    visitor.sign_in()
    visitor.call("POST", "/oauth/token/invalidate")
    assert use(visitor, first).status_code == 401
    assert use(visitor, grace.token).status_code == 200
    assert visitor.authorize().status_code == 302


def test_the_scope_can_be_requested_and_holds(visitor):
    visitor.sign_in(scope="space_21:read app_33:all user:read")
    assert [(part["ref_type"], part["ref_id"], part["permissions"]) for part in visitor.get("/oauth/scope")] == [
        ("space", 21, ["read"]),
        ("app", 33, ["all"]),
        ("user", None, ["read"]),
    ]
    assert [org["org_id"] for org in visitor.get("/org/")] == [11]
    assert [space["space_id"] for space in visitor.get("/org/11/space/")] == [21, 22]
    assert [app["app_id"] for app in visitor.get("/app/space/22/")] == [33]
    assert visitor.get("/item/31001")["title"]
    assert visitor.error("PUT", "/item/31001", {"fields": {}}) == (403, "forbidden")
    assert visitor.error("GET", "/item/app/34/count") == (403, "forbidden")
    assert visitor.call("PUT", "/item/33001", {"fields": {"name": "New"}}).status_code == 200
    assert visitor.error("GET", "/space/23") == (403, "forbidden")


def test_no_answer_of_the_api_and_no_log_shows_a_token(visitor):
    values = visitor.sign_in()
    code = code_of(visitor, prompt="login")
    visitor.client.get("/user/status", params={"oauth_token": values["access_token"]})
    visitor.client.get("/nowhere", params={"access_token": values["access_token"], "note": code})
    visitor.client.get(f"/nowhere/{values['refresh_token']}")
    visitor.authorize(redirect_uri=f"{CALLBACK}?access_token=canary1&x=1")
    visitor.call("POST", "/oauth/grant/invalidate")
    visitor.client.get(f"/nowhere/{values['access_token']}")
    log_text = visitor.client.get("/_emulator/requests").text
    for secret in (values["access_token"], values["refresh_token"], code, "canary1"):
        assert secret not in log_text
    assert "oauth_token=REDACTED" in log_text
    echoed = visitor.client.get("/nowhere", params={"oauth_token": values["access_token"]})
    assert values["access_token"] not in echoed.text


# The second factor

PASSWORD = {"grant_type": "password", "username": "ada@example.com", "password": "podio", **SERVER}


def test_where_a_second_factor_is_requested_the_password_alone_brings_no_token(visitor):
    visitor.client.post("/_emulator/second-factor", json={"required": True})
    answer = visitor.client.post("/oauth/token", data=PASSWORD).json()
    assert set(answer) == {"server_nonce"}
    wrong = visitor.client.post("/mfa/verify", json={"nonce": answer["server_nonce"], "otp": "000000"})
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_second_factor")
    assert answer["server_nonce"] not in wrong.text
    right = visitor.client.post("/mfa/verify", json={"nonce": answer["server_nonce"], "otp": "123456"})
    assert set(right.json()) == {"access_token", "token_type", "expires_in", "refresh_token", "scope", "ref"}
    again = visitor.client.post("/mfa/verify", json={"nonce": answer["server_nonce"], "otp": "123456"})
    assert (again.status_code, again.json()["error"]) == (400, "nonce_validation_error")


def test_a_recovery_code_does_as_well(visitor):
    visitor.client.post("/_emulator/second-factor", json={"required": True})
    nonce = visitor.client.post("/oauth/token", data=PASSWORD).json()["server_nonce"]
    answer = visitor.client.post("/mfa/verify", json={"nonce": nonce, "recoveryCode": "lysholm-recovery"})
    assert answer.json()["ref"] == {"type": "user", "id": 101}


def test_after_five_wrong_codes_one_must_sign_in_again(visitor):
    visitor.client.post("/_emulator/second-factor", json={"required": True})
    nonce = visitor.client.post("/oauth/token", data=PASSWORD).json()["server_nonce"]
    errors = [visitor.client.post("/mfa/verify", json={"nonce": nonce, "otp": "0"}).json()["error"] for _ in range(6)]
    assert errors == ["invalid_second_factor"] * 5 + ["nonce_validation_error"]


def test_a_reset_requires_no_second_factor_again(visitor):
    visitor.client.post("/_emulator/second-factor", json={"required": True})
    visitor.client.post("/_emulator/reset")
    assert "access_token" in visitor.client.post("/oauth/token", data=PASSWORD).json()
    assert visitor.client.post("/_emulator/second-factor", json={"required": 1}).status_code == 400
