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
    # Two numbers: refused with both.
    "0,125": Refused(("0,125", "0.125", "125")),
    "3,141": Refused(("3,141", "3.141", "3141")),
    "1.250": Refused(("1.250", "1.25", "1250")),
    "1,250": Refused(("1.25", "1250")),
    "-1.250": Refused(("-1.25", "-1250")),
    "999,999": Refused(("999.999", "999999")),
    "00,125": Refused(("0.125", "125")),
    "\uff11\uff0e\uff12\uff15\uff10": Refused(("1.25", "1250")),
    "\u0661,\u0662\u0665\u0660": Refused(("1.25", "1250")),
    "1.250e3": Refused(("1250", "1250000")),
    # None.
    **dict.fromkeys(
        (
            *("twelve", "1,2,3", "1 2 3", "12 50", "0 125", "0,125,000", "1,234,56", "12,34.5", "1,234,567,8"),
            *("1.234.5", "1,234 567", "--1", "5-", "(5)", "5.", "5,", ",", "NaN", "Infinity", "1e", "e5", "1e400"),
            *("1e-400000000", "1e400000000", "1_000", "0x10", "\u00b2", "\u0967.5e\u0967", "1\u0662", "9" * 101),
            *("1 EUR", "\u20ac5", "5%"),
        ),
        Refused(("must be a number",)),
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
    *(_date({"": day}, Refused(("must be a date",)))
      for day in ("tomorrow", "20261121", "2026-W47-6", "2026-02-30", "0000-01-01", "12026-01-01", "\ufffd",
                  "\u0662\u0660\u0662\u0666-01-01")),
    _date({"": "2026-11-21", "end": "\ufffd"}, Refused(("must be a date",), part="end")),
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
    _text("<p>a</p>", "<p>a</p>", None, {"format": "markdown", "size": "large"}),
    _text("a <b>", "a <b>", None, {"format": "plain", "size": "small"}),
    _text("a\nb!", "a\nb!", "a\nb", {"format": "plain", "size": "small"}),
    Case(kind="text", typed={"": "a\nb"}, sent={"value": "<p>a</p><p>b</p>", "format": "html"},
         before={"value": "<p>a</p>", "format": "html"}, settings=_PLAIN),
]  # fmt: skip

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
        for typed in ("101", "-1", "1.5", "0,125", "x", "1e1", "\u0663", "\u00b2", "50%")
    ),
    Case(kind="progress", typed={"": "100"}, sent=100),
]

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
    ("duration", {}, {"value": 60}),
    ("calculation", {}, {"value": "1.0000"}),
]  # fmt: skip
