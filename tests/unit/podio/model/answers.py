"""Answers of Podio's, as documented and captured: the objects of the model, before they are decoded."""

from __future__ import annotations

from typing import Any

from tests.unit.podio.fields.shapes import DATE, FILE, ITEM, PERSON

BYLINE = {
    "type": "user",
    "id": 101,
    "user_id": 101,
    "name": "Ada &amp; Co",
    "url": "https://podio.com/users/101",
    "image": {"link": "https://files.podio.com/8001"},
    "last_seen_on": "2026-11-20 15:41:09",
}
VIA = {"id": 1, "auth_client_id": 1, "name": "Podio Workbench", "url": None, "display": False}
REFERENCE = {"type": "item", "id": 31001, "title": "Hotel &lt;Fjord&gt;", "link": "https://podio.com/x", "data": {}}
STATUS = {
    "user": {
        "user_id": 101,
        "mail": "ada@example.com",
        "status": "active",
        "locale": "en_GB",
        "timezone": "Europe/Copenhagen",
        "created_on": "2019-02-04 08:12:40",
    },
    "profile": {"profile_id": 1101, "user_id": 101, "name": "Ada Lysholm", "mail": ["ada@example.com"], "link": "l"},
    "calendar_code": "calendar-secret",
}
SPACE = {
    "space_id": 21,
    "org_id": 11,
    "name": "Sales &amp; Projects ",
    "url": "https://podio.com/lysholm/sales",
    "url_label": "sales",
    "type": "regular",
    "privacy": "closed",
    "role": "admin",
    "rights": ["view", "add_app"],
    "created_on": "2019-02-04 08:12:40",
    "created_by": BYLINE,
}
ORGANIZATION = {"org_id": 11, "name": "Lysholm", "url": "u", "role": "admin", "spaces": [SPACE, {"space_id": None}]}
OPTIONS = [{"id": 1, "text": "To do", "status": "active"}, {"id": 2, "text": "Old", "status": "deleted"}]
FIELDS: list[dict[str, Any]] = [
    {
        "field_id": 11,
        "external_id": "status",
        "type": "category",
        "label": "Status &amp; more",
        "status": "active",
        "config": {"delta": 2, "required": True, "settings": {"multiple": True, "options": OPTIONS}},
    },
    {
        "field_id": 10,
        "external_id": "title",
        "type": "text",
        "config": {
            "label": "Title",
            "description": "d",
            "delta": 0,
            "settings": {"format": "markdown", "size": "large"},
        },
    },
    {"field_id": 12, "external_id": "phone", "type": "tel", "config": {"delta": 1, "visible": False}},
    {"field_id": 13, "external_id": "gone", "type": "text", "status": "deleted"},
]
APP = {
    "app_id": 31,
    "space_id": 21,
    "status": "active",
    "token": "app-secret",
    "link": "https://podio.com/lysholm/sales/apps/clients",
    "rights": ["view"],
    "config": {"name": "Clients &amp; Leads", "item_name": "Client", "icon": "55.png", "allow_comments": False},
    "fields": FIELDS,
}
VIEW = {
    "view_id": 5,
    "name": "Open &amp; late",
    "type": "saved",
    "items": 12,
    "layout": "table",
    "sort_by": 11,
    "sort_desc": True,
    "filters": [{"key": "created_on", "values": {"from": "-7d"}}, None],
    "fields": {"11": {"hidden": True}},
    "grouping": {"type": "field"},
    "created_by": BYLINE,
    "created_on": "2026-06-12 08:08:00",
}
REVISION = {
    "item_revision_id": 310011,
    "revision": 3,
    "type": "update",
    "created_on": "2026-06-13 08:08:00",
    "created_by": BYLINE | {"name": "Grace"},
    "created_via": VIA,
}
ATTACHED = FILE | {
    "name": "A &amp; B.pdf",
    "created_by": BYLINE,
    "created_on": "2026-09-14 09:20:00",
    "context": REFERENCE,
}
COMMENT = {
    "comment_id": 7001,
    "value": "1 < 2 &amp; @[Ada](user:101)",
    "rich_value": "1 &lt; 2",
    "ref": REFERENCE,
    "files": [ATTACHED],
    "rights": ["view"],
    "created_by": BYLINE,
    "created_on": "2026-09-02 08:14:20",
    "created_via": VIA,
}
WHOLE_ITEM: dict[str, Any] = {
    "item_id": 31001,
    "app_item_id": 1,
    "external_id": "clients-1",
    "title": "Hotel Fjord &amp; Spa",
    "link": "https://podio.com/lysholm/sales/apps/clients/items/1",
    "revision": 2,
    "rights": ["view", "update"],
    "tags": ["vip", " a &amp; b ", ""],
    "app": {"app_id": 31},
    "space": {"space_id": 21},
    "fields": [
        FIELDS[1] | {"values": [{"value": "Hotel Fjord &amp; Spa"}]},
        FIELDS[0] | {"values": [{"value": OPTIONS[0]}]},
        {"field_id": 14, "external_id": "due", "type": "date", "values": [DATE]},
        {"field_id": 15, "external_id": "contact", "type": "contact", "values": [{"value": PERSON}]},
        {"field_id": 16, "external_id": "lamps", "type": "app", "values": [{"value": ITEM}, {"value": None}]},
        {"field_id": 17, "external_id": "sum", "type": "calculation", "values": [{"value": "5.0000"}]},
    ],
    "files": [ATTACHED],
    "comments": [COMMENT],
    "created_by": BYLINE,
    "created_on": "2026-06-12 08:08:00",
    "created_via": VIA,
    "initial_revision": REVISION | {"revision": 0},
    "current_revision": REVISION,
    "revisions": [REVISION],
}
TASK = {
    "task_id": 9,
    "text": "Call",
    "status": "active",
    "private": True,
    "due_date": "2026-12-24",
    "due_time": "18:30:00",
    "due_on": "2026-12-24 17:30:00",
    "responsible": PERSON,
    "space_id": 21,
    "ref": REFERENCE,
    "labels": [{"label_id": 1, "text": "Hot", "color": "E9E9E9"}],
    "created_by": BYLINE,
    "created_on": "2026-06-12 08:08:00",
    "completed_on": None,
}
