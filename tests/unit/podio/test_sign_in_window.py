"""The sign-in window's messages, and when it seems closed."""

import pytest

from podio.authorization import AuthorizationRequest
from podio.sign_in_window import channel_name, focused_since, read_message, seems_closed

REQUEST = AuthorizationRequest(
    state="s" * 32,
    client_id="c",
    authorize_url="https://a",
    redirect_uri="https://b/callback.html",
    response_type="token",
    created_at=0,
    display="popup",
)
MESSAGE = {
    "type": "answer",
    "state": "s" * 32,
    "query": "",
    "fragment": "access_token=canary",
    "url": "https://b/callback.html",
}


def test_the_callback_pages_message_is_the_answer_of_its_attempt() -> None:
    answer = read_message(MESSAGE, REQUEST)
    assert answer is not None
    assert (answer.fragment, answer.url, answer.request) == ("access_token=canary", "https://b/callback.html", REQUEST)


@pytest.mark.parametrize(
    "message",
    [
        None,
        "",
        5,
        [],
        {},
        {"type": "ready"},
        {**MESSAGE, "state": "x" * 32},
        {**MESSAGE, "state": None},
        {**MESSAGE, "type": "Answer"},
        {**MESSAGE, "fragment": 5},
        {**MESSAGE, "query": None},
        {**MESSAGE, "url": 1},
        {**MESSAGE, "fragment": ""},
        {**MESSAGE, "fragment": "x" * 100_000},
    ],
)
def test_any_other_message_is_ignored(message: object) -> None:
    assert read_message(message, REQUEST) is None


def test_each_attempt_has_a_channel_of_its_own() -> None:
    assert channel_name("a") != channel_name("b")


class Watch:
    """Looks at the window now and then, and remembers what the last look showed."""

    def __init__(self) -> None:
        self.since: float | None = None

    def seems_closed(self, *, reads_closed: bool, has_focus: bool, now: float) -> bool:
        self.since = focused_since(self.since, reads_closed=reads_closed, has_focus=has_focus, now=now)
        return seems_closed(self.since, now=now)


def test_a_window_seems_closed_only_after_our_page_had_the_focus_for_a_second() -> None:
    watch = Watch()
    assert not watch.seems_closed(reads_closed=True, has_focus=False, now=10)
    assert not watch.seems_closed(reads_closed=True, has_focus=True, now=20)
    assert not watch.seems_closed(reads_closed=True, has_focus=True, now=20.9)
    assert watch.seems_closed(reads_closed=True, has_focus=True, now=21)


def test_a_focus_that_comes_and_goes_starts_the_second_again() -> None:
    watch = Watch()
    assert not watch.seems_closed(reads_closed=True, has_focus=True, now=0)
    assert not watch.seems_closed(reads_closed=True, has_focus=False, now=0.9)
    assert not watch.seems_closed(reads_closed=True, has_focus=True, now=1.5)
    assert watch.seems_closed(reads_closed=True, has_focus=True, now=2.5)


def test_a_window_that_reads_open_never_seems_closed() -> None:
    watch = Watch()
    assert not any(watch.seems_closed(reads_closed=False, has_focus=True, now=float(now)) for now in range(10))
