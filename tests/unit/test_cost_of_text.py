"""What reads a foreign text takes time in proportion to its length, and never writes out more than it was given.

Each function that a text of Podio's, of another server's, of a planted draft or of an address comes to is here. It is
given texts that made a regular expression or a number's format go astray, at one length and doubled three times.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import httpx2
import pytest

import podio
from podio._authentication import means_expired
from podio._endpoints import endpoint
from podio._file_addresses import places_of
from podio._responses import check_status, read_response
from podio._retry_policy import limits_of, reads_only
from podio.areas.calls import fill
from podio.authorization import AuthorizationRequest, RedirectAnswer, parse_parameters
from podio.errors import api_error
from podio.fields import column, read_field, write_value
from podio.fields._json_parts import name, utc_moment
from podio.json_text import parse_json
from podio.model import App, Item, Task, read_item_columns
from podio.session import Session
from podio.token import is_credential
from podio_emulator.rich_value import rich_value
from workbench import field_ui, form_drafts, rich_text, screens
from workbench.failures import describe
from workbench.field_ui import numbers, paragraphs
from workbench.field_ui.money import money_text
from workbench.locales import ENGLISH, Locale
from workbench.markdown import from_markdown
from workbench.settings import read_settings
from workbench.views import values

LENGTH = 2_000
DOUBLINGS = 3
LARGEST_GROWTH = 2.9
"""By how much a doubling may multiply the cost, on average: 2 is proportional, 4 is quadratic."""
FLOOR = 0.05
"""Seconds of the processor below which a cost isn't worth a comparison."""

FIELD_TYPES = ("text", "number", "calculation", "money", "progress", "duration", "date", "phone", "email", "location")
FIELD_KEYS = ("value", "start", "start_date", "start_time", "currency", "formatted", "type", "format")


def _response(status: int, text: str) -> httpx2.Response:
    challenge = text.encode("ascii", "ignore").decode()
    return httpx2.Response(status, text=text, headers={"www-authenticate": challenge, "retry-after": challenge[:99]})


def _shown(kind: str) -> Callable[[str], object]:
    def show(text: str) -> object:
        value = read_field({"field_id": 1, "type": kind, "values": [dict.fromkeys(FIELD_KEYS, text)]})
        pieces = field_ui.show(value, None, ENGLISH)
        return field_ui.plain(pieces), str(values.full(pieces)) if pieces else ""

    return show


def _read(kind: str) -> Callable[[str], object]:
    return lambda text: str(read_field({"type": kind, "values": [dict.fromkeys(FIELD_KEYS, text)]}))


def _written(kind: str) -> Callable[[str], object]:
    return lambda text: write_value(kind, text)


def _cell(kind: str) -> Callable[[str], object]:
    return lambda text: column({"type": kind, "values": [dict.fromkeys(FIELD_KEYS, text), {"value": {"text": text}}]})


def _ids_and_names(text: str) -> dict[str, Any]:
    names = dict.fromkeys(("name", "title", "text", "created_on", "due_date", "due_time", "revision"), text)
    return names | {"item_id": 1, "app_id": 1, "task_id": 1, "created_by": names, "config": names, "tags": [text]}


def _decoded(text: str) -> object:
    return [kind.from_json(_ids_and_names(text)) for kind in (App, Item, Task)]


def _typed(kind: str, **settings: Any) -> Callable[[str], object]:
    def fill_in(text: str) -> object:
        raw = {"field_id": 1, "type": kind, "external_id": "f", "label": "F", "config": {"settings": settings}}
        app, before = App.from_json({"app_id": 1, "fields": [raw]}), {**raw, "values": [{"value": text}]}
        item = Item.from_json({"item_id": 1, "fields": [before]})
        assert app
        texts = {"f1": text, "f1.time": text, "f1.end": text, "f1.end_time": text}
        for locale in (ENGLISH, INDIAN):
            field_ui.read_form(app, texts, None, locale)
            field_ui.read_form(app, {"f1": f"{text} "}, item, locale)
            field_ui.form_controls(app, item, locale)
            with suppress(field_ui.Complaint):
                field_ui.read_text(app.fields[0], text, locale)
        return None

    return fill_in


