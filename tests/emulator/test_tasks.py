"""Tasks, and what users are notified of: notifications, likes, subscriptions."""

from __future__ import annotations

import pytest

from tests.emulator.test_push import Listener


def create(visitor, path="/task/", **body):
    answer = visitor.call("POST", path, {"text": "Call the hotel"} | body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def texts(tasks):
    return [task["text"] for task in tasks]


def test_a_task_is_created_about_an_item_for_a_colleague(ada, grace):
    task = create(
        ada,
        "/task/item/31001/",
        description="About the lamps",
        responsible=102,
        due_on="2026-12-01 09:30:00",
        labels=["Urgent"],
        external_id="t-1",
    )
    assert (task["status"], task["space_id"], task["private"]) == ("active", 21, False)
    assert (task["due_date"], task["due_time"], task["due_on"]) == ("2026-12-01", "09:30:00", "2026-12-01 09:30:00")
    assert (task["responsible"]["user_id"], task["created_by"]["user_id"]) == (102, 101)
    assert (task["ref"]["type"], task["ref"]["id"], task["ref"]["title"]) == ("item", 31001, "Hotel Fjord &amp; Spa")
    assert texts(task["labels"]) == ["Urgent"]
    assert task["push"]["channel"] == f"/task/{task['task_id']}"
    assert grace.get(f"/task/{task['task_id']}")["description"] == "About the lamps"
    item = ada.get("/item/31001")
    assert (texts(item["tasks"]), item["task_count"]) == (["Call the hotel"], 1)
    assert ada.get("/task/item/31001/count") == {"count": 1}


def test_several_people_get_a_task_each(ada):
    tasks = create(ada, responsible=[101, {"type": "mail", "id": "grace@example.com"}])
    assert [task["responsible"]["user_id"] for task in tasks] == [101, 102]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": ""}, (400, "invalid_value")),
        ({"text": 5}, (400, "invalid_value")),
        ({"due_date": "soon"}, (400, "invalid_value")),
        ({"due_date": "2026-02-30"}, (400, "invalid_value")),
        ({"due_date": "2026-12-01", "due_time": "9 o'clock"}, (400, "invalid_value")),
        ({"private": "yes"}, (400, "invalid_value")),
        ({"responsible": 999}, (400, "invalid_value")),
        ({"responsible": "ada"}, (400, "invalid_value")),
        ({"label_ids": [1]}, (400, "invalid_value")),
        ({"ref_type": "moon", "ref_id": 1}, (400, "invalid_value")),
        ({"ref_type": "item", "ref_id": 5}, (404, "not_found")),
        ({"ref_type": "item", "ref_id": 31001, "responsible": 104}, (403, "forbidden")),
    ],
)
def test_a_wrong_task_is_refused(ada, body, error):
    assert ada.error("POST", "/task/", {"text": "x"} | body) == error
    assert ada.get("/task/?responsible=101") == []


def test_a_list_needs_a_filter(ada):
    assert ada.error("GET", "/task/") == (400, "invalid_value")
    assert ada.error("GET", "/task/?completed=1") == (400, "invalid_value")


def test_tasks_are_found_by_each_filter(ada):
    create(ada, "/task/item/31001/", text="one", responsible=102)
    create(ada, "/task/app/35/", text="two", responsible=101)
    completed_task = create(ada, text="three", responsible=101)
    ada.call("POST", f"/task/{completed_task['task_id']}/complete")
    for query, expected_texts in {
        "org=11": ["one"],
        "space=23": ["two"],
        "app=31": ["one"],
        "app=31;35": ["one", "two"],
        "responsible=101": ["two", "three"],
        "responsible=101;102": ["one", "two", "three"],
        "reference=item:31001": ["one"],
        "created_by=user:101": ["one", "two", "three"],
        "completed_by=101": ["three"],
        "responsible=101&completed=0": ["two"],
        "responsible=101&completed=true": ["three"],
        "created_by=101&sort_by=created_on&sort_desc=1": ["three", "two", "one"],
        "created_by=101&limit=1&offset=1": ["two"],
        "created_by=102": [],
    }.items():
        assert texts(ada.get(f"/task/?{query}")) == expected_texts, query
    for query in ("responsible=x", "org=11&grouping=moon", "org=11&sort_by=moon", "org=11&limit=x", "reference=item"):
        assert ada.error("GET", f"/task/?{query}") == (400, "invalid_value"), query


def test_others_see_neither_private_tasks_nor_those_of_other_organizations(ada, grace):
    private = create(ada, "/task/item/31001/", private=True)
    elsewhere = create(ada, "/task/item/35001/")
    alone = create(ada)
    for task in (private, elsewhere, alone):
        path = f"/task/{task['task_id']}"
        assert grace.error("GET", path) == (403, "forbidden")
        assert grace.error("PUT", path, {"text": "x"}) == (403, "forbidden")
        assert grace.error("DELETE", path) == (403, "forbidden")
        assert grace.error("POST", f"{path}/complete") == (403, "forbidden")
    assert grace.get("/task/?created_by=101") == []
    assert grace.get("/item/31001")["tasks"] == []
    assert grace.error("POST", "/task/item/35001/", {"text": "x"}) == (403, "forbidden")


