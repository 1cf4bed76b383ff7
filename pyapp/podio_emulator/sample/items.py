"""The sample's items, except the measurements.

Items are written as an API caller would write them and go through the same checks (``field_types``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from podio_emulator.ids import (
    ADA_ID,
    CLIENTS_APP_ID,
    GRACE_ID,
    HOSTILE_NAME,
    INVOICES_APP_ID,
    MAKERS_APP_ID,
    ORDERS_APP_ID,
    PRODUCTS_APP_ID,
    PROJECTS_APP_ID,
    VISITS_APP_ID,
)
from podio_emulator.model import Author
from podio_emulator.new_items import new_item
from podio_emulator.sample.places import ASTRID, KENJI, LAYLA_ID, OMAR, SOREN_ID, YOKO_ID
from podio_emulator.store import Store
from podio_emulator.times import utc

Fields = dict[str, Any]


def _user(user_id: int) -> Author:
    return Author(type="user", id=user_id)


_MAKERS: tuple[Fields, ...] = (
    {
        "name": "佐藤硝子工房",
        "craft": [1],
        "master": [KENJI],
        "phone": [{"type": "work", "value": "+81 77 524 1180"}],
        "email": [{"type": "work", "value": "kenji@sato-glass.example"}],
        "address": {
            "value": "滋賀県大津市堅田2-1",
            "city": "大津市",
            "country": "Japan",
            "lat": 35.1096,
            "lng": 135.9203,
        },
        "since": {"start": "2021-06-01"},
        "capacity": 80,
        "note": "炉は8月に休み。The furnace is out every August.",
    },
    {
        "name": "越前和紙 五箇",
        "craft": [2],
        "phone": [{"type": "main", "value": "+81 778 43 0875"}],
        "address": "福井県越前市新在家町",
        "since": {"start": "2022-03-15"},
        "capacity": 35,
    },
    {"name": "Nishijin Metal &amp; Wood", "craft": [3, 4], "capacity": 60, "since": {"start": "2024-10-01"}},
)

_LAMPS: tuple[Fields, ...] = (
    {
        "name": "Månestråle",
        "number": 1204,
        "picture": [8011, 8012],
        "materials": [1, 2],
        "stage": 3,
        "power": "7.5",
        "flux": 720,
        "price": {"value": "3495", "currency": "DKK"},
        "launched": {"start": "2023-08-24"},
        "assembly": 5400,
        "designer": [{"type": "user", "id": GRACE_ID}],
        "film": [{"embed": 9002}],
        "drawings": [8021],
        "story": "<p>A sheet of brass, <b>bent once</b>. The light leaves through a slit of "
        "<i>1.6 mm</i> and lands on the wall as a crescent.</p><ul><li>Dimmable</li><li>Cable 2.5 m</li></ul>",
    },
    {
        "name": "Kumo 雲",
        "number": 1207,
        "picture": [8013],
        "materials": [4, 3],
        "stage": 3,
        "power": 12,
        "flux": 1150,
        "price": {"value": "62000", "currency": "JPY"},
        "launched": {"start": "2024-02-01"},
        "assembly": 7200,
        "designer": [{"type": "user", "id": GRACE_ID}],
        "story": "<p>越前和紙を三枚重ねた雲。Three sheets of Echizen paper, laid by hand.</p>",
    },
    {
        "name": "Fyrtårn",
        "number": 1211,
        "picture": [8014],
        "materials": [5, 2],
        "stage": 3,
        "power": 21,
        "flux": 2300,
        "price": {"value": "8950", "currency": "DKK"},
        "launched": {"start": "2021-11-05"},
        "assembly": 10800,
    },
    {
        "name": "Ærø",
        "number": 1213,
        "materials": [6],
        "stage": 3,
        "power": 9,
        "flux": 880,
        "price": {"value": "189.50", "currency": "EUR"},
    },
    {
        "name": "Lys &amp; Skygge",
        "number": 1215,
        "materials": [3, 5],
        "stage": 2,
        "power": 15,
        "flux": 1480,
        "assembly": 4500,
    },
    {
        "name": "Hilal هلال",
        "number": 1219,
        "picture": [8015],
        "materials": [1],
        "stage": 2,
        "power": 18.5,
        "flux": 1900,
    },
    {"name": "Firefly ✨", "number": 1222, "stage": 1, "story": "<p>Only a sketch on a napkin so far.</p>"},
)

_CLIENTS: tuple[Fields, ...] = (
    {
        "name": "Hotel Fjord &amp; Spa",
        "status": 3,
        "contact": [{"type": "user", "id": ADA_ID}],
        "people": [ASTRID],
        "phone": [{"type": "work", "value": "+45 97 30 55 60"}, {"type": "mobile", "value": "+45 40 12 88 19"}],
        "email": [{"type": "work", "value": "astrid@hotel-fjord.example"}],
        "address": {
            "value": "Strandvejen 14, 7600 Struer, Denmark",
            "street_address": "Strandvejen 14",
            "city": "Struer",
            "postal_code": "7600",
            "country": "Denmark",
            "lat": 56.4911,
            "lng": 8.5837,
        },
        "website": [{"embed": 9001}],
        "yearly-revenue": {"value": "412000", "currency": "DKK"},
        "interests": ["hotel", "dimmable", "brass"],
        "about": "<p>Family hotel in its <b>third generation</b>. They rebuild one floor each winter.</p>"
        '<p>See <a href="https://hotel-fjord.example/">their site</a>.</p>',
    },
    {
        "name": "Bibliotek &amp; Borgerhus Skive",
        "status": 2,
        "contact": [{"type": "user", "id": GRACE_ID}],
        "phone": [{"type": "main", "value": "+45 99 15 52 00"}],
        "address": "Østerbro 1, 7800 Skive",
        "yearly-revenue": {"value": "96000", "currency": "DKK"},
        "interests": ["public", "reading light"],
    },
    {
        "name": "喫茶 月あかり",
        "status": 3,
        "contact": [{"type": "user", "id": GRACE_ID}],
        "email": [{"type": "work", "value": "hello@tsukiakari.example"}],
        "address": "京都市左京区北白川",
        "yearly-revenue": {"value": "1480000", "currency": "JPY"},
        "interests": ["café", "和紙"],
        "about": "<p>十二席の小さな喫茶店。 Twelve seats, one long table ☕</p>",
    },
    {
        "name": "Marina Residence مارينا",
        "status": 3,
        "contact": [{"type": "user", "id": ADA_ID}],
        "website": [{"embed": 9003}],
        "yearly-revenue": {"value": "318500.75", "currency": "AED"},
        "interests": ["lobby", "outdoor"],
    },
    {"name": "Brødrene Østergård A/S", "status": 1, "phone": [{"type": "work", "value": "+45 86 99 01 44"}]},
    {
        "name": HOSTILE_NAME,
        "status": 5,
        "email": [{"type": "other", "value": '"onmouseover=alert(1)"@example.com'}],
        "address": "\"><script>alert('address')</script>",
        "interests": ["<b>bold</b>", "{{7*7}}"],
        "about": f"{HOSTILE_NAME}<script>alert('about')</script><p onclick=\"alert(2)\">Found by the spam filter.</p>"
        '<a href="javascript:alert(3)">Click</a><iframe src="https://evil.example/"></iframe>',
    },
    {"name": "Kulturhuset Århus", "status": 4, "yearly-revenue": {"value": "58250", "currency": "DKK"}},
    {"name": "Ångström Labs", "status": 1, "interests": ["laboratory"]},
    {"name": "Café Zöe &amp; Søn", "status": 2, "contact": [{"type": "user", "id": SOREN_ID}]},
)

_PROJECTS: tuple[Fields, ...] = (
    {
        "title": "Hotel Fjord: lobby &amp; restaurant",
        "client": [31_001],
        "lamps": [33_003, 33_002],
        "phase": 3,
        "period": {"start": "2026-09-01", "end": "2027-01-15"},
        "responsible": [{"type": "user", "id": ADA_ID}, {"type": "user", "id": GRACE_ID}],
        "budget": {"value": "412000", "currency": "DKK"},
        "spent": {"value": "187450.50", "currency": "DKK"},
        "progress": 45,
        "work-done": 93784,
        "plan": "## Order of work\n\n1. *Lobby* first, before the Christmas lunches\n2. Restaurant\n3. Corridors\n\n"
        "**Careful:** the ceiling of the restaurant is listed. See [the offer](https://hotel-fjord.example/).",
        "documents": [8022, 8023],
    },
    {
        "title": "Reading lamps for Skive",
        "client": [31_002],
        "lamps": [33_004],
        "phase": 2,
        "period": {"start": "2026-12-01"},
        "responsible": [{"type": "user", "id": GRACE_ID}],
        "budget": {"value": "96000", "currency": "DKK"},
        "progress": 10,
    },
    {
        "title": "月あかり: one long table",
        "client": [31_003],
        "lamps": [33_002],
        "phase": 5,
        "period": {"start": "2025-10-01", "end": "2026-02-10"},
        "responsible": [{"type": "user", "id": GRACE_ID}],
        "budget": {"value": "9800", "currency": "EUR"},
        "spent": {"value": "10120.40", "currency": "EUR"},
        "progress": 100,
        "work-done": 147600,
    },
    {
        "title": "Marina Residence, towers A–C",
        "client": [31_004],
        "lamps": [33_006, 33_003],
        "phase": 4,
        "period": {"start": "2026-03-01", "end": "2026-12-20"},
        "responsible": [{"type": "user", "id": ADA_ID}],
        "budget": {"value": "84500", "currency": "EUR"},
        "spent": {"value": "61200", "currency": "EUR"},
        "progress": 70,
    },
    {"title": "Østergård showroom 💡", "client": [31_005], "phase": 1},
)

_ORDERS: tuple[Fields, ...] = (
    {
        "reference": "K-2026-118",
        "lamps": [33_002],
        "maker": [36_002],
        "state": 3,
        "pieces": 40,
        "unit-price": {"value": "21500", "currency": "JPY"},
        "due": {"start": "2026-11-27 09:00:00", "end": "2026-11-27 12:00:00"},
        "handled-by": [{"type": "user", "id": YOKO_ID}],
        "papers": [8024],
        "note": "コンテナ番号は船が出てから。\n\n- 40 shades, **flat packed**\n- Insurance by us",
    },
    {
        "reference": "K-2026-121",
        "lamps": [33_001, 33_006],
        "maker": [36_003],
        "state": 2,
        "pieces": 12,
        "unit-price": {"value": "38400", "currency": "JPY"},
        "due": {"start": "2026-12-14"},
    },
    {"reference": "K-2026-124 (見積)", "maker": [36_001], "state": 1, "pieces": 6},
)

_VISITS: tuple[Fields, ...] = (
    {
        "subject": "معاينة البهو · Lobby survey",
        "when": {"start": "2026-11-05 10:00:00", "end": "2026-11-05 12:30:00"},
        "place": {
            "value": "Marina Walk, Dubai, United Arab Emirates",
            "city": "Dubai",
            "country": "United Arab Emirates",
            "lat": 25.0777,
            "lng": 55.1386,
        },
        "present": [{"type": "user", "id": LAYLA_ID}, OMAR],
        "project": [32_004],
        "photos": [8025, 8026],
        "travel": 4500,
        "findings": "<p>ارتفاع السقف <b>6.2 م</b>. The cable trays end 40 cm before the lobby's east wall.</p>",
        "tags": ["lobby", "عاجل"],
    },
    {
        "subject": "Handover tower A",
        "when": {"start": "2026-11-18 08:30:00"},
        "present": [{"type": "user", "id": LAYLA_ID}, {"type": "user", "id": ADA_ID}],
        "project": [32_004],
        "travel": 3600,
        "tags": ["handover"],
    },
)

_INVOICES: tuple[Fields, ...] = (
    {
        "number": "INV-2026-031",
        "project": [32_004],
        "visits": [37_001],
        "state": 3,
        "amount": {"value": "86400", "currency": "AED"},
        "vat": 5,
        "issued": {"start": "2026-08-31"},
        "paid": 100,
        "scan": [8027],
    },
    {
        "number": "INV-2026-038",
        "project": [32_004],
        "visits": [37_001, 37_002],
        "state": 4,
        "amount": {"value": "52750.25", "currency": "AED"},
        "vat": 5,
        "issued": {"start": "2026-10-15"},
        "paid": 40,
        "remark": "Second reminder sent on 12 November.",
    },
    {"number": "INV-2026-044 (مسودة)", "project": [32_001], "state": 1, "amount": {"value": "4100", "currency": "EUR"}},
)

# In an order in which each refers only to what stands before it.
_ITEMS: tuple[tuple[int, int, tuple[Fields, ...]], ...] = (
    (MAKERS_APP_ID, YOKO_ID, _MAKERS),
    (PRODUCTS_APP_ID, GRACE_ID, _LAMPS),
    (CLIENTS_APP_ID, ADA_ID, _CLIENTS),
    (PROJECTS_APP_ID, ADA_ID, _PROJECTS),
    (ORDERS_APP_ID, YOKO_ID, _ORDERS),
    (VISITS_APP_ID, LAYLA_ID, _VISITS),
    (INVOICES_APP_ID, LAYLA_ID, _INVOICES),
)
_ITEM_FILES = {31_001: (8022,), 32_001: (8023,), 33_001: (8021, 8012)}
_ITEM_TAGS = {31_001: ("vip", "vinter"), 31_003: ("京都",), 32_001: ("vip",)}


def add_items(store: Store) -> None:
    """Add the sample's items to a store that holds the users, apps, files and links."""
    for app_id, author, rows in _ITEMS:
        app = store.apps[app_id]
        for number, row in enumerate(rows, 1):
            item_id = app_id * 1000 + number
            new_item(
                store,
                app,
                row,
                author=_user(author),
                now=utc("2026-06-01 07:00:00") + timedelta(days=11 * number, minutes=37 * number + app_id),
                external_id=f"{app.url_label}-{number}",
                tags=_ITEM_TAGS.get(item_id, ()),
                file_ids=_ITEM_FILES.get(item_id, ()),
                item_id=item_id,
            )
