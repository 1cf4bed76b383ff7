"""What is typed into a field, and what Podio is sent for it: cases that hold for any form over an app's fields.

Each case names a field's type and settings, Podio's value before (None: a new item), the texts that were typed by part
of the control, and what is sent: a field's JSON, `UNCHANGED`, or a `Refused` with words of its message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNCHANGED = object()


@dataclass(frozen=True, slots=True)
class Refused:
    """The text is refused at the field; the message has these words."""

    words: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One field, one text, one outcome."""

    kind: str
    typed: Mapping[str, str]
    sent: Any
    before: Mapping[str, Any] | None = None
    settings: Mapping[str, Any] | None = None


NUMBERS = {
    # One number, whoever writes it.
    "12": "12",
    "-3": "-3",
    "+3": "3",
    "\u22123": "-3",
    "12,5": "12.5",
    "12.5": "12.5",
    "0,5": "0.5",
    "0,1250": "0.1250",
    ".125": "0.125",
    "1250.50": "1250.50",
    "1234,567": "1234.567",
    "1,234.50": "1234.50",
    "1.234,50": "1234.50",
    "1,234.567": "1234.567",
    "1.234,567": "1234.567",
    "1.234.567": "1234567",
    "1,234,567": "1234567",
    "1,234,567.8": "1234567.8",
    "1 250": "1250",
    "1 250.50": "1250.50",
    "1 250,500": "1250.500",
    "1\u00a0250,5": "1250.5",
    "1\u202f250\u202f000": "1250000",
    "1\u2009250": "1250",
    "1'250.50": "1250.50",
    "1\u2019250": "1250",
    "1e5": "100000",
    "2.5E-3": "0.0025",
    "\uff11\uff12\uff0e\uff15": "12.5",
    "\u0663\u066b\u0665": "3.5",
    "\u0661\u066c\u0662\u0665\u0660": "1250",
    "123456789012345678901234567890.5": "123456789012345678901234567890.5",
    "9007199254740993": "9007199254740993",
    # By the signs of the United States, where another locale would have it otherwise (see BY_LOCALE).
    "0,125": "0.125",
    "3,141": "3141",
    "1.250": "1.250",
    "1,250": "1250",
    "-1.250": "-1.250",
    "999,999": "999999",
    "00,125": "0.125",
    "\uff11\uff0e\uff12\uff15\uff10": "1.250",
    "\u0661,\u0662\u0665\u0660": "1250",
    "1.250e3": "1250",
    "1e20": f"1{'0' * 20}",
    # None.
    **dict.fromkeys(
        (
            *("twelve", "1,2,3", "1 2 3", "12 50", "0 125", "0,125,000", "1,234,56", "12,34.5", "1,234,567,8"),
            *("1.234.5", "1,234 567", "--1", "5-", "(5)", "5.", "5,", ",", "NaN", "Infinity", "1e", "e5", "1e400"),
            *(
                "1e-400000000",
                "1e400000000",
                "1e21",
                "1e99",
                "1e-30",
                "1_000",
                "0x10",
                "\u00b2",
                "\u0967.5e\u0967",
                "1\u0662",
                "9" * 101,
            ),
            *("5%", "12 W", "EUR", "W", "12 EUR W", "12 abc", "5\u066a"),
        ),
        Refused(("Enter a number.",)),
    ),
}

_START = {"start": "2026-03-01 09:00:37", "start_date": "2026-03-01", "start_time": "09:00:37"}
_SPAN = {**_START, "end": "2026-03-02 10:30:12", "end_date": "2026-03-02", "end_time": "10:30:12"}
_WHOLE_DAYS = {
    "start": "2026-03-01 00:00:00",
    "start_date": "2026-03-01",
    "start_time": None,
    "end": "2026-03-02 00:00:00",
    "end_date": "2026-03-02",
    "end_time": None,
}
_TIMES = {"time": "enabled", "end": "enabled"}


def _date(typed: Mapping[str, str], sent: Any, before: Mapping[str, Any] | None = None) -> Case:
    return Case(kind="date", typed=typed, sent=sent, before=before, settings=_TIMES)


