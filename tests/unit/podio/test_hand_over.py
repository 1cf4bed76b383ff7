"""Handing the session from tab to tab: the messages, whose session is taken, and who is answered."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from podio import MemoryStore, Podio, Session
from podio.hand_over import HandOverAnswer, answer_to, channel_name, choose, read_answer, read_question
from podio.session_owner import owner_at
from podio.token import Token
from tests.unit.podio.fake_browser import Browser
from tests.unit.podio.fakes import Clock, FakePodio

NONCE = "0123456789abcdef" * 2
NOW = 1_000.0


OWNER = owner_at("https://api.example", "https://api.example/oauth/token", "workbench", "client")


def session(user_id: int | None = 7, *, expires_at: float = 5_000.0, token: str = "canary") -> Session:
    token_value = Token(access_token=token, expires_at=expires_at)
    return Session(session_id="a" * 32, token=token_value, user_id=user_id, owner=OWNER)


# The messages


def test_a_question_is_known_by_its_shape_and_nonce() -> None:
    assert read_question({"type": "ask", "nonce": NONCE}) == NONCE


@pytest.mark.parametrize(
    "message",
    [
        None,
        "ask",
        [],
        {},
        {"type": "ask"},
        {"type": "ask", "nonce": 5},
        {"type": "ask", "nonce": NONCE.upper()},
        {"type": "ask", "nonce": NONCE + "0"},
        {"type": "ask", "nonce": NONCE, "more": 1},
        {"type": "answer", "nonce": NONCE},
    ],
)
def test_any_other_message_is_no_question(message: object) -> None:
    assert read_question(message) is None


def test_a_session_arrives_as_it_was_sent() -> None:
    message = answer_to(NONCE, session(), NOW)
    assert read_answer(message, NONCE, NOW) == HandOverAnswer(user_id=7, session=session())


@pytest.mark.parametrize(
    ("handed_session", "user_id"), [(session(expires_at=NOW), 7), (session(None), 0)], ids=["expired", "nobody's yet"]
)
def test_a_session_that_nobody_could_use_is_not_sent_but_its_user_is(handed_session: Session, user_id: int) -> None:
    message = answer_to(NONCE, handed_session, NOW)
    assert "canary" not in json.dumps(message)
    assert read_answer(message, NONCE, NOW) == HandOverAnswer(user_id=user_id)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "Answer"},
        {"nonce": "f" * 32},
        {"nonce": None},
        {"user_id": "7"},
        {"user_id": True},
        {"user_id": -7},
        {"user_id": 8},
        {"user_id": 0},
        {"session": None},
        {"session": {}},
        {"session": "{"},
        {"session": "x" * 40_000},
        {"session": session(None).to_json()},
        {"more": 1},
    ],
)
def test_an_answer_of_another_shape_counts_as_none(changes: dict[str, Any]) -> None:
    assert read_answer({**answer_to(NONCE, session(), NOW), **changes}, NONCE, NOW) is None


def test_a_session_that_expired_on_its_way_is_not_taken_but_its_user_counts() -> None:
    message = answer_to(NONCE, session(), NOW)
    assert read_answer(message, NONCE, session().expires_at) == HandOverAnswer(user_id=7)


def test_no_answer_prints_its_token() -> None:
    assert "canary" not in repr(HandOverAnswer(user_id=7, session=session()))


def test_the_channel_is_of_one_api_and_one_client() -> None:
    names = {
        channel_name(api, client)
        for api in ("https://api.podio.com", "https://api.example")
        for client in ("workbench", "another")
    }
    assert len(names) == 4


# Whose session is taken

ADA, GRACE = session(7), session(8)


@pytest.mark.parametrize(
    ("answers", "chosen_session"),
    [
        ([], None),
        ([(7, ADA)], ADA),
        ([(7, ADA), (7, session(7, expires_at=9_000))], session(7, expires_at=9_000)),
        ([(7, ADA), (7, None)], ADA),
        ([(7, None)], None),
        ([(7, ADA), (8, GRACE)], None),
        ([(7, ADA), (8, None)], None),
        ([(7, ADA), (0, None)], None),
    ],
)
def test_a_session_is_taken_only_where_all_tabs_are_one_users(
    answers: list[tuple[int, Session | None]], chosen_session: Session | None
) -> None:
    assert (
        choose([HandOverAnswer(user_id=user_id, session=handed_session) for user_id, handed_session in answers])
        == chosen_session
    )


# The tabs


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def library(browser: Browser) -> Iterator[Any]:
    with browser.running() as library:
        yield library


class Answers(list[Any]):
    """JavaScript's list."""

    def to_py(self) -> list[Any]:
        return list(self)


