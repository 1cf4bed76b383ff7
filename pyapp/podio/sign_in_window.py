"""The sign-in window's protocol: what its messages mean, and when it seems closed.

What follows from that is decided in `podio._sign_in_machine`.

The callback page (web/callback.js) takes the answer out of its own address and posts it on a BroadcastChannel that is
named by the request's nonce: nobody who does not know the nonce can speak or listen there. It repeats when the page
says ``ready``, because a message is lost while its receiver reloads, and closes its window when the page says
``received``.
"""

from __future__ import annotations

from typing import Any

from podio.authorization import MAX_LENGTH, AuthorizationRequest, RedirectAnswer

TIME_LIMIT = 5 * 60.0
"""Seconds for which an open sign-in window is waited for."""

FOCUS_BEFORE_CLOSED = 1.0
"""Seconds for which our page must have had the focus before a window that reads closed is called so."""

MARKER = "podio.window"
"""The key in `sessionStorage` that tells the callback page that it runs in a sign-in window of ours. It is set while
the window opens and removed at once, so that only the window's copy of the storage has it. WebKit may make that copy
when the marker is gone again."""

READY = "ready"
RECEIVED = "received"


def channel_name(state: str) -> str:
    """Return the name of the BroadcastChannel on which a request's answer comes."""
    return f"podio.answer.{state}"


def read_message(message: Any, request: AuthorizationRequest) -> RedirectAnswer | None:
    """Return the answer that a message of the callback page brings, or None for any other message.

    Args:
        message: The message's data as plain Python values, of any shape: whoever runs on our origin could post.
        request: The authorization request that the channel belongs to.
    """
    if not isinstance(message, dict) or message.get("type") != "answer" or message.get("state") != request.state:
        return None
    query, fragment, url = message.get("query"), message.get("fragment"), message.get("url")
    if not (isinstance(query, str) and isinstance(fragment, str) and isinstance(url, str)):
        return None
    if not (query or fragment) or len(query) > 4 * MAX_LENGTH or len(fragment) > 4 * MAX_LENGTH:
        return None
    return RedirectAnswer(query=query, fragment=fragment, url=url, request=request)


def focused_since(before: float | None, *, reads_closed: bool, has_focus: bool, now: float) -> float | None:
    """Return since when the window reads closed while our page has the focus; None where that isn't so.

    ``closed`` alone does not tell: with a Cross-Origin-Opener-Policy on the provider's page it reads true while the
    window lives. So our page must have had the focus for a second as well; and even then an answer counts.

    Args:
        before: What this returned the last time.
        reads_closed: Whether the window reads closed.
        has_focus: Whether our page has the focus.
        now: Seconds, of any clock that runs steadily.
    """
    if not (reads_closed and has_focus):
        return None
    return now if before is None else before


def seems_closed(since: float | None, *, now: float) -> bool:
    """Return whether a window that reads closed, while our page has the focus, since then seems closed by now."""
    return since is not None and now - since >= FOCUS_BEFORE_CLOSED
