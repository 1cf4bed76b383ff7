"""Reminders that are delivered, and tasks that recur."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from podio_emulator.api.reminders import next_day
from tests.emulator.visitor import Clock


@pytest.fixture
def moving_clock():
    return Clock(now=datetime(2026, 12, 1, 8, tzinfo=UTC).timestamp())


@pytest.fixture
def visitor(other_emulator, moving_clock):
    visitor = other_emulator(clock=moving_clock, token_lifetime=10**7)
    visitor.sign_in()
    return visitor


def inbox(visitor):
    return [notification["type"] for group in visitor.get("/notification/") for notification in group["notifications"]]


def test_a_task_reminds_its_user_once_before_it_is_due(visitor, moving_clock):
    body = {"text": "x", "due_on": "2026-12-01 10:00:00", "reminder": {"remind_delta": 60}}
    task = visitor.call("POST", "/task/", body).json()
    assert task["reminder"]["remind_delta"] == 60
    assert inbox(visitor) == []
    moving_clock.now += 3600
    assert inbox(visitor) == inbox(visitor) == ["reminder"]
    path = f"/reminder/task/{task['task_id']}"
    assert visitor.call("POST", f"{path}/snooze").status_code == 204
    assert inbox(visitor) == ["reminder"]
    moving_clock.now += 601
    assert inbox(visitor) == ["reminder", "reminder"]
    # It is due at another time: reminded again.
    visitor.call("PUT", f"/task/{task['task_id']}", {"due_on": "2026-12-02 10:00:00"})
    moving_clock.now += 24 * 3600
    assert len(inbox(visitor)) == 3


def test_a_task_that_is_done_reminds_nobody(visitor, moving_clock):
    body = {"text": "x", "due_on": "2026-12-01 10:00:00", "reminder": {"remind_delta": 0}}
    task_id = visitor.call("POST", "/task/", body).json()["task_id"]
    visitor.call("POST", f"/task/{task_id}/complete")
    moving_clock.now += 24 * 3600
    assert inbox(visitor) == []


def test_an_item_reminds_before_its_first_date(visitor, moving_clock):
    fields = {"title": "x", "period": {"start": "2026-12-03"}}
    body = {"fields": fields, "reminder": {"remind_delta": 15}}
    item_id = visitor.call("POST", "/item/app/32/", body).json()["item_id"]
    assert visitor.get(f"/item/{item_id}")["reminder"]["remind_delta"] == 15
    assert inbox(visitor) == []
    moving_clock.now += 2 * 24 * 3600
    assert inbox(visitor) == ["reminder"]
    visitor.call("PUT", f"/item/{item_id}", {"reminder": None})
    assert visitor.get(f"/item/{item_id}")["reminder"] is None


def test_a_reminder_is_set_read_changed_and_deleted_by_itself(ada):
    path = "/reminder/item/31001"
    assert ada.error("GET", path)[0] == 404
    assert ada.call("PUT", path, {"remind_delta": 5}).status_code == 204
    first = ada.get(path)
    assert ada.call("POST", path, {"remind_delta": 10}).status_code == 204
    assert ada.get(path) == first | {"remind_delta": 10}
    assert ada.call("DELETE", path).status_code == 204
    assert ada.error("POST", f"{path}/snooze")[0] == 404


@pytest.mark.parametrize("reminder", [5, {}, {"remind_delta": -1}, {"remind_delta": True}, {"remind_delta": 5, "x": 1}])
def test_a_wrong_reminder_makes_nothing(ada, reminder):
    before = ada.get("/item/app/31/count")
    body = {"fields": {"name": "x"}, "reminder": reminder}
    assert ada.error("POST", "/item/app/31/", body) == (400, "invalid_value")
    assert ada.get("/item/app/31/count") == before
    assert ada.error("POST", "/task/", {"text": "x", "reminder": reminder}) == (400, "invalid_value")


def test_an_item_does_not_recur(ada):
    body = {"recurrence": {"name": "weekly"}}
    assert ada.error("PUT", "/item/31001", body) == (400, "invalid_value")
    assert ada.error("PUT", "/recurrence/item/31001", {"name": "weekly"}) == (400, "invalid_value")


def test_completing_a_task_that_recurs_makes_the_next_until_the_end(ada):
    rule = {"name": "monthly", "step": 2, "until": "2027-03-31", "config": {"repeat_on": "day_of_month"}}
    body = {"text": "x", "due_date": "2026-12-31", "recurrence": rule, "reminder": {"remind_delta": 5}}
    task = ada.call("POST", "/task/", body).json()
    assert task["recurrence"]["step"] == 2
    following = ada.call("POST", f"/task/{task['task_id']}/complete").json()["recurring_task_id"]
    again = ada.get(f"/task/{following}")
    assert (again["due_date"], again["status"], again["reminder"]["remind_delta"]) == ("2027-02-28", "active", 5)
    assert ada.call("POST", f"/task/{following}/complete").json() == {"recurring_task_id": None}


def test_a_recurrence_is_set_read_and_deleted_by_itself(ada):
    task = ada.call("POST", "/task/", {"text": "x", "due_date": "2026-12-31"}).json()["task_id"]
    path = f"/recurrence/task/{task}"
    assert ada.error("GET", path)[0] == 404
    assert ada.call("PUT", path, {"name": "weekly"}).status_code == 204
    assert ada.get(path)["name"] == "weekly"
    assert ada.call("DELETE", path).status_code == 204
    assert ada.get(f"/task/{task}")["recurrence"] is None


@pytest.mark.parametrize(
    "rule",
    [
        5,
        {"name": "daily"},
        {"name": "weekly", "step": 0},
        {"name": "weekly", "until": "x"},
        {"name": "weekly", "x": 1},
        {"name": "weekly", "config": {"days": ["moonday"]}},
        {"name": "monthly", "config": {"repeat_on": "day_of_week"}},
        {"name": "monthly", "config": {"days": ["monday"]}},
    ],
)
def test_a_rule_that_the_emulator_would_not_follow_is_refused(ada, rule):
    body = {"text": "x", "due_date": "2026-12-31", "recurrence": rule}
    assert ada.error("POST", "/task/", body) == (400, "invalid_value")
    assert ada.error("POST", "/task/", {"text": "x", "recurrence": {"name": "weekly"}}) == (400, "invalid_value")


@pytest.mark.parametrize(
    ("rule", "day", "following"),
    [
        ({"name": "weekly"}, "2026-12-01", "2026-12-08"),
        ({"name": "weekly", "step": 2, "config": {"days": ["monday", "thursday"]}}, "2026-11-30", "2026-12-03"),
        ({"name": "weekly", "step": 2, "config": {"days": ["monday", "thursday"]}}, "2026-12-03", "2026-12-14"),
        ({"name": "monthly"}, "2027-01-31", "2027-02-28"),
        ({"name": "yearly"}, "2028-02-29", "2029-02-28"),
    ],
)
def test_the_next_day_of_a_rule(rule, day, following):
    rule = {"step": 1, "until": None, "config": {}} | rule
    assert next_day(date.fromisoformat(day), rule).isoformat() == following


def test_there_are_no_batches(ada):
    assert ada.get("/batch/") == ada.get("/batch/app/31/import/running/") == []
    assert ada.error("GET", "/batch/1")[0] == 404
