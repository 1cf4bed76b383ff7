"""The documented examples of field values: what Podio answers, and what it takes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from podio.fields import (
    Contact,
    DateValue,
    Email,
    Embed,
    FileReference,
    ItemReference,
    Location,
    Money,
    Option,
    Phone,
    RawValue,
    Text,
)

DATE = {
    "start": "2014-12-11 23:00:00",
    "start_date": "2014-12-11",
    "start_time": "23:00:00",
    "start_utc": "2014-12-11 22:00:00",
    "start_date_utc": "2014-12-11",
    "start_time_utc": "22:00:00",
}
SPAN = DATE | {
    "end": "2014-12-12 01:30:00",
    "end_date": "2014-12-12",
    "end_time": "01:30:00",
    "end_utc": "2014-12-12 00:30:00",
    "end_date_utc": "2014-12-12",
    "end_time_utc": "00:30:00",
}
# As captured: a midnight in `start`, a date alone in `start_utc`, no keys for an end.
DAY = {
    "start": "2018-10-15 00:00:00",
    "start_date": "2018-10-15",
    "start_time": None,
    "start_utc": "2018-10-15",
    "start_date_utc": "2018-10-15",
    "start_time_utc": None,
}
STARTED = datetime(2014, 12, 11, 23, 0)
STARTED_UTC = datetime(2014, 12, 11, 22, 0, tzinfo=UTC)
PERSON = {
    "profile_id": 140798621,
    "user_id": 1010,
    "type": "user",
    "name": "Foo &amp; Bar",
    "mail": ["foo@example.com"],
    "phone": ["+45 1"],
    "link": "https://podio.com/users/1010",
    "avatar": 1,
    "image": {},
    "rights": ["view"],
    "space_id": None,
    "org_id": None,
    "external_id": None,
    "last_seen_on": "2013-05-16 12:21:13",
}
ITEM = {
    "item_id": 123,
    "app_item_id": 4,
    "title": "Leads",
    "link": "https://podio.com/x/y/apps/leads/items/4",
    "revision": 2,
    "app": {"app_id": 8954362, "name": "Leads"},
    "space": {"space_id": 2},
    "files": [],
    "created_on": "2014-01-01 10:00:00",
}
FILE = {
    "file_id": 195174666,
    "name": "a.png",
    "mimetype": "image/png",
    "size": 10,
    "link": "https://files.podio.com/195174666",
    "thumbnail_link": "https://files.podio.com/195174666",
    "perma_link": None,
    "description": None,
    "hosted_by": "podio",
    "hosted_by_humanized_name": "Podio",
    "link_target": "_blank",
    "external_file_id": None,
}
EMBED = {
    "embed_id": 7,
    "url": "https://example.com/",
    "original_url": "example.com",
    "resolved_url": "https://example.com/",
    "title": "Example",
    "description": "",
    "type": "link",
    "hostname": "example.com",
    "embed_html": None,
    "embed_width": None,
    "embed_height": None,
}
PLACE = {
    "value": "5 Avenue Anatole France, Paris",
    "formatted": "5 Av. Anatole France, 75007 Paris, France",
    "street_address": "5 Av. Anatole France",
    "city": "Paris",
    "postal_code": "75007",
    "state": "Île-de-France",
    "country": "France",
    "lat": 48.85,
    "lng": 2.29,
    "map_in_sync": True,
}

# (type, `values` as read, the Python values, what is written to keep them)
EXAMPLES: list[tuple[str, list[Any], tuple[Any, ...], Any]] = [
    ("text", [{"value": "Title"}], (Text(value="Title"),), "Title"),
    (
        "text",
        [{"value": "*x*", "format": "markdown"}],
        (Text(value="*x*", format="markdown"),),
        {"value": "*x*", "format": "markdown"},
    ),
    ("number", [{"value": "6513.5100"}], (Decimal("6513.5100"),), "6513.5100"),
    (
        "category",
        [{"value": {"id": 2, "text": "B", "status": "active", "color": "DCEBD8"}}],
        (Option(id=2, text="B", status="active", color="DCEBD8"),),
        [2],
    ),
    (
        "category",
        [{"value": {"id": 1, "text": "A"}}, {"value": {"id": 2}}],
        (Option(id=1, text="A"), Option(id=2)),
        [1, 2],
    ),
    ("question", [{"value": {"id": 1, "text": "Yes"}}], (Option(id=1, text="Yes"),), [1]),
    (
        "date",
        [DATE],
        (DateValue(start=STARTED, start_utc=STARTED_UTC),),
        {"start_date": "2014-12-11", "start_time": "23:00:00"},
    ),
    (
        "date",
        [SPAN],
        (
            DateValue(
                start=STARTED,
                end=datetime(2014, 12, 12, 1, 30),
                start_utc=STARTED_UTC,
                end_utc=datetime(2014, 12, 12, 0, 30, tzinfo=UTC),
            ),
        ),
        {"start_date": "2014-12-11", "start_time": "23:00:00", "end_date": "2014-12-12", "end_time": "01:30:00"},
    ),
    ("date", [DAY], (DateValue(start=date(2018, 10, 15)),), {"start_date": "2018-10-15"}),
    (
        "contact",
        [{"value": PERSON}],
        (
            Contact(
                profile_id=140798621,
                user_id=1010,
                type="user",
                name="Foo &amp; Bar",
                mail=("foo@example.com",),
                phone=("+45 1",),
                link="https://podio.com/users/1010",
            ),
        ),
        [140798621],
    ),
    (
        "app",
        [{"value": ITEM}],
        (
            ItemReference(
                item_id=123,
                app_item_id=4,
                app_id=8954362,
                title="Leads",
                link="https://podio.com/x/y/apps/leads/items/4",
                revision=2,
            ),
        ),
        [123],
    ),
    (
        "money",
        [{"value": "541.9870", "currency": "EUR"}],
        (Money(amount=Decimal("541.9870"), currency="EUR"),),
        {"value": "541.9870", "currency": "EUR"},
    ),
    ("progress", [{"value": 42}], (42,), 42),
    (
        "location",
        [PLACE],
        (Location(**PLACE),),
        {name: part for name, part in PLACE.items() if name != "map_in_sync"},
    ),
    ("location", [{"value": "x", "formatted": "x"}], (Location(value="x", formatted="x"),), {"value": "x"}),
    ("duration", [{"value": 93784}], (timedelta(days=1, hours=2, minutes=3, seconds=4),), 93784),
    (
        "embed",
        [{"embed": EMBED, "file": FILE}],
        (
            Embed(
                embed_id=7,
                url="https://example.com/",
                original_url="example.com",
                resolved_url="https://example.com/",
                title="Example",
                type="link",
                hostname="example.com",
                file=FileReference(
                    file_id=195174666,
                    name="a.png",
                    mimetype="image/png",
                    size=10,
                    link="https://files.podio.com/195174666",
                    thumbnail_link="https://files.podio.com/195174666",
                ),
            ),
        ),
        [{"embed": 7, "file": 195174666}],
    ),
    ("embed", [{"embed": {"embed_id": 7}, "file": None}], (Embed(embed_id=7),), [{"embed": 7}]),
    *(
        (
            kind,
            [{"value": FILE}],
            (
                FileReference(
                    file_id=195174666,
                    name="a.png",
                    mimetype="image/png",
                    size=10,
                    link="https://files.podio.com/195174666",
                    thumbnail_link="https://files.podio.com/195174666",
                ),
            ),
            [195174666],
        )
        for kind in ("image", "file", "video")
    ),
    *(
        (
            kind,
            [{"type": "work", "value": "+1919.."}],
            (Phone(type="work", value="+1919.."),),
            [{"type": "work", "value": "+1919.."}],
        )
        for kind in ("phone", "tel")
    ),
    (
        "email",
        [{"type": "work", "value": "a@b.c"}],
        (Email(type="work", value="a@b.c"),),
        [{"type": "work", "value": "a@b.c"}],
    ),
    ("tag", [{"value": "tag"}], ("tag",), ["tag"]),
    *(
        (kind, [{"value": "Open"}], (RawValue(raw={"value": "Open"}),), [{"value": "Open"}])
        for kind in ("state", "title", "member", "hologram")
    ),
]
