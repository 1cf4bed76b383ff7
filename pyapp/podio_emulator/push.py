"""Push: who may listen to which channel, and what the events on it look like.

Podio hands out, with a user's status, a workspace, an item, a task and a file, a *push object*
``{channel, signature, timestamp, expires_in}``: the permission to listen. It goes along with the subscription
(``bayeux``). Sources: "Push" of Podio's documentation; signatures and the texts of their refusal as in private_pub.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from podio_emulator.model import Author

#: Hands an event to whoever listens to a channel.
Publish = Callable[[str, dict[str, Any]], None]


class ChannelSigner:
    """Signs channels and checks signatures, with a key that only this emulator knows."""

    def __init__(self, *, key: str, lifetime: int) -> None:
        self._key = key.encode()
        self._lifetime = lifetime

    def push_object(self, channel: str, timestamp: int) -> dict[str, Any]:
        """Write the permission to listen to a channel, issued at ``timestamp`` (seconds since the epoch)."""
        return {
            "channel": channel,
            "signature": self._signature(channel, timestamp),
            "timestamp": timestamp,
            "expires_in": self._lifetime,
        }

    def problem(self, channel: str, signature: object, timestamp: object, now: float) -> str | None:
        """Say why a subscription is refused, if it is; ``timestamp`` may come as a number or as text."""
        stamp = str(timestamp)
        is_time = stamp.isascii() and stamp.isdigit() and len(stamp) < 16
        if not is_time or not hmac.compare_digest(
            str(signature).encode(), self._signature(channel, int(stamp)).encode()
        ):
            return "Incorrect signature."
        return "Signature has expired." if int(stamp) + self._lifetime < now else None

    def _signature(self, channel: str, timestamp: int) -> str:
        return hmac.new(self._key, f"{channel}:{timestamp}".encode(), hashlib.sha1).hexdigest()


def event(
    name: str, *, ref_type: str, ref_id: int, author: Author, via: int, data: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Write an event: what happened to which object, by whom, with which API key.

    ``data`` holds what identifies the event (the id of the comment, the new revision). Podio's own contents of it are
    captured for few events only, so a client does well to read no more from it than that and to call the API.
    """
    return {
        "event": name,
        "ref": {"type": ref_type, "id": ref_id},
        "created_by": {"type": author.type, "id": author.id},
        "created_via": via,
        "data": data or {},
    }
