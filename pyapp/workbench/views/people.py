"""People: a picture, with initials until it is there and where there is none."""

from __future__ import annotations

import htpy as h


def avatar(name: str, picture: str) -> h.Renderable:
    """A user's picture; the name stands beside it.

    Args:
        name: Theirs.
        picture: Its address; empty where there is none.
    """
    return h.span(".avatar", aria_hidden="true", data_picture=picture or None, data_letters=initials(name))


def initials(name: str) -> str:
    """Return the first letters of the first and the last part of a name."""
    parts = [part for part in name.split() if part[0].isalnum()]
    letters = [parts[0][0], parts[-1][0]] if len(parts) > 1 else [part[0] for part in parts]
    return "".join(letters).upper() or "?"