def ask(browser: Browser, *, api: str = "api.example", client: str = "workbench", expected: float = 1) -> Any:
    """Do what web/tabs.js does."""
    channel = browser.js.BroadcastChannel.new(f"podio.hand-over.{api}.{client}")
    question = SimpleNamespace(nonce=NONCE, at=browser.now * 1000, expected=expected, answers=Answers())
    channel.onmessage = lambda event: question.answers.append(event.data)
    channel.postMessage({"type": "ask", "nonce": NONCE})
    return question


def offer(library: Any, handed_session: Session | None, clock: Clock) -> Any:
    return library.SessionOffer(
        api_url="https://api.example", client_id="workbench", session=lambda: handed_session, clock=clock
    )


async def turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_tab_answers_while_it_is_signed_in(browser: Browser, library: Any) -> None:
    clock = Clock()
    tab = offer(library, session(expires_at=clock.now + 60), clock)
    for is_signed_in, answers in ((False, 0), (True, 1), (True, 1), (False, 0), (True, 1)):
        tab.listen(is_signed_in=is_signed_in)
        await turns()
        assert browser.locks.held == ["podio.hand-over.api.example.workbench"] * answers
        question = ask(browser)
        await turns()
        assert len(question.answers) == answers
    tab.listen(is_signed_in=False)
    await turns()


async def test_a_tab_answers_no_other_api_and_no_other_client(browser: Browser, library: Any) -> None:
    clock = Clock()
    tab = offer(library, session(expires_at=clock.now + 60), clock)
    tab.listen(is_signed_in=True)
    others = [ask(browser, api="other.example"), ask(browser, client="another")]
    await turns()
    assert [list(question.answers) for question in others] == [[], []]
    tab.listen(is_signed_in=False)
    await turns()


async def test_a_tab_without_a_session_says_nothing(browser: Browser, library: Any) -> None:
    tab = offer(library, None, Clock())
    tab.listen(is_signed_in=True)
    question = ask(browser)
    await turns()
    assert question.answers == []
    tab.listen(is_signed_in=False)
    await turns()


def client_of(fake: FakePodio) -> Any:
    def make(store: MemoryStore) -> Podio:
        return Podio(
            client_id="workbench",
            session_store=store,
            api_url="https://api.example",
            token_url="https://api.example/oauth/token",
            http_client=fake.client(),
        )

    return make


@pytest.mark.parametrize(("user_id", "is_taken"), [(7, True), (8, False)])
async def test_a_session_is_taken_once_podio_has_named_its_user(
    browser: Browser, library: Any, user_id: int, is_taken: bool
) -> None:
    fake = FakePodio()
    handed_session = session(token=fake.issue("handed", user_id), expires_at=4e9)
    question = ask(browser)
    question.answers.append(answer_to(NONCE, handed_session, NOW))
    hand_over = library.HandOver(question)
    assert await hand_over.session(client_of(fake)) == (handed_session if is_taken else None)
    assert hand_over.status == ({"user": {"user_id": 7}, "profile": {"name": "Person 7"}} if is_taken else None)


async def test_a_session_of_another_client_is_not_even_shown_to_podio(browser: Browser, library: Any) -> None:
    fake = FakePodio()
    handed_session = session(token=fake.issue("handed", 7), expires_at=4e9)
    question = ask(browser)
    question.answers.append(answer_to(NONCE, replace(handed_session, owner=replace(OWNER, client_id="another")), NOW))
    assert await library.HandOver(question).session(client_of(fake)) is None
    assert fake.seen == []


async def test_an_answer_for_another_user_that_comes_during_the_check_still_counts(
    browser: Browser, library: Any
) -> None:
    fake = FakePodio()
    question = ask(browser)
    question.answers.append(answer_to(NONCE, session(token=fake.issue("handed", 7), expires_at=4e9), NOW))

    def make(store: MemoryStore) -> Podio:
        question.answers.append(answer_to(NONCE, session(8), NOW))
        return client_of(fake)(store)  # type: ignore[no-any-return]

    assert await library.HandOver(question).session(make) is None


async def test_answers_are_waited_for_no_longer_than_the_limit(browser: Browser, library: Any) -> None:
    question = ask(browser, expected=2)
    waiting = asyncio.create_task(library.HandOver(question).session(client_of(FakePodio())))
    await turns()
    assert not waiting.done()
    browser.now += 1.0
    assert await waiting is None