def test_an_update_changes_what_is_given_and_nothing_else(ada):
    task = create(ada, description="d", due_date="2026-12-01", labels=["a"])
    changed = ada.call("PUT", f"/task/{task['task_id']}", {"text": "New", "responsible": 102}).json()
    assert (changed["text"], changed["responsible"]["user_id"]) == ("New", 102)
    for name in ("description", "due_date", "labels", "private", "created_on"):
        assert changed[name] == task[name]


def test_single_properties_have_operations_of_their_own(ada):
    path = f"/task/{create(ada)['task_id']}"
    for name, body in {
        "description": {"description": "d"},
        "text": {"text": "t"},
        "private": {"private": True},
        "due_on": {"due_on": "2026-12-02 10:00:00"},
        "label": {"labels": ["x"]},
        "ref": {"ref_type": "item", "ref_id": 31002},
    }.items():
        assert ada.call("PUT", f"{path}/{name}", body).status_code == 204, name
        assert ada.error("PUT", f"{path}/{name}", {}) == (400, "invalid_value"), name
    task = ada.get(path)
    assert (task["description"], task["text"], task["private"], task["due_time"]) == ("d", "t", True, "10:00:00")
    assert (texts(task["labels"]), task["ref"]["id"]) == (["x"], 31002)
    assert ada.call("DELETE", f"{path}/ref").status_code == 204
    assert ada.get(path)["ref"] is None
    assert ada.call("POST", f"{path}/assign", {"responsible": 102}).status_code == 204
    assert ada.get(path)["responsible"]["user_id"] == 102


def test_a_task_is_completed_and_taken_up_again(ada):
    path = f"/task/{create(ada)['task_id']}"
    assert ada.call("POST", f"{path}/complete").json() == {"recurring_task_id": None}
    completed_task = ada.get(path)
    assert (completed_task["status"], completed_task["completed_by"]["user_id"]) == ("completed", 101)
    assert ada.call("POST", f"{path}/incomplete").status_code == 204
    assert (ada.get(path)["status"], ada.get(path)["completed_on"]) == ("active", None)


def test_a_deleted_task_is_gone_as_are_those_of_a_deleted_item(ada):
    alone, about = create(ada), create(ada, "/task/item/31001/")
    assert ada.call("DELETE", f"/task/{alone['task_id']}").status_code == 204
    ada.call("DELETE", "/item/31001")
    for task in (alone, about):
        assert ada.error("GET", f"/task/{task['task_id']}") == (410, "gone")


def test_a_summary_separates_overdue_from_today_and_the_rest(ada):
    # The test clock shows 18 November 2026.
    for text, day in (("late", "2026-11-01"), ("now", "2026-11-18"), ("later", "2026-12-01"), ("some day", None)):
        create(ada, text=text, due_date=day, responsible=101)
    summary = ada.get("/task/summary")
    assert {kind: (texts(group["tasks"]), group["total"]) for kind, group in summary.items()} == {
        "overdue": (["late"], 1),
        "today": (["now"], 1),
        "other": (["later", "some day"], 2),
    }
    assert ada.get("/task/summary?limit=1")["other"]["total"] == 2
    assert ada.get("/task/space/21/summary")["other"]["total"] == 0
    assert ada.get("/task/total/")["own"] == {"overdue": 1, "due": 1, "total": 4}


def test_tasks_are_ranked(ada):
    first, second, third = (create(ada, text=text, responsible=101) for text in ("one", "two", "three"))
    ada.call("POST", f"/task/{third['task_id']}/rank", {"previous_task_id": first["task_id"]})
    assert texts(ada.get("/task/?responsible=101")) == ["one", "three", "two"]
    ada.call("POST", f"/task/{second['task_id']}/rank", {"next_task_id": first["task_id"]})
    assert texts(ada.get("/task/?responsible=101")) == ["two", "one", "three"]


def test_labels_are_ones_own(ada, grace):
    label_id = ada.call("POST", "/task/label/", {"text": "Soon", "color": "d1f3ec"}).json()["label_id"]
    assert ada.get("/task/label/") == [{"label_id": label_id, "text": "Soon", "color": "D1F3EC"}]
    assert grace.get("/task/label") == []
    assert grace.error("DELETE", f"/task/label/{label_id}") == (403, "forbidden")
    assert ada.error("POST", "/task/label/", {"text": "Soon", "color": "red"}) == (400, "invalid_value")
    assert ada.call("PUT", f"/task/label/{label_id}", {"text": "Later"}).status_code == 204
    assert ada.call("DELETE", f"/task/label/{label_id}").status_code == 204
    assert ada.error("DELETE", f"/task/label/{label_id}") == (404, "not_found")


