"""The conditions of ``--where``: what Podio gets for them, and that none is sent which Podio would ignore."""

from __future__ import annotations

from typing import Any

import pytest

from podio._cli.console import CommandError
from podio._cli.filters import filters_of
from podio.model import App


def field(field_id: int, external_id: str, kind: str, label: str = "", **settings: Any) -> dict[str, Any]:
    config = {"label": label or external_id.title(), "settings": settings}
    return {"field_id": field_id, "external_id": external_id, "type": kind, "label": config["label"], "config": config}


OPTIONS = [
    {"id": 1, "text": "Open", "status": "active"},
    {"id": 2, "text": "Lost &amp; gone", "status": "active"},
    {"id": 3, "text": "Open", "status": "deleted"},
]
APP = App.from_json(
    {
        "app_id": 1,
        "config": {"name": "Deals"},
        "fields": [
            field(1, "title", "text"),
            field(2, "status", "category", options=OPTIONS),
            field(3, "due-on", "date", "Due on"),
            field(4, "value", "money", "Amount"),
            field(5, "cost", "money", "Amount"),
            field(6, "client", "app"),
            field(7, "who", "contact"),
            field(8, "labels", "tag"),
            field(9, "place", "location"),
            field(10, "tags", "number"),
            field(11, "a=b", "number"),
            field(12, "spent", "duration"),
        ],
    }
)
assert APP is not None


@pytest.mark.parametrize(
    ("conditions", "filters"),
    [
        ([], {}),
        (["status=Open"], {"status": [1]}),
        (["status = Lost & gone"], {"status": [2]}),
        (["status=Lost &amp; gone", "Status=Open"], {"status": [2, 1]}),
        (["status="], {"status": [None]}),
        (["due-on>=2026-01-01"], {"due-on": {"from": "2026-01-01"}}),
        (["Due on>=-1mr", "due-on<=+2w"], {"due-on": {"from": "-1mr", "to": "+2w"}}),
        (["due-on=2026-01-01"], {"due-on": {"from": "2026-01-01", "to": "2026-01-01"}}),
        (["value>=1.50", "value<=20"], {"value": {"from": 1.5, "to": 20}}),
        (["value=-3"], {"value": {"from": -3, "to": -3}}),
        (["spent>=3600"], {"spent": {"from": 3600}}),
        (["client=42", "client=43"], {"client": [42, 43]}),
        (["who=1101"], {"who": [1101]}),
        (["labels=a=b>=c"], {"labels": ["a=b>=c"]}),
        (["created_by=101"], {"created_by": [{"type": "user", "id": 101}]}),
        (["external_id=x"], {"external_id": ["x"]}),
        (["item_id>=10"], {"item_id": {"from": 10}}),
        (["tags=3"], {"tags": {"from": 3, "to": 3}}),  # the app's own field goes before the property of that name
    ],
)
def test_a_condition_is_what_podio_filters_by(conditions: list[str], filters: dict[str, Any]) -> None:
    assert filters_of(conditions, APP) == filters


@pytest.mark.parametrize(
    ("conditions", "problem"),
    [
        (["title=Lamps"], "type text, which Podio can't filter by"),
        (["place=Aarhus"], "type location"),
        (["nothing=1"], "no field of Deals; it has title, status"),
        (["Amount=1"], "the label of value and cost"),
        (["status=Lost"], "no option 'Lost'; it has Open, Lost & gone"),
        (["status>=Open"], "takes = alone"),
        (["status!=Open"], "no field"),
        (["due-on>=tomorrow"], "must be a day"),
        (["due-on>="], "must be a day"),
        (["due-on>=2026-13-01"], "must be a day"),
        (["value>=many"], "must be a number"),
        (["value>=1e400"], "must be a number"),
        (["value>=nan"], "must be a number"),
        (["value>=١"], "must be a number"),
        (["value>=1", "value>=2"], "two conditions"),
        (["value=1", "value<=2"], "two conditions"),
        (["client=Ada"], "must be an id"),
        (["client=²"], "must be an id"),
        (["status"], "write FIELD=VALUE"),
        (["=x"], "write FIELD=VALUE"),
        ([""], "write FIELD=VALUE"),
        (["status<Open"], "write FIELD=VALUE"),
    ],
)
def test_a_condition_that_is_of_no_use_is_refused(conditions: list[str], problem: str) -> None:
    with pytest.raises(CommandError, match=problem):
        filters_of(conditions, APP)
