"""What of the side bar is unfolded, kept while its tab is open; what comes back from there is untrusted."""

from __future__ import annotations

import json
from dataclasses import dataclass

from podio.json_text import parse_object

_MOST = 100
_HIGHEST_ID = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfolding:
    """The unfolded workspaces and the folded organizations, by their ids: organizations are unfolded at first."""

    spaces: frozenset[int] = frozenset()
    closed_orgs: frozenset[int] = frozenset()

    def to_text(self) -> str:
        """Write it down; empty where all is as at first."""
        record = {"spaces": sorted(self.spaces), "closed_orgs": sorted(self.closed_orgs)}
        return json.dumps(record) if any(record.values()) else ""

    @classmethod
    def from_text(cls, text: str) -> Unfolding:
        """Read what was written down; what makes no sense is left out."""
        record = parse_object(text, longest=10_000)
        return cls(spaces=_ids(record.get("spaces")), closed_orgs=_ids(record.get("closed_orgs")))


def _ids(raw: object) -> frozenset[int]:
    entries = raw[:_MOST] if isinstance(raw, list) else []
    return frozenset(entry for entry in entries if type(entry) is int and 0 < entry <= _HIGHEST_ID)
