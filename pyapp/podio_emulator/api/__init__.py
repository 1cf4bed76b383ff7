"""Podio's API, area by area, as tables of operations."""

from __future__ import annotations

from podio_emulator.api import (
    app_changes,
    apps,
    calendar,
    comments,
    contacts,
    embeds,
    files,
    hooks,
    item_history,
    item_lists,
    items,
    notifications,
    organizations,
    ratings,
    reminders,
    search,
    stream,
    tags,
    task_changes,
    task_labels,
    tasks,
    users,
    views,
)
from podio_emulator.calls import Operation
from podio_emulator.oauth import second_factor, token_endpoint

OPERATIONS: tuple[Operation, ...] = (
    *token_endpoint.OPERATIONS,
    *second_factor.OPERATIONS,
    *users.OPERATIONS,
    *organizations.OPERATIONS,
    *apps.OPERATIONS,
    *app_changes.OPERATIONS,
    *items.OPERATIONS,
    *item_history.OPERATIONS,
    *item_lists.OPERATIONS,
    *comments.OPERATIONS,
    *files.OPERATIONS,
    *task_labels.OPERATIONS,
    *tasks.OPERATIONS,
    *task_changes.OPERATIONS,
    *notifications.OPERATIONS,
    *ratings.OPERATIONS,
    *reminders.OPERATIONS,
    *search.OPERATIONS,
    *stream.OPERATIONS,
    *tags.OPERATIONS,
    *views.OPERATIONS,
    *hooks.OPERATIONS,
    *contacts.OPERATIONS,
    *calendar.OPERATIONS,
    *embeds.OPERATIONS,
)
