"""Podio's API, area by area, as tables of operations."""

from __future__ import annotations

from podio_emulator.api import apps, comments, files, items, notifications, organizations, ratings, tasks, users
from podio_emulator.calls import Operation
from podio_emulator.oauth import second_factor, token_endpoint

OPERATIONS: tuple[Operation, ...] = (
    *token_endpoint.OPERATIONS,
    *second_factor.OPERATIONS,
    *users.OPERATIONS,
    *organizations.OPERATIONS,
    *apps.OPERATIONS,
    *items.OPERATIONS,
    *comments.OPERATIONS,
    *files.OPERATIONS,
    *tasks.OPERATIONS,
    *notifications.OPERATIONS,
    *ratings.OPERATIONS,
)