DATES = [
    _date({"": "2026-11-21"}, {"start_date": "2026-11-21"}),
    _date({"": "2026-11-21", "time": "14:05"}, {"start_date": "2026-11-21", "start_time": "14:05:00"}),
    _date({"": "2026-11-21", "end": "2026-11-22"}, {"start_date": "2026-11-21", "end_date": "2026-11-22"}),
    _date({"": "2026-11-21", "time": "14:05", "end": "2026-11-21"},
          {"start_date": "2026-11-21", "start_time": "14:05:00", "end_date": "2026-11-21"}),
    # Parts that make no date.
    _date({"end": "2026-11-22"}, Refused(("start date",))),
    _date({"end": "2026-11-22", "end_time": "10:00"}, Refused(("start date",))),
    _date({"time": "14:05"}, Refused(("start date", "time"))),
    _date({"end_time": "14:05"}, Refused(("start date",))),
    _date({"": "2026-11-21", "end_time": "14:05"}, Refused(("end date",), part="end")),
    _date({"": ""}, Refused(("start date",)), _SPAN),
    _date({"": "", "time": ""}, Refused(("start date",)), _SPAN),
    _date({"": ""}, Refused(("start date", "time")), _START),
    _date({"": ""}, Refused(("start date",)), _WHOLE_DAYS),
    _date({"end": ""}, Refused(("end date",), part="end"), _SPAN),
    _date({"": "2026-11-21", "end": "2026-11-20"}, Refused(("ends before",))),
    _date({"": "2026-11-21", "time": "14:05", "end": "2026-11-21", "end_time": "14:04"}, Refused(("ends before",))),
    # What is no date, or no time.
    *(_date({"": day}, Refused(("Enter a date",)))
      for day in ("tomorrow", "20261121", "2026-W47-6", "2026-02-30", "0000-01-01", "12026-01-01", "\ufffd",
                  "\u0662\u0660\u0662\u0666-01-01")),
    _date({"": "2026-11-21", "end": "\ufffd"}, Refused(("Enter a date",), part="end")),
    *(_date({"": "2026-11-21", "time": clock}, Refused(("time",))) for clock in ("24:00", "9:00", "noon", "\ufffd")),
    # What isn't shown isn't changed.
    _date({"end": "2026-03-05"}, {"start_date": "2026-03-01", "start_time": "09:00:37", "end_date": "2026-03-05",
                                  "end_time": "10:30:12"}, _SPAN),
    _date({"time": "09:01"}, {"start_date": "2026-03-01", "start_time": "09:01:00"}, _START),
    _date({"": "2026-03-02"}, {"start_date": "2026-03-02", "start_time": "09:00:37"}, _START),
    _date({"": "2026-03-02"}, {"start_date": "2026-03-02", "start_time": "09:00:37"}, {"start": "2026-03-01 09:00:37"}),
    _date({"": "2026-03-01"}, UNCHANGED, _START),
    # Taken out on purpose.
    _date({"": "", "time": ""}, [], _START),
    _date({"": "", "time": "", "end": "", "end_time": ""}, [], _SPAN),
    _date({"end": "", "end_time": ""}, {"start_date": "2026-03-01", "start_time": "09:00:37"}, _SPAN),
]  # fmt: skip

_CODE = "if a<b and c>d then x & y\nsecond line"
_PLAIN, _HTML = {"format": "plain", "size": "large"}, {"format": "html", "size": "large"}


_MARKDOWN = {"format": "markdown", "size": "large"}


def _text(typed: str, sent: Any, before: str | None, settings: Mapping[str, Any]) -> Case:
    value = None if before is None else {"value": before}
    return Case(kind="text", typed={"": typed}, sent=sent, before=value, settings=settings)


