"""Grants: single objects opened to users who aren't members of their space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

from podio.json_types._apps import AppJSON
from podio.json_types._common import BylineJSON, ReferenceJSON
from podio.json_types._spaces import SpaceShortJSON
from podio.json_types._users import ProfileJSON


class GrantJSON(TypedDict, total=False):
    """Whom an object is opened to, and what that user is to do with it; the user's own grant leaves `user` out."""

    grant_id: int
    ref: ReferenceJSON
    ref_type: str
    ref_id: int
    user: ProfileJSON
    action: Required[Literal["view", "comment", "rate"] | None]
    access_level: Literal["view", "edit"]
    message: Required[str | None]
    rights: list[str]
    app: AppJSON | None
    space: SpaceShortJSON | None
    created_on: str
    created_by: Required[BylineJSON]


class GrantCreation(TypedDict, total=False):
    """Whom an object is opened to (``{"type": "user", "id": 102}``, or a user's id), and what for."""

    people: Required[Sequence[int | Mapping[str, Any]]]
    action: Literal["view", "comment", "rate"]
    message: str
    access_level: Literal["view", "edit"]
    shared_as_client: bool


class CreatedGrantJSON(TypedDict):
    """Those of the users who could be invited to the object's space."""

    invitable: list[ProfileJSON]
