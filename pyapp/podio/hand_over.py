"""How a session goes from one tab of a site to the next: what the tabs' messages mean, and whose session is taken.

Only for a site that has its origin to itself: whoever runs script on the origin can ask, and answer.

A tab that opens posts ``ask`` with a nonce on a BroadcastChannel that is named by the API's host and the client id. The
page's first scripts do that (web/tabs.js), so that the wait lies behind Python's start. Each signed-in tab holds a
shared Web Lock of the channel's name, by which the asking tab knows how many answers to wait for, and answers with its
user and, unless that has expired, its session. A session is taken only if all answers name the same user.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from podio.session import Session

ANSWER_LIMIT = 1.0
"""Seconds after the question for which answers are waited for."""

_NONCE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverAnswer:
    """What one signed-in tab answers.

    Attributes:
        user_id: Podio's id of who is signed in there; 0 while that is not known.
        session: The session, or None where its token has expired.
    """

    user_id: int
    session: Session | None = field(default=None, repr=False)


def channel_name(api_url: str, client_id: str) -> str:
    """Return the name of the channel on which tabs ask and answer, and of the lock that signed-in tabs hold."""
    return f"podio.hand-over.{urlsplit(api_url).netloc}.{client_id}"


def read_question(message: Any) -> str | None:
    """Return the nonce of a question, or None for any other message.

    Args:
        message: The message's data as plain Python values, of any shape.
    """
    if not isinstance(message, dict) or set(message) != {"type", "nonce"} or message["type"] != "ask":
        return None
    nonce = message["nonce"]
    return nonce if isinstance(nonce, str) and _NONCE.fullmatch(nonce) else None


def answer_to(nonce: str, session: Session, now: float) -> dict[str, Any]:
    """Return the message that answers a question. It holds the token, unless that has expired or is nobody's yet."""
    is_usable = session.user_id is not None and not session.token.is_expired(now)
    return {
        "type": "answer",
        "nonce": nonce,
        "user_id": session.user_id or 0,
        "session": session.to_json() if is_usable else "",
    }


def read_answer(message: Any, nonce: str, now: float) -> HandOverAnswer | None:
    """Return what a message answers to the question of that nonce, or None for any other message."""
    if not isinstance(message, dict) or set(message) != {"type", "nonce", "user_id", "session"}:
        return None
    user_id, record = message["user_id"], message["session"]
    if message["type"] != "answer" or message["nonce"] != nonce or not isinstance(record, str):
        return None
    if not isinstance(user_id, int) or isinstance(user_id, bool) or user_id < 0:
        return None
    if not record:
        return HandOverAnswer(user_id=user_id)
    try:
        session = Session.from_json(record)
    except ValueError:
        return None
    if not user_id or session.user_id != user_id:
        return None
    return HandOverAnswer(user_id=user_id, session=None if session.token.is_expired(now) else session)


def read_answers(messages: Iterable[Any], nonce: str, now: float) -> list[HandOverAnswer]:
    """Return the answers among the messages that came."""
    return [answer for message in messages if (answer := read_answer(message, nonce, now)) is not None]


def choose(answers: Sequence[HandOverAnswer]) -> Session | None:
    """Return the session to take: the one that lives longest; none where the tabs hold sessions of two users."""
    if len({answer.user_id for answer in answers}) != 1:
        return None
    sessions = [answer.session for answer in answers if answer.session is not None]
    return max(sessions, key=lambda session: session.expires_at, default=None)
