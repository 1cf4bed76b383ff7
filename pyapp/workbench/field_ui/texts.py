"""Texts: plain, Markdown, or HTML, which is edited as lines and written as paragraphs; separators, which hold none."""

from __future__ import annotations

import re

from podio.fields import Text
from podio.model import AppField
from workbench import rich_text
from workbench.field_ui import paragraphs
from workbench.field_ui.controls import Control, FieldUI, Parts, Reading, main_control
from workbench.field_ui.pieces import Piece, Prose, Words
from workbench.html_tokenizer import unescape
from workbench.locales import Locale
from workbench.markdown import from_markdown

_MARKDOWN = "markdown"
_MAY_BE_MARKUP = re.compile(r"[<&]")


def _holds_html(field: AppField, value: Text) -> bool:
    """Whether a text of this field is HTML: its own format says so, else the field's.

    Where neither does, only a large field may hold HTML, and its text has to look like it.
    """
    text_format = field.format_of(value)
    return text_format == "html" if text_format else field.is_large and rich_text.looks_like_html(value.value)


def _show(value: Text, field: AppField | None, locale: Locale) -> Piece | None:
    raw = value.value
    if not raw.strip():
        return None
    if field is None:
        return Prose(nodes=rich_text.from_podio(raw))
    if _holds_html(field, value):
        return Prose(nodes=rich_text.from_html(raw) if "<" in raw else rich_text.from_plain(unescape(raw)))
    if field.format_of(value) == _MARKDOWN:
        return Prose(nodes=from_markdown(unescape(raw)))
    # What looks like a tag here was typed as text.
    return Prose(nodes=rich_text.from_plain(unescape(raw))) if field.is_large else Words(text=unescape(raw))


def _edit(field: AppField, values: tuple[Text, ...], locale: Locale) -> tuple[Control, ...]:
    first = values[0] if values else Text(value="")
    if not _holds_html(field, first):
        text = unescape(first.value)
        # A box of one line would drop the ends of lines.
        hint = "Markdown" if field.format_of(first) == _MARKDOWN else ""
        return (main_control(field, text, kind="lines" if field.is_large or "\n" in text else "line", hint=hint),)
    lines = paragraphs.lines(first.value)
    return () if lines is None else (main_control(field, paragraphs.text_of(lines), kind="lines"),)


def _read(texts: Parts, field: AppField, values: tuple[Text, ...], locale: Locale) -> Reading:
    first, text = values[0] if values else Text(value=""), texts[""]
    text_format = first.format or (_MARKDOWN if field.format == _MARKDOWN else None)
    if _holds_html(field, first):
        text = paragraphs.to_html(text, paragraphs.lines(first.value) or ())
    elif not text_format and not field.format and field.is_large and _MAY_BE_MARKUP.search(text):
        # Nothing says whether Podio takes the field's texts for HTML: then this one says that it is none.
        text_format = "plain"
    return Reading(value=Text(value=text, format=text_format))


TEXT = FieldUI(show=_show, edit=_edit, read=_read, icon="M3 5V3h10v2M8 3v10M6 13h4")
SEPARATOR = FieldUI(show=_show, icon="M2 8h12")
