"""Paths of operations, and what may be shown of one: a log or an error report may be read by anybody."""

from __future__ import annotations

import re

_WORDS = """
accept accessible_by action activate admin admin-orgs all_spaces app app_store appstore assign attach attributes
author available basic batch billing calculate calculation calendar category clone comment complete contact context
conversation copy count deactivate default delete dependencies description direct display due due_on effect email
embed event export external_id faye features field file filter find flow form grant group hook icon ics importer
inbox incomplete info install integration invalidate item join label last latest layout leave like_count liked_by
linked_account login mapping meeting member member_request mfa mute new notification oauth order org own participant
participation personal preview private profile property question range rank rating raw read recommended recurrence
ref reference refresh reminder replace reply report request resolve result revert_to revision role running scope
search self setting shared skill snooze space space_member star starred statistics status stream subscription
summary tag task text token top total totals unread unsubscribe url usage user v2 v3 validate value values vcard
verify view viewed voting widget xlsx
"""

WORDS = frozenset(_WORDS.split())
"""The words of Podio's documented paths. Any other segment may be a name, an external id or a credential."""

_DIGITS = re.compile(r"[0-9]+")


class OperationPath(str):
    """A path that knows which operation's it is.

    Attributes:
        template: The path as Podio documents it: ``/item/{item_id}``.
    """

    __slots__ = ("template",)
    template: str

    def __new__(cls, path: str, template: str) -> OperationPath:
        """Return the path with its template."""
        self = super().__new__(cls, path)
        self.template = template
        return self


def template_of(path: str) -> str:
    """Return an operation's template, or a path with all that is no word of Podio's left out: ``/item/{id}/{…}``."""
    if isinstance(path, OperationPath):
        return path.template
    return "/".join(map(_shown, path.split("/")))


def _shown(segment: str) -> str:
    if segment in WORDS or not segment:
        return segment
    return "{id}" if _DIGITS.fullmatch(segment) else "{…}"