TEXTS = [
    _text(_CODE, "<p>if a&lt;b and c&gt;d then x &amp; y</p><p>second line</p>", None, _HTML),
    _text("one\n\ntwo", "<p>one</p><p><br></p><p>two</p>", None, _HTML),
    _text("x &lt; y", "<p>x &amp;lt; y</p>", None, _HTML),
    _text("a\nb\nc", "<p>a</p><p>b</p><p>c</p>", "<p>a</p><p>b</p>", _HTML),
    _text("a\nb\nc", "<p>a<br>b</p><p>c</p>", "<p>a<br>b</p>", _HTML),
    _text("a\nx\nb", "<p>a<br>x<br>b</p>", "<p>a<br />b</p>", _HTML),
    _text("a\nB\nc", "<p>a<br>B</p><p>c</p>", "<p>a<br>b</p>\n<p>c</p>", _HTML),
    _text("a\nb & c", "<p>a</p><p>b &amp; c</p>", "a\nb", _HTML),
    _text("a < b\nc", "<p>a &lt; b</p><p>c</p>", "a < b", _HTML),
    _text("a\r\nb", UNCHANGED, "<p>a</p><p>b</p>", _HTML),
    _text("", [], "<p>a</p>", _HTML),
    _text(_CODE, _CODE, None, _PLAIN),
    _text("see <div>hello</div>", "see <div>hello</div>", None, _PLAIN),
    _text("see <div>hello</div>!", "see <div>hello</div>!", "see <div>hello</div>", _PLAIN),
    _text("see <div>hello</div>", UNCHANGED, "see <div>hello</div>", _PLAIN),
    _text("  indented\n", "  indented\n", None, _PLAIN),
    _text("<p>a</p>", {"value": "<p>a</p>", "format": "markdown"}, None, _MARKDOWN),
    _text("**a**\n- b", {"value": "**a**\n- b", "format": "markdown"}, "**a**", _MARKDOWN),
    _text("# a", UNCHANGED, "# a", _MARKDOWN),
    _text(_CODE, {"value": _CODE, "format": "plain"}, None, {"size": "large"}),
    _text("one\ntwo", "one\ntwo", None, {"size": "large"}),
    _text("one\ntwo < 3", "<p>one</p><p>two &lt; 3</p>", "<p>one</p>", {"size": "large"}),
    _text("a <b>", "a <b>", None, {"format": "plain", "size": "small"}),
    _text("a\nb!", "a\nb!", "a\nb", {"format": "plain", "size": "small"}),
    Case(kind="text", typed={"": "a\nb"}, sent={"value": "<p>a</p><p>b</p>", "format": "html"},
         before={"value": "<p>a</p>", "format": "html"}, settings=_PLAIN),
]  # fmt: skip

BY_LOCALE = {
    # Locale, text, number, what is said under the field.
    "da": (
        ("0,125", "0.125", ""), ("2,125", "2.125", "2,125 (not 2125)"), ("1.250", "1250", "1250"), ("12,5", "12.5", ""),
        ("1.234,50", "1234.50", ""), ("12.5", "12.5", "12,5"), ("1,234.50", "1234.50", "1234,5"), ("1 250", "1250", ""),
        ("0.125", "0.125", "0,125"), ("1.250.000", "1250000", ""), ("1,250,000", "1250000", "1250000"),
        ("-1.250", "-1250", "-1250"), ("1.250e3", "1250", "1250 (not 1250000)"), ("1e3", "1000", "1000"),
    ),
    "en-US": (
        ("3.14159", "3.1416", "3.1416 (Podio keeps four decimals)"),
        ("-0.00005", "-0.0001", "-0.0001 (Podio keeps four decimals)"),
        (f"{'9' * 40}.99994", f"{'9' * 40}.9999", f"{'9' * 40}.9999 (Podio keeps four decimals)"),
        ("3.14000", "3.14000", ""),
        ("0,125", "0.125", "0.125"), ("12,5", "12.5", "12.5"), ("3,141", "3141", "3141"),
        ("1.234,50", "1234.50", "1234.5"), ("1.250", "1.250", "1.25 (not 1250)"), ("1 250", "1250", ""),
        ("1,234.50", "1234.50", ""), ("12.5", "12.5", ""), ("1,234,567", "1234567", ""),
        ("1.234.567", "1234567", "1234567"), ("1,25", "1.25", "1.25"), ("1250", "1250", ""),
    ),
    "de": (("1.250", "1250", "1250"), ("3,141", "3.141", "3,141 (not 3141)"), ("0,5", "0.5", "")),
    "de-CH": (("1'250.5", "1250.5", ""), ("1,250", "1250", "1250"), ("1.250", "1.250", "1.25 (not 1250)")),
    "fr": (
        ("1\u202f250,5", "1250.5", ""), ("1 250,5", "1250.5", ""), ("1\u00a0250", "1250", ""),
        ("1.250", "1250", "1250"), ("1,250", "1.250", "1,25 (not 1250)"), ("12.5", "12.5", "12,5"),
    ),
    "ja": (("1,250", "1250", "1250"), ("\uff11\uff12\uff0e\uff15", "12.5", ""), ("1\u3000250", "1250", "")),
    "ar-EG": (
        ("\u0661\u066c\u0662\u0665\u0660", "1250", ""), ("\u0663\u066b\u0661\u0664\u0661", "3.141", ""),
        ("\u061c-\u0665", "-5", ""), ("1,250", "1250", "\u0661\u0662\u0665\u0660"), ("12.5", "12.5", ""),
    ),
    "en-IN": (("1,25,000", "125000", ""), ("12,34,567.8", "1234567.8", ""), ("1,250", "1250", "1250")),
}  # fmt: skip

