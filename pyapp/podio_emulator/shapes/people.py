"""How users and contacts are written, and who did something with which API key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from podio_emulator.model import App, Author, Profile, Space
from podio_emulator.oauth.clients import CLIENTS
from podio_emulator.push import ChannelSigner
from podio_emulator.store import Store
from podio_emulator.times import time_text

JSON = dict[str, Any]
SITE = "https://podio.com"

_VIA = {client.auth_client_id: client.name for client in CLIENTS.values()}


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleShapes:
    """Writes users as one caller sees them; ``base_url`` is where this emulator is reached, for links to files."""

    store: Store
    base_url: str
    now: datetime
    signer: ChannelSigner
    author: Author | None = None

    def image(self, file_id: int | None) -> JSON | None:
        """Write a picture of a user or an organization."""
        if file_id is None:
            return None
        return {
            "file_id": file_id,
            "link": f"{self.base_url}/file/{file_id}/raw",
            "thumbnail_link": f"{self.base_url}/file/{file_id}/thumbnail",
            "link_target": "_blank",
            "hosted_by": "podio",
            "hosted_by_humanized_name": "Podio",
        }

    def space_url(self, space: Space) -> str:
        """Return a workspace's address at Podio."""
        return f"{SITE}/{self.store.organizations[space.org_id].url_label}/{space.url_label}"

    def app_url(self, app: App) -> str:
        """Return an app's address at Podio."""
        return f"{self.space_url(self.store.spaces[app.space_id])}/apps/{app.url_label}"

    def byline(self, author: Author) -> JSON:
        """Write who did something."""
        if author.type == "app":
            app = self.store.apps[author.id]
            return {
                "type": "app",
                "id": app.app_id,
                "user_id": None,
                "name": app.name,
                "url": self.app_url(app),
                "avatar_type": "icon",
                "avatar_id": app.icon_id,
                "avatar": None,
                "image": None,
                "last_seen_on": None,
            }
        profile = self.store.user(author.id)
        return {
            "type": "user",
            "id": profile.user_id,
            "user_id": profile.user_id,
            "name": profile.name,
            "url": f"{SITE}/users/{profile.user_id}",
            "avatar_type": "file",
            "avatar_id": profile.avatar,
            "avatar": profile.avatar,
            "image": self.image(profile.avatar),
            "last_seen_on": time_text(profile.last_seen_on),
        }

    def profile(self, profile: Profile) -> JSON:
        """Write a profile, as in contact fields and in the user's status."""
        return {
            "profile_id": profile.profile_id,
            "user_id": profile.user_id,
            "type": "user" if profile.user_id else "space",
            "name": profile.name,
            "mail": [profile.mail],
            "phone": [profile.phone] if profile.phone else [],
            "title": [profile.title] if profile.title else [],
            "organization": profile.organization,
            "link": f"{SITE}/users/{profile.user_id}" if profile.user_id else f"{SITE}/contacts/{profile.profile_id}",
            "avatar": profile.avatar,
            "image": self.image(profile.avatar),
            "rights": ["view"],
            "space_id": profile.space_id,
            "org_id": None,
            "external_id": None,
            "last_seen_on": time_text(profile.last_seen_on) if profile.user_id else None,
        }

    def user(self, profile: Profile) -> JSON:
        """Write an account."""
        return {
            "user_id": profile.user_id,
            "mail": profile.mail,
            "mails": [{"mail": profile.mail, "primary": True, "verified": True, "disabled": False}],
            "status": "active",
            "locale": profile.locale,
            "timezone": profile.timezone,
            "invites": 0,
            "flags": [],
            "created_on": time_text(profile.created_on),
            "activated_on": time_text(profile.created_on),
        }

    def user_of_member(self, profile: Profile) -> JSON:
        """Write the account of a workspace's member: with one address, as text, where a profile has a list."""
        return self.profile(profile) | {"mail": profile.mail, "status": "active"}

    def push(self, channel: str) -> JSON:
        """Write the permission to listen to a channel."""
        return self.signer.push_object(channel, int(self.now.timestamp()))

    def presence(self, kind: str, ref_id: int, user_id: int | None) -> JSON:
        """Write the permission to say that one looks at an object."""
        signature = _signature(f"presence:{kind}:{ref_id}:{user_id}")
        return {"ref_type": kind, "ref_id": ref_id, "user_id": user_id, "signature": signature}

    def user_status(self, profile: Profile) -> JSON:
        """Write the response of ``GET /user/status``."""
        user_id = profile.user_id or 0
        return {
            "user": self.user(profile),
            "profile": self.profile(profile),
            "properties": dict(self.store.properties.get(user_id, {})),
            "referral": {"code": f"r{user_id}", "status": "inactive"},
            "flags": [],
            "betas": [],
            "inbox_new": sum(
                notification.user_id == user_id and notification.viewed_on is None
                for notification in self.store.notifications.values()
            ),
            "message_unread_count": 0,
            "calendar_code": _signature(f"calendar:{user_id}")[:16],
            "mailbox": f"user{user_id}",
            "task_mail": f"user{user_id}@tasks.example.com",
            "push": self.push(f"/user/{user_id}"),
            "presence": self.presence("user", user_id, user_id),
        }

    @staticmethod
    def auth_client_id(client_id: str) -> int:
        """Return the number under which an API key stands in ``created_via``."""
        return CLIENTS[client_id].auth_client_id

    def via(self, auth_client_id: int) -> JSON:
        """Write which API key something was made with."""
        name = _VIA.get(auth_client_id, "Podio")
        return {"id": auth_client_id, "auth_client_id": auth_client_id, "name": name, "url": None, "display": False}


def _signature(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]
