"""Sessions and where they are kept."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podio.authorization import AuthorizationRequest
from podio.session import MemoryStore, PendingRenewal, Session, new_session_id
from podio.token import Token

SESSION = Session(
    session_id="0" * 32,
    token=Token(access_token="canary-token", expires_at=1000.5, scope="global:all", refresh_token="canary-refresh"),
    user_id=7,
)


def test_a_session_survives_being_stored() -> None:
    assert Session.from_json(SESSION.to_json()) == SESSION


def test_a_stored_record_names_its_access_token() -> None:
    assert json.loads(SESSION.to_json())["access_token"] == "canary-token"


def test_a_session_never_prints_its_token() -> None:
    assert "canary" not in repr(SESSION)


def test_renewal_changes_the_token_and_keeps_the_id_and_the_user() -> None:
    renewed = SESSION.renewed(Token(access_token="new", expires_at=2000))
    assert (renewed.session_id, renewed.user_id) == (SESSION.session_id, 7)
    assert renewed.token.access_token == "new"


def test_session_ids_have_128_bits() -> None:
    assert len({new_session_id() for _ in range(100)}) == 100
    assert len(new_session_id()) == 32


@pytest.mark.parametrize(
    "damage",
    [
        {"access_token": ""},
        {"access_token": 5},
        {"access_token": "a b"},
        {"access_token": "line\r\nbreak"},
        {"expires_at": "soon"},
        {"expires_at": True},
        {"expires_at": 1e300},
        {"session_id": "short"},
        {"session_id": None},
        {"person_id": "7"},
        {"person_id": False},
        {"scope": 5},
        {"refresh_token": ["x"]},
        {"generation": -1},
        {"generation": True},
        {"generation": 1.5},
        {"generation": None},
        {"generation": 10**10},
        {"pending_renewal": "now"},
        {"pending_renewal": {"by": "x", "since": 1}},
        {"pending_renewal": {"by": "a" * 32, "since": "now"}},
        {"pending_renewal": {}},
    ],
)
def test_a_poisoned_record_is_refused(damage: dict[str, object]) -> None:
    record = {**json.loads(SESSION.to_json()), **damage}
    with pytest.raises(ValueError, match="not a session record") as caught:
        Session.from_json(json.dumps(record))
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        '{"__proto__": {"access_token": "x"}}',
        "NaN",
        '{"expires_at": NaN}',
        "[" * 20_000,
        '"' + "x" * 40_000 + '"',
    ],
)
def test_text_that_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a session record"):
        Session.from_json(text)


def test_a_record_of_32_kilobytes_is_read_and_a_longer_one_is_not() -> None:
    record = SESSION.to_json()
    assert Session.from_json(record + " " * (32 * 1024 - len(record))) == SESSION
    with pytest.raises(ValueError, match="not a session record"):
        Session.from_json(record + " " * (32 * 1024 - len(record) + 1))


@pytest.mark.parametrize(
    ("generation", "expires_at", "is_newer"),
    [(1, 10.0, True), (0, 2000.0, True), (0, 1000.5, False), (0, 10.0, False)],
)
def test_a_renewal_is_newer_than_what_it_renewed_though_it_expires_earlier(
    generation: int, expires_at: float, is_newer: bool
) -> None:
    other = replace(SESSION, generation=generation, token=Token(access_token="other", expires_at=expires_at))
    assert other.is_newer_than(SESSION) is is_newer
    assert not replace(other, session_id="1" * 32).is_newer_than(SESSION)


def test_a_renewal_counts_up_and_ends_the_note_that_it_was_pending() -> None:
    pending = replace(SESSION, pending_renewal=PendingRenewal(by="c" * 32, since=5.0))
    assert Session.from_json(pending.to_json()) == pending
    renewed = pending.renewed(Token(access_token="new", expires_at=2000))
    assert (renewed.generation, renewed.pending_renewal) == (1, None)


def test_a_record_of_before_generations_is_of_the_first() -> None:
    record = json.loads(SESSION.to_json())
    for name in ("generation", "pending_renewal", "owner"):
        del record[name]
    assert Session.from_json(json.dumps(record)) == SESSION


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.dictionaries(st.text(), inner))
)
def test_no_stored_json_makes_reading_fail_in_another_way(value: object) -> None:
    with pytest.raises(ValueError, match=r"^not a session record$"):
        Session.from_json(json.dumps(value))


def test_the_memory_store_keeps_one_session_for_each_flow_and_clears_on_none() -> None:
    store = MemoryStore()
    store.set(SESSION, "client")
    assert store.get("client") is SESSION
    assert store.get("app") is None
    store.set(None, "client")
    assert store.get("client") is None


def test_the_memory_store_gives_an_attempt_away_once() -> None:
    store = MemoryStore()
    request = AuthorizationRequest(
        state="s" * 32,
        client_id="c",
        authorize_url="https://a",
        redirect_uri="https://b",
        response_type="token",
        created_at=0,
    )
    store.keep_request(request)
    assert store.take_request("s" * 32) is request
    assert store.take_request("s" * 32) is None