NUMBERS_WITH_UNITS = [
    # Label, unit of the settings, text, number (None: refused).
    ("Power (W)", "", "12 W", "12"), ("Power (W)", "", "12W", "12"), ("Power", "W", "12 W", "12"),
    ("Power (W)", "", "1,250.5 W", "1250.5"), ("Length in mm", "", "12 mm", "12"), ("Power W", "", "12 W", "12"),
    ("Area [m\u00b2]", "", "12 m\u00b2", "12"), ("Area (m2)", "", "12 m2", "12"), ("Size (in mm)", "", "12 mm", "12"),
    ("Heat (\u00b0C)", "", "21 \u00b0C", "21"), ("Power (W)", "", "12 w", None), ("Power (W)", "", "12 kW", None),
    ("Power", "", "12 W", None), ("Check in", "", "12 in", None), ("Rate (%)", "%", "45%", None),
    ("Rate %", "", "45 %", None),
    ("Power (W)", "", "W", None), ("Power (W)", "", "W 12", None), ("Power (W)", "", "1 2 W", None),
    ("Part 3", "", "1 3", None),
]  # fmt: skip

CURRENCIES = [
    # Allowed currencies, the one chosen beside it, locale, text, amount and currency (None: refused), what is said.
    (("EUR", "JPY"), "EUR", "en-US", "\u00a51,000", ("1000", "JPY"), "1000 JPY"),
    (("EUR", "JPY"), "JPY", "en-US", "\u00a51,000", ("1000", "JPY"), "1000"),
    (("EUR", "JPY"), "EUR", "da", "\u00a51,000", ("1000", "JPY"), "1000 JPY"),
    (("EUR", "USD"), "EUR", "en-US", "\u00a51,000", None, ""),
    ((), "EUR", "en-US", "\u00a51,000", ("1000", "JPY"), "1000 JPY"),
    (("EUR", "USD"), "USD", "en-US", "\u20ac5", ("5", "EUR"), "5 EUR"),
    (("EUR", "USD"), "USD", "en-US", "1 EUR", ("1", "EUR"), "1 EUR"),
    (("EUR", "USD"), "EUR", "en-US", "12 eur", ("12", "EUR"), ""),
    (("EUR", "USD"), "EUR", "en-US", "-$5.50", ("-5.50", "USD"), "-5.5 USD"),
    (("EUR", "USD"), "EUR", "en-US", "$-5.50", ("-5.50", "USD"), "-5.5 USD"),
    (("EUR", "USD"), "EUR", "da", "1.234,50\u00a0\u20ac", ("1234.50", "EUR"), ""),
    (("EUR", "DKK"), "EUR", "da", "1.250 kr.", ("1250", "DKK"), "1250 DKK"),
    (("AUD", "CAD", "EUR"), "EUR", "en-US", "$5", None, ""),
    (("AUD", "CAD", "EUR"), "CAD", "en-US", "$5", ("5", "CAD"), ""),
    (("AUD", "EUR"), "EUR", "en-US", "$5", ("5", "AUD"), "5 AUD"),
    (("EUR", "USD"), "EUR", "en-US", "5 pieces", None, ""),
    (("EUR", "USD"), "EUR", "en-US", "5 DKK", None, ""),
    (("EUR", "USD"), "EUR", "en-US", "$5 EUR", None, ""),
]  # fmt: skip