INDIAN = Locale(has_pairs=True)
PLACES = places_of("https://api.podio.com", ["files.podio.com"], None)

FUNCTIONS: dict[str, Callable[[str], object]] = {
    "looks_like_html": rich_text.looks_like_html,
    "from_html": lambda text: rich_text.plain(rich_text.from_html(text)),
    "the views": lambda text: str(values.rich(rich_text.from_podio(text))),
    "from_plain": rich_text.from_plain,
    "from_markdown": lambda text: rich_text.plain(from_markdown(text)),
    "safe_link": lambda text: rich_text.safe_link(f"https://{text}"),
    "a link": lambda text: rich_text.from_html(f'<a title={text} href="{text}">x</a>'),
    "lines": paragraphs.lines,
    "to_html": lambda text: paragraphs.to_html(text, paragraphs.lines(text[: len(text) // 2]) or ()),
    "number_text": lambda text: numbers.number_text(text, INDIAN),
    "number_text, rounded": lambda text: numbers.number_text(text, ENGLISH, 2),
    "money_text": lambda text: money_text(text, "EUR", ENGLISH),
    "typed_form": lambda text: numbers.typed_form(text, ENGLISH),
    "read_number": lambda text: (numbers.read_number(text, ENGLISH), numbers.read_number(text, INDIAN)),
    "moment": utc_moment,
    "name": name,
    **{f"a shown {kind}": _shown(kind) for kind in (*FIELD_TYPES, "unheard-of")},
    **{f"a typed {kind}": _typed(kind, time="enabled", end="enabled") for kind in (*FIELD_TYPES, "tag", "embed")},
    "a typed plain text": _typed("text", size="large", format="plain"),
    "a typed HTML text": _typed("text", size="large", format="html"),
    "routes": lambda text: (screens.find(f"#/{text}"), screens.find(f"#/app/{text}?page={text}&sort={text}")),
    "form_target": form_drafts.form_target,
    "config.json": read_settings,
    "parse_json": parse_json,
    "parse_json, bytes": lambda text: parse_json(text.encode("utf-16", "surrogatepass")),
    "parse_json, nested": lambda text: parse_json("[" * 600 + text),
    "parse_json, a string": lambda text: parse_json(f'{"[" * 400}"{text}'),
    "a stored session": Session.from_json,
    "a stored attempt": AuthorizationRequest.from_json,
    "is_credential": is_credential,
    "an answer's address": lambda text: RedirectAnswer.from_url(f"https://example.com/?{text}#{text}"),
    "an answer's parameters": parse_parameters,
    "means_expired": lambda text: means_expired(_response(401, text)),
    "an error": lambda text: str(describe(api_error(400, {"error": text, "error_description": text}))),
    "an error answer": lambda text: check_status(_response(404, text)),
    "an answer": lambda text: read_response(_response(200, text), method="GET"),
    "limits_of": lambda text: limits_of({"x-rate-limit-limit": text, "x-rate-limit-remaining": text}),
    "endpoint": lambda text: endpoint("https://api.example.com", f"/{text}"),
    "reads_only": lambda text: reads_only("POST", f"/item/app/{text}"),
    "fill": lambda text: fill("/item/{item_id}", item_id=text),
    "a file's link": lambda text: [PLACES.refusal(link) for link in (f"https://example.com/{text}", f"https://{text}")],
    **{f"read {kind}": _read(kind) for kind in FIELD_TYPES},
    **{f"write {kind}": _written(kind) for kind in (*FIELD_TYPES, "embed")},
    **{f"a cell of {kind}": _cell(kind) for kind in (*FIELD_TYPES, "unheard-of")},
    "the model's objects": _decoded,
    "items in columns": lambda text: read_item_columns(json.dumps({"items": [_ids_and_names(text)]}).encode(), ()),
    "the emulator's comments": rich_value,
}  # fmt: skip

PATTERNS = [
    *(
        "<p ",
        "<p/",
        "<",
        "</",
        "</a ",
        "<!--",
        "<!-->",
        "<!",
        "<?",
        "<![CDATA[",
        "<a b=",
        '<a href="',
        "<a '",
        '<p title="<',
    ),
    *(
        "<p>",
        "<p></p>",
        "<li><ul>",
        "<b><i>",
        "</b>",
        "<script>",
        "<title>",
        "</script",
        "<br>",
        "<p x>",
        "<blockquote>",
    ),
    *("&", "&#", "&#1", "&#x1", "&amp;", "&lt;p ", "@[", "@[a", "[a](", "https://", "http://a.", "user:1)"),
    *("*", "**", "_", "__", "`", "~~", "*a", "**a ", "_a_a", "# ", "- ", "> ", "```", "[a](b c)", "<https://a", "\\*"),
    *(
        '"',
        '\\"',
        "\\",
        "[",
        "{",
        '["]",',
        '{"a":',
        "]",
        '"[',
        "[1,",
        "1,",
        "1.",
        "1 ",
        "1'",
        ",",
        ".",
        "9",
        "0",
        "e",
        "1e",
    ),
    *(
        "-",
        "+",
        " ",
        "\t",
        "\n",
        "\r\n",
        "a ",
        "a@",
        "@",
        "a=b&",
        "%",
        "%2",
        "%25",
        "/",
        "//",
        "../",
        ":",
        "?",
        "#",
        ";",
        "'",
    ),
    *(
        'error="',
        'error="a',
        "wait 1",
        "wait 1 seconds",
        "2026-01-01 ",
        "12:",
        "\u0663",
        "\u00b2",
        "\u202f",
        "\ufffd",
        "\ud800",
    ),
]

ODD_NUMBERS = [
    *(f"{sign}{number}" for sign in ("", "-") for number in (
        "1e-9000000", "1e9000000", "1E+9000000", "1.5e-9000000", "0e9000000", "0e-9000000", "1e-99999999999999999999",
        "1e99999999999999999999", "9" * 6_000, f"0.{'9' * 6_000}", f"{'0' * 6_000}1", "inf", "nan", "sNaN", "1_0")),
    f"&#{'9' * 6_000};", f"&#x{'9' * 6_000};", f"#/app/{'9' * 6_000}", f"wait {'9' * 6_000} seconds", "[1e9000000]",
    f"[{'9' * 6_000}]", "[1e-9000000]", f'{{"expires_at": {"9" * 4_000}}}', "\u0663" * 6_000,
]  # fmt: skip


def _run(function: Callable[[str], object], text: str) -> object:
    try:
        return function(text)
    except (podio.PodioError, ValueError):
        return None


def _cost(function: Callable[[str], object], text: str, runs: int) -> float:
    """Measure seconds of the processor, the least of some runs."""
    costs = []
    for _ in range(runs):
        start = time.process_time()
        _run(function, text)
        costs.append(time.process_time() - start)
    return min(costs)


def _grows_too_fast(function: Callable[[str], object], pattern: str) -> bool:
    short, long = ((pattern * length)[:length] for length in (LENGTH, LENGTH * 2**DOUBLINGS))
    if _cost(function, long, 1) < FLOOR:
        return False
    # A machine that is busy with other things is given three chances.
    growth = LARGEST_GROWTH**DOUBLINGS
    return all(_cost(function, long, 4) > max(FLOOR, growth * _cost(function, short, 4)) for _ in range(3))


@pytest.fixture
def _no_collector() -> Iterator[None]:
    """Keep the garbage collector out of what is measured: it looks through all that the test run holds."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize("name", FUNCTIONS)
def test_twice_the_text_costs_no_more_than_twice_the_time(name: str) -> None:
    assert [pattern for pattern in PATTERNS if _grows_too_fast(FUNCTIONS[name], pattern)] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_number_is_written_out_longer_than_it_came(name: str) -> None:
    for number in ODD_NUMBERS:
        start = time.process_time()
        result = _run(FUNCTIONS[name], number)
        assert len(str(result)) < 20 * len(number) + 5_000, number[:30]
        assert time.process_time() - start < 1, number[:30]
