"""What the page reads: each key knows its call, and what is no answer to it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.workbench.driver import APP, APPS, ORGS, ROWS, STATUS, item_answer

from podio.model import Item, ItemsPage
from workbench.core.reads import Loadable, Read, Request
from workbench.reads import AppOf, AppsOf, CommentsOf, ItemOf, ItemsOf, Me, Organizations
from workbench.routes import ListQuery

COMMENTS = [{"comment_id": 1, "value": "Hello"}]
FILTER = {"sort_by": "title", "sort_desc": False, "limit": 30, "offset": 30, "remember": False}
SECOND = ItemsOf(app_id=7, query=ListQuery(page=2, sort="title", descending=False))


@pytest.mark.parametrize(
    ("key", "request_", "answer"),
    [
        (Me(), Request(method="GET", path="/user/status"), STATUS),
        (Organizations(), Request(method="GET", path="/org/"), ORGS),
        (AppsOf(space_id=6), Request(method="GET", path="/app/space/6/"), APPS),
        (AppOf(app_id=7), Request(method="GET", path="/app/7"), APP),
        (SECOND, Request(method="POST", path="/item/app/7/filter/", body=FILTER), ROWS),
        (ItemOf(item_id=9), Request(method="GET", path="/item/9"), item_answer()),
        (CommentsOf(item_id=9), Request(method="GET", path="/comment/item/9/", params={"limit": 500}), COMMENTS),
    ],
    ids=lambda entry: type(entry).__name__ if isinstance(entry, Read) else "",
)
def test_a_key_knows_its_call_and_refuses_what_is_no_answer_to_it(
    key: Read[Any], request_: Request, answer: Any
) -> None:
    assert key.request() == request_
    assert key.decode(answer)
    for other in (None, "text", 5, [] if isinstance(answer, dict) else {}):
        assert key.decode(other) is None


def test_a_page_of_items_says_how_many_come_before_it() -> None:
    page = SECOND.decode(ROWS)
    assert page is not None
    assert (page.offset, page.items[0].app_id) == (30, 7)


def test_apps_that_are_not_in_use_are_left_out() -> None:
    deleted = {**APPS[0], "app_id": 8, "status": "deleted"}
    apps = AppsOf(space_id=6).decode([*APPS, deleted])
    assert apps is not None
    assert [app.app_id for app in apps] == [7]


def test_until_a_page_of_items_is_read_the_one_shown_last_stands_in_for_it() -> None:
    old, new = ItemsPage(offset=0), ItemsPage(offset=60)
    reads: dict[Read[Any], Loadable[Any]] = {
        ItemsOf(app_id=7): Loadable(value=old),
        ItemsOf(app_id=7, query=ListQuery(page=3)): Loadable(value=new),
        ItemsOf(app_id=8): Loadable(value=old),
        AppOf(app_id=7): Loadable(),
    }
    assert SECOND.stand_in(reads) is new
    assert ItemsOf(app_id=9).stand_in(reads) is None
    assert AppOf(app_id=9).stand_in(reads) is None


def test_until_an_item_is_read_its_row_of_the_list_shown_last_stands_in_for_it() -> None:
    old, new = (Item(item_id=9, title=title) for title in ("old", "new"))
    reads: dict[Read[Any], Loadable[Any]] = {
        ItemsOf(app_id=7): Loadable(value=ItemsPage(items=(old,))),
        ItemsOf(app_id=7, query=ListQuery(page=2)): Loadable(value=ItemsPage(items=(Item(item_id=8), new))),
        ItemsOf(app_id=7, query=ListQuery(page=3)): Loadable(),
    }
    assert ItemOf(item_id=9).stand_in(reads) is new
    assert ItemOf(item_id=10).stand_in(reads) is None
