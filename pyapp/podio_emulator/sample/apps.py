"""The sample's apps and their fields.

An app is a table: external id, type, label, settings of each field, in their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from podio_emulator.ids import (
    ADA_ID,
    CLIENTS_APP_ID,
    CLIENTS_APP_TOKEN,
    DUBAI_SPACE_ID,
    GRACE_ID,
    IMPORT_SPACE_ID,
    INVOICES_APP_ID,
    MAKERS_APP_ID,
    MEASUREMENTS_APP_ID,
    ORDERS_APP_ID,
    PRODUCTS_APP_ID,
    PROJECTS_APP_ID,
    RESEARCH_SPACE_ID,
    SALES_SPACE_ID,
    VISITS_APP_ID,
)
from podio_emulator.model import App, AppField
from podio_emulator.sample.places import LAYLA_ID, YOKO_ID
from podio_emulator.times import utc

Settings = Mapping[str, Any] | None
Row = tuple[str, str, str, Settings]

COLORS = ("DCEBD8", "F7F0C5", "FFD5C2", "D2E4EB", "E1D8ED", "E9E9E9", "FFD5D5")


def _options(*texts: str, multiple: bool = False, display: str = "inline") -> Settings:
    options = [
        {"id": number, "text": text, "status": "active", "color": COLORS[(number - 1) % len(COLORS)]}
        for number, text in enumerate(texts, 1)
    ]
    return {"multiple": multiple, "display": display, "options": options}


def _text(form: str = "plain", size: str = "small") -> Settings:
    return {"format": form, "size": size}


def _apps(*app_ids: int, multiple: bool = False) -> Settings:
    return {"multiple": multiple, "referenceable_types": list(app_ids)}


def _date(*, time: str = "disabled", end: str = "disabled") -> Settings:
    return {"calendar": True, "end": end, "time": time, "color": "DCEBD8"}


def _money(*currencies: str) -> Settings:
    return {"allowed_currencies": list(currencies)}


def _calculation(script: str, unit: str | None = None) -> Settings:
    return {
        "return_type": "number",
        "decimals": 2,
        "script": script,
        "expression": None,
        "unit": unit,
        "color": None,
        "time": None,
        "calendar": None,
    }


_PEOPLE: Settings = {"type": "space_users", "valid_types": ["user"]}
_PEOPLE_AND_CONTACTS: Settings = {"type": "space_users_and_contacts", "valid_types": ["user", "space"]}
_PHONE: Settings = {"call_link_scheme": "callto", "possible_types": ["mobile", "work", "home", "main", "other"]}
_EMAIL: Settings = {"include_in_bcc": False, "include_in_cc": False, "possible_types": ["work", "home", "other"]}
_MAP: Settings = {"structured": False, "has_map": True}
_IMAGES: Settings = {"allowed_mimetypes": ["image/png", "image/jpeg", "image/gif"]}
_FILES: Settings = {"allowed_mimetypes": None}
_HOURS: Settings = {"fields": ["days", "hours", "minutes"]}


def _app(
    app_id: int,
    space_id: int,
    name: str,
    item_name: str,
    url_label: str,
    icon_id: int,
    created_by: int,
    description: str,
    rows: tuple[Row, ...],
    token: str | None = None,
) -> App:
    fields = tuple(
        AppField(
            field_id=app_id * 100 + place,
            external_id=external_id,
            type=kind,
            label=label,
            settings=settings,
            required=place == 1,
        )
        for place, (external_id, kind, label, settings) in enumerate(rows, 1)
    )
    return App(
        app_id=app_id,
        space_id=space_id,
        name=name,
        item_name=item_name,
        description=description,
        url_label=url_label,
        icon_id=icon_id,
        created_by=created_by,
        created_on=utc("2022-05-02 07:30:00"),
        fields=fields,
        token=token or f"sample-app-token-{app_id}",
    )


APPS = (
    _app(
        CLIENTS_APP_ID,
        SALES_SPACE_ID,
        "Clients &amp; Leads",
        "Client",
        "clients-leads",
        55,
        ADA_ID,
        "Everyone who bought a lamp, and everyone who might.",
        (
            ("name", "text", "Company", _text()),
            ("status", "category", "Status", _options("Lead", "Talking", "Client", "Dormant", "Lost &amp; gone")),
            ("contact", "contact", "Our contact", _PEOPLE),
            ("people", "contact", "Their people", _PEOPLE_AND_CONTACTS),
            ("phone", "phone", "Phone", _PHONE),
            ("email", "email", "E-mail", _EMAIL),
            ("address", "location", "Address", _MAP),
            ("website", "embed", "Website", None),
            ("yearly-revenue", "money", "Revenue a year", _money("DKK", "EUR", "JPY", "AED")),
            ("interests", "tag", "Interests", None),
            ("about", "text", "About", _text("html", "large")),
        ),
        token=CLIENTS_APP_TOKEN,
    ),
    _app(
        PROJECTS_APP_ID,
        SALES_SPACE_ID,
        "Projects",
        "Project",
        "projects",
        12,
        ADA_ID,
        "What we build for whom, until when, and for how much.",
        (
            ("title", "text", "Title", _text()),
            ("client", "app", "Client", _apps(CLIENTS_APP_ID)),
            ("lamps", "app", "Lamps", _apps(PRODUCTS_APP_ID, multiple=True)),
            ("phase", "category", "Phase", _options("Sketch", "Offer", "Production", "Mounting", "Done")),
            ("period", "date", "Period", _date(end="enabled")),
            ("responsible", "contact", "Responsible", _PEOPLE),
            ("budget", "money", "Budget", _money("DKK", "EUR")),
            ("spent", "money", "Spent", _money("DKK", "EUR")),
            ("left", "calculation", "Left", _calculation("@[Budget](field_3207) - @[Spent](field_3208)", "DKK")),
            ("progress", "progress", "Progress", None),
            ("work-done", "duration", "Work done", _HOURS),
            ("more", "separator", "Details &amp; documents", None),
            ("plan", "text", "Plan", _text("markdown", "large")),
            ("documents", "file", "Documents", _FILES),
        ),
    ),
    _app(
        PRODUCTS_APP_ID,
        RESEARCH_SPACE_ID,
        "Lamps",
        "Lamp",
        "lamps",
        178,
        GRACE_ID,
        "The catalogue, including what never went into it.",
        (
            ("name", "text", "Name", _text()),
            ("number", "number", "Article number", {"decimals": 0}),
            ("picture", "image", "Picture", _IMAGES),
            (
                "materials",
                "category",
                "Materials",
                _options(
                    "Brass", "Opal glass", "Oak", "Paper 和紙", "Steel", "Aluminium", multiple=True, display="list"
                ),
            ),
            ("stage", "category", "Stage", _options("Idea", "Prototype", "In production", "Retired")),
            ("power", "number", "Power (W)", {"decimals": 1}),
            ("flux", "number", "Luminous flux (lm)", {"decimals": 0}),
            ("efficacy", "calculation", "Efficacy", _calculation("@[Flux](field_3307) / @[Power](field_3306)", "lm/W")),
            ("price", "money", "Price", _money("DKK", "EUR", "JPY")),
            ("launched", "date", "Launched", _date()),
            ("assembly", "duration", "Assembly time", _HOURS),
            ("designer", "contact", "Designer", _PEOPLE),
            ("film", "embed", "Film", None),
            ("drawings", "file", "Drawings", _FILES),
            ("story", "text", "Story", _text("html", "large")),
        ),
    ),
    _app(
        MEASUREMENTS_APP_ID,
        RESEARCH_SPACE_ID,
        "Measurements",
        "Measurement",
        "measurements",
        243,
        GRACE_ID,
        "Every lamp that left the goniometer since 2019.",
        (
            ("name", "text", "Measurement", _text()),
            ("lamp", "app", "Lamp", _apps(PRODUCTS_APP_ID)),
            ("measured-on", "date", "Measured on", _date(time="enabled")),
            ("verdict", "category", "Verdict", _options("Passed", "Passed with remarks", "Failed", "To be repeated")),
            ("flux", "number", "Luminous flux (lm)", {"decimals": 1}),
            ("power", "number", "Power (W)", {"decimals": 2}),
            ("efficacy", "calculation", "Efficacy", _calculation("@[Flux](field_3405) / @[Power](field_3406)", "lm/W")),
            ("colour", "number", "Colour temperature (K)", {"decimals": 0}),
            ("complete", "progress", "Burn-in", None),
            ("burned", "duration", "Burning time", _HOURS),
            ("cost", "money", "Cost", _money("DKK")),
            ("by", "contact", "Measured by", _PEOPLE),
            ("remark", "text", "Remark", _text("plain", "large")),
        ),
    ),
    _app(
        ORDERS_APP_ID,
        IMPORT_SPACE_ID,
        "注文 Orders",
        "Order",
        "orders",
        88,
        YOKO_ID,
        "船便と航空便。Sea and air freight.",
        (
            ("reference", "text", "注文番号 Reference", _text()),
            ("lamps", "app", "Lamps", _apps(PRODUCTS_APP_ID, multiple=True)),
            ("maker", "app", "工房 Workshop", _apps(MAKERS_APP_ID)),
            (
                "state",
                "category",
                "状態 State",
                _options("下書き Draft", "発注済み Ordered", "輸送中 Shipped", "到着 Arrived"),
            ),
            ("pieces", "number", "数量 Pieces", {"decimals": 0}),
            ("unit-price", "money", "単価 Unit price", _money("JPY", "EUR")),
            ("total", "calculation", "合計 Total", _calculation("@[Pieces](field_3505) * @[Unit](field_3506)", "¥")),
            ("due", "date", "納期 Due", _date(time="enabled", end="enabled")),
            ("handled-by", "contact", "担当 Handled by", _PEOPLE),
            ("papers", "file", "書類 Papers", _FILES),
            ("note", "text", "備考 Note", _text("markdown", "large")),
        ),
    ),
    _app(
        MAKERS_APP_ID,
        IMPORT_SPACE_ID,
        "Workshops &amp; Makers",
        "Workshop",
        "workshops-makers",
        31,
        YOKO_ID,
        "ガラス、紙、真鍮の工房。",
        (
            ("name", "text", "名称 Name", _text()),
            (
                "craft",
                "category",
                "Craft",
                _options("硝子 Glass", "和紙 Paper", "真鍮 Brass", "木工 Wood", multiple=True),
            ),
            ("master", "contact", "Master", _PEOPLE_AND_CONTACTS),
            ("phone", "phone", "電話 Phone", _PHONE),
            ("email", "email", "E-mail", _EMAIL),
            ("address", "location", "住所 Address", _MAP),
            ("since", "date", "Partner since", _date()),
            ("capacity", "progress", "Capacity in use", None),
            ("note", "text", "Note", _text("plain", "large")),
        ),
    ),
    _app(
        VISITS_APP_ID,
        DUBAI_SPACE_ID,
        "زيارات الموقع Site visits",
        "Visit",
        "site-visits",
        140,
        LAYLA_ID,
        "Who stood where, when, and what was missing.",
        (
            ("subject", "text", "الموضوع Subject", _text()),
            ("when", "date", "When", _date(time="enabled", end="enabled")),
            ("place", "location", "الموقع Place", _MAP),
            ("present", "contact", "Present", _PEOPLE_AND_CONTACTS),
            ("project", "app", "Project", _apps(PROJECTS_APP_ID)),
            ("photos", "image", "Photos", _IMAGES),
            ("travel", "duration", "Travel time", _HOURS),
            ("findings", "text", "الملاحظات Findings", _text("html", "large")),
            ("tags", "tag", "Tags", None),
        ),
    ),
    _app(
        INVOICES_APP_ID,
        DUBAI_SPACE_ID,
        "Invoices &amp; Payments",
        "Invoice",
        "invoices-payments",
        97,
        LAYLA_ID,
        "الفواتير والمدفوعات",
        (
            ("number", "text", "Number", _text()),
            ("project", "app", "Project", _apps(PROJECTS_APP_ID)),
            ("visits", "app", "Visits", _apps(VISITS_APP_ID, multiple=True)),
            ("state", "category", "State", _options("Draft", "Sent", "Paid", "Overdue")),
            ("amount", "money", "Amount", _money("AED", "EUR")),
            ("vat", "number", "VAT (%)", {"decimals": 1}),
            ("vat-amount", "calculation", "VAT", _calculation("@[Amount](field_3805) * @[VAT](field_3806) / 100")),
            ("issued", "date", "Issued", _date()),
            ("paid", "progress", "Paid (%)", None),
            ("scan", "file", "Scan", _FILES),
            ("remark", "text", "Remark", _text("plain", "large")),
        ),
    ),
)