PROGRESS = {"100": 100, "0": 0, "45%": 45, "45 %": 45, "\u0664\u0665\u066a": 45, "\uff14\uff15": 45}
DURATIONS = {
    "1:30": (5_400, "1 h 30 min"), "26:03:04": (93_784, "1 day 2 h 3 min 4 s"), "1 day 2 h 3 min 4 s": (93_784, ""),
    "90 min": (5_400, ""), "2 days, 4 hours": (187_200, ""), "1h30m": (5_400, ""), "0 min": (0, ""),
    **dict.fromkeys(("90", "1.5 h", "1:75", "1 h 2 h", "1 fortnight", "h", "-1 h", "1:30 h",
                     "999999999 days 99 h"), None),
}  # fmt: skip

_LINK = {"embed": {"embed_id": 5, "url": "https://example.com/a", "title": "A"}, "file": {"file_id": 6}}
_OPTIONS = {
    "options": [{"id": 1, "text": "Yes"}, {"id": 2, "text": "No"}, {"id": 3, "text": "Old", "status": "deleted"}]
}
_NO, _OLD = {"value": {"id": 2, "text": "No"}}, {"value": {"id": 3, "text": "Old"}}
_SEVERAL = _OPTIONS | {"multiple": True}
_EUROS = {"allowed_currencies": ["EUR", "USD"]}

