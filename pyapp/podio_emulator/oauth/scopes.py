"""Podio's scopes: ``type:permission``, separated by spaces, such as ``global:all`` or ``space_42:read``.

Types are ``global``, ``user``, ``org``, ``space`` and ``app``, the last three with or without an id; permissions are
``read``, ``write``, ``delete``, ``all``. No scope means ``global:all``.
Source: "Scopes and permissions" of Podio's documentation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_PART = re.compile(r"(global|user|org|space|app)(?:_([1-9][0-9]{0,18}))?:(read|write|delete|all)")


class Permission(Enum):
    """What a call wants to do."""

    READ = "read"
    WRITE = "write"
    DELETE = "delete"


@dataclass(frozen=True, kw_only=True, slots=True)
class ScopePart:
    """One ``type:permission``; without ``ref_id`` it holds for every object of its type."""

    type: str
    ref_id: int | None
    permission: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What a token may be used for."""

    parts: tuple[ScopePart, ...]

    @classmethod
    def parse(cls, text: str | None) -> Scope:
        """Read a scope as it stands in a request. Raise ValueError where it isn't one."""
        parts = []
        for word in (text or "global:all").split():
            match = _PART.fullmatch(word)
            if match is None or (match[1] in {"global", "user"} and match[2]):
                msg = "not a scope of Podio"
                raise ValueError(msg)
            parts.append(ScopePart(type=match[1], ref_id=int(match[2]) if match[2] else None, permission=match[3]))
        return cls(parts=tuple(parts)) if parts else cls.parse(None)

    def __str__(self) -> str:
        return " ".join(
            f"{part.type}{'' if part.ref_id is None else f'_{part.ref_id}'}:{part.permission}" for part in self.parts
        )

    def allows(
        self,
        permission: Permission,
        *,
        org_id: int | None = None,
        space_id: int | None = None,
        app_id: int | None = None,
    ) -> bool:
        """Return whether the scope covers an object, named with all that it lies in; without ids, the user."""
        chain = {"org": org_id, "space": space_id, "app": app_id}
        is_user = org_id is None and space_id is None and app_id is None
        for part in self.parts:
            if part.permission not in {"all", permission.value}:
                continue
            if part.type == "global" or (part.type == "user" and is_user):
                return True
            place = chain.get(part.type)
            if place is not None and part.ref_id in {None, place}:
                return True
        return False