def test_tasks_have_comments_and_push(ada, grace):
    task = create(ada, "/task/item/31001/", responsible=102)
    listener = Listener(grace.client)
    listener.subscribe(grace.get(f"/task/{task['task_id']}")["push"])
    comment = ada.call("POST", f"/comment/task/{task['task_id']}/", {"value": "Done?"}).json()
    assert comment["ref"] == {"type": "task", "id": task["task_id"]}
    ada.call("POST", f"/task/{task['task_id']}/complete")
    ada.call("DELETE", f"/task/{task['task_id']}")
    assert [event["event"] for event in listener.events()] == ["comment_create", "update", "delete"]
    assert ada.error("GET", f"/comment/{comment['comment_id']}") == (410, "gone")
    assert ada.error("POST", "/comment/moon/1/", {"value": "x"}) == (400, "invalid_value")


# What users are notified of


def test_who_is_assigned_or_mentioned_is_notified_and_hears_it_by_push(ada, grace):
    listener = Listener(grace.client)
    listener.subscribe(grace.get("/user/status")["push"])
    task = create(ada, "/task/item/31001/", responsible=102)
    ada.call("POST", "/comment/item/31001/", {"value": "See @[Grace](user:102) and @[Yoko](user:104)"})
    assert [event["event"] for event in listener.events()] == ["notification_create"] * 2
    inbox = grace.get("/notification/")
    assert [(group["context"]["ref"]["type"], group["notifications"][0]["type"]) for group in inbox] == [
        ("item", "comment"),
        ("task", "task_assign"),
    ]
    assert inbox[1]["context"]["ref"]["id"] == task["task_id"]
    assert grace.get("/notification/inbox/new/count") == {"new": 2}
    assert grace.get("/user/status")["inbox_new"] == 2
    assert ada.get("/notification/") == []


def test_notifications_are_viewed_and_starred(ada, grace):
    create(ada, responsible=102)
    create(ada, responsible=102)
    first = grace.get("/notification/")[0]["notifications"][0]["notification_id"]
    path = f"/notification/{first}"
    assert grace.call("POST", f"{path}/viewed").status_code == 204
    assert grace.call("POST", f"{path}/star").status_code == 204
    assert grace.get(path)["notifications"][0]["starred"] is True
    assert len(grace.get("/notification/?viewed=0")) == len(grace.get("/notification/?starred=1")) == 1
    assert grace.call("DELETE", f"{path}/star").status_code == 204
    assert grace.call("DELETE", f"{path}/viewed").status_code == 204
    assert grace.call("POST", "/notification/viewed").status_code == 204
    assert grace.get("/notification/inbox/new/count") == {"new": 0}
    assert ada.error("GET", path) == (404, "not_found")


def test_likes_are_counted_once_a_user(ada, grace):
    for visitor in (ada, grace, grace):
        assert visitor.call("POST", "/rating/item/31001/like", {"value": 1}).status_code == 200
    assert ada.get("/rating/item/31001/like_count") == {"like_count": 2}
    item = ada.get("/item/31001")
    assert (item["is_liked"], item["like_count"], item["ratings"]["like"]["counts"]["1"]["total"]) == (True, 2, 2)
    assert [visitor["user_id"] for visitor in ada.get("/rating/item/31001/liked_by/")] == [101, 102]
    assert ada.call("DELETE", "/rating/item/31001/like").status_code == 204
    assert ada.error("GET", "/rating/item/31001/like/self") == (404, "not_found")
    assert grace.get("/rating/item/31001/like/self") == {"value": 1}
    assert ada.error("POST", "/rating/item/31001/like", {"value": 5}) == (400, "invalid_value")
    assert grace.error("POST", "/rating/item/35001/like", {"value": 1}) == (403, "forbidden")


def test_one_subscribes_and_unsubscribes(ada, grace):
    subscription = ada.call("POST", "/subscription/item/31001").json()
    assert ada.call("POST", "/subscription/item/31001").json() == subscription
    path = f"/subscription/{subscription['subscription_id']}"
    assert ada.get(path)["ref"] == ada.get("/subscription/item/31001")["ref"] == {"type": "item", "id": 31001}
    assert grace.error("DELETE", path) == (403, "forbidden")
    assert ada.call("DELETE", "/subscription/item/31001").status_code == 204
    assert ada.error("GET", "/subscription/item/31001") == (404, "not_found")


def test_totals_count_the_callers_tasks_and_those_given_to_others(ada):
    before = ada.get("/task/total/")
    create(ada, responsible=101)
    create(ada, responsible=102, due_date="2020-01-01")
    task = create(ada, responsible=102)
    ada.call("POST", f"/task/{task['task_id']}/complete")
    after = ada.get("/task/total/")
    changes = {kind: {key: after[kind][key] - before[kind][key] for key in after[kind]} for kind in after}
    assert changes == {
        "own": {"overdue": 0, "due": 0, "total": 1},
        "delegated": {"overdue": 1, "due": 0, "total": 1},
    }