OTHERS = [
    *(Case(kind="number", typed={"": typed}, sent=sent) for typed, sent in NUMBERS.items()),
    *(
        Case(
            kind="money",
            typed={"": typed, "currency": "USD"},
            sent=sent if isinstance(sent, Refused) else {"value": sent, "currency": "USD"},
            settings=_EUROS,
        )
        for typed, sent in NUMBERS.items()
        if "EUR" not in typed
    ),
    # The same number, written otherwise, is no change; a currency alone leaves the amount as Podio has it.
    Case(kind="number", typed={"": "12,5"}, sent=UNCHANGED, before={"value": "12.5000"}),
    Case(kind="number", typed={"": "3.1420"}, sent="3.1420", before={"value": "3.1410"}),
    Case(
        kind="money",
        typed={"currency": "USD"},
        sent={"value": "3.1410", "currency": "USD"},
        before={"value": "3.1410", "currency": "EUR"},
        settings=_EUROS,
    ),
    Case(kind="money", typed={"currency": "USD"}, sent=UNCHANGED, settings=_EUROS),
    *(
        Case(kind="progress", typed={"": typed}, sent=Refused(("0 to 100",)))
        for typed in ("101", "-1", "1.5", "0,125", "x", "1e1", "\u00b2", "%", "50%%", "101%", "50 W")
    ),
    *(Case(kind="progress", typed={"": typed}, sent=sent) for typed, sent in PROGRESS.items()),
    *(
        Case(kind="duration", typed={"": typed}, sent=sent[0] if sent else Refused(("Enter a duration",)))
        for typed, sent in DURATIONS.items()
    ),
    Case(kind="duration", typed={"": "2 h"}, sent=7_200, before={"value": 60}),
    Case(kind="duration", typed={"": "1:00:00"}, sent=UNCHANGED, before={"value": 3_600}),
    Case(kind="location", typed={"": " Nyhavn 1, Copenhagen "}, sent="Nyhavn 1, Copenhagen"),
    Case(kind="location", typed={"": "Oslo"}, sent="Oslo", before={"value": "Paris", "lat": 48.9, "lng": 2.3}),
    Case(kind="location", typed={"": "Paris"}, sent=UNCHANGED, before={"value": "Paris", "formatted": "Paris, France"}),
    Case(kind="tag", typed={"": "red,  dark  blue,red,, "}, sent=["red", "dark blue"]),
    Case(kind="tag", typed={"": "R & D, new"}, sent=["R &amp; D", "new"], before={"value": "R &amp; D"}),
    Case(kind="tag", typed={"": ""}, sent=[], before={"value": "red"}),
    Case(kind="embed", typed={"": "https://example.com/a\n\nhttps://example.com/b"},
         sent=[{"url": "https://example.com/a"}, {"url": "https://example.com/b"}]),
    Case(kind="embed", typed={"": f"{_LINK['embed']['url']}\nhttps://example.com/b"},
         sent=[{"embed": 5, "file": 6}, {"url": "https://example.com/b"}], before=_LINK),
    *(Case(kind="embed", typed={"": typed}, sent=Refused(("web address",)))
      for typed in ("example.com", "javascript:alert(1)", "https://", "https:///a", "ftp://example.com",
                    "https://a b")),
    Case(kind="question", typed={"": "2"}, sent=[2], settings=_OPTIONS),
    Case(kind="category", typed={"": "2"}, sent=[2], settings=_OPTIONS),
    *(Case(kind=kind, typed={"": typed}, sent=Refused(("one of the options",)), settings=_OPTIONS)
      for kind in ("category", "question") for typed in ("3", "9", "Yes", "\u0662", "1" * 40)),
    Case(kind="category", typed={"2": "on", "1": "on"}, sent=[1, 2], settings=_SEVERAL),
    Case(kind="question", typed={"2": "on"}, sent=[2], settings=_SEVERAL),
    Case(kind="category", typed={"1": "on"}, sent=[2, 1], before=_NO, settings=_SEVERAL),
    Case(kind="category", typed={"2": ""}, sent=[], before=_NO, settings=_SEVERAL),
    Case(kind="category", typed={"2": "on"}, sent=UNCHANGED, before=_NO, settings=_SEVERAL),
    # An option that was deleted since is kept where it was chosen, and offered nowhere else.
    Case(kind="category", typed={"1": "on"}, sent=[3, 1], before=_OLD, settings=_SEVERAL),
    Case(kind="category", typed={"3": "on"}, sent=UNCHANGED, settings=_SEVERAL),
    # Half a character can't be sent.
    *(Case(kind=kind, typed={"": "cut \ud83d off"}, sent=Refused(("half a character",)), settings=settings)
      for kind, settings in (("text", {}), ("text", {"format": "html", "size": "large"}), ("location", {}), ("tag", {}),
                             ("phone", {}), ("email", {}), ("embed", {}), ("number", {}), ("duration", {}))),
]  # fmt: skip

CASES = [*OTHERS, *DATES, *TEXTS]

LEFT_TO_PODIO = [
    # Markup, or parts of a date, that the controls could not show.
    *(("text", _HTML, {"value": value}) for value in (
        "<p>a <b>b</b></p>", "<h1>a</h1>", '<p class="x">a</p>', "<p>a <img src=x></p>", "<table><tr><td>a</table>",
        "<p><span>a</span></p>", "<!-- a --><p>b</p>", "if a<b and c>d", "<div>a</div>", "</p>a",
    )),
    ("date", {"time": "disabled", "end": "enabled"}, _SPAN),
    ("date", {"time": "enabled", "end": "disabled"}, _SPAN),
    ("date", _TIMES, {"start_utc": "2026-03-01 09:00:00"}),
    ("date", _TIMES, {"start": "soon"}),
    ("calculation", {}, {"value": "1.0000"}),
    # What an editor without a look-up could only lose.
    ("contact", {}, {"value": {"profile_id": 1, "name": "Ada"}}),
    ("app", {}, {"value": {"item_id": 1, "title": "Lamp"}}),
    ("image", {}, {"value": {"file_id": 1, "name": "a.png"}}),
    ("file", {}, {"value": {"file_id": 1, "name": "a.png"}}),
    ("embed", {}, {"embed": {"embed_id": 5, "title": "Without an address"}}),
    ("category", {"multiple": True, "options": [{"id": 1, "text": "A"}]}, _NO),
    ("unheard-of", {}, {"value": "x"}),
]  # fmt: skip
