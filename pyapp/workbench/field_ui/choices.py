"""What is chosen from a list or named by a word: categories, questions, tags."""

from __future__ import annotations

import re
from dataclasses import replace

from podio.fields import Option, RawValue
from podio.model import AppField
from workbench.field_ui.controls import CHECKED, Complaint, Control, FieldUI, Parts, Reading, control_name, main_control
from workbench.field_ui.pieces import Chip, Piece
from workbench.html_tokenizer import unescape
from workbench.locales import Locale

_COLOR = re.compile(r"[0-9a-fA-F]{6}")


def option_text(option: Option) -> str:
    """Return what an option of a category is called."""
    return unescape(option.text).strip() or f"Option {option.id}"


def _show_option(value: Option, field: AppField | None, locale: Locale) -> Piece:
    digits = value.color.removeprefix("#")
    return Chip(text=option_text(value), color=digits if _COLOR.fullmatch(digits) else "")


def _options(field: AppField, values: tuple[Option, ...]) -> dict[str, str]:
    """Return the options that may be chosen: those that aren't deleted, and the one that was chosen before."""
    ids = {option.id for option in values}
    return {
        str(option.id): option_text(option)
        for option in field.options
        if option.status != "deleted" or option.id in ids
    }


def _edit_option(field: AppField, values: tuple[Option, ...], locale: Locale) -> tuple[Control, ...]:
    if field.multiple:
        ids = {str(option.id) for option in values}
        if not ids <= _options(field, values).keys():
            return ()
        return tuple(
            Control(name=control_name(field, key), label=text, kind="check", value=CHECKED if key in ids else "")
            for key, text in _options(field, values).items()
        )
    if len(values) > 1 or not field.options:
        return ()
    control = main_control(field, str(values[0].id) if values else "", kind="choice")
    return (replace(control, choices=(("", "–"), *_options(field, values).items())),)


def _read_option(texts: Parts, field: AppField, values: tuple[Option, ...], locale: Locale) -> Reading:
    if field.multiple:
        return _by_keys([key for key, text in texts.items() if text], field, values)
    if texts[""] not in _options(field, values):
        raise Complaint("Choose one of the options.")
    return Reading(value=int(texts[""]))


def _by_keys(keys: list[str], field: AppField, values: tuple[Option, ...]) -> Reading:
    """Keep the order from before; an option that was deleted since stays with those who have it."""
    previous_keys = [str(option.id) for option in values]
    deleted = {str(option.id) for option in field.options if option.status == "deleted"}
    ordered_keys = [*(key for key in previous_keys if key in keys), *(key for key in keys if key not in previous_keys)]
    return Reading(value=tuple(RawValue(raw=int(key)) if key in deleted else int(key) for key in ordered_keys))


def _parse_option(text: str, field: AppField, locale: Locale) -> Reading:
    """Read the name of an option, or several with commas between them where the field may hold several."""
    try:
        return _by_name(text, field)
    except Complaint:
        if not field.multiple or "," not in text:
            raise
    ids = dict.fromkeys(_by_name(name, field).value for name in text.split(",") if name.strip())
    return Reading(value=tuple(ids))


def _by_name(text: str, field: AppField) -> Reading:
    """Read the name of an option; names that differ in capitals alone must be written as they are."""
    options = _options(field, ())
    for name, fold in ((text.strip(), str), (text.strip().casefold(), str.casefold)):
        ids = [number for number, option in options.items() if fold(option) == name]
        if len(ids) == 1:
            return Reading(value=int(ids[0]))
    raise Complaint(f"Choose one of {', '.join(options.values())}.")


def _show_tag(value: str, field: AppField | None, locale: Locale) -> Piece | None:
    text = unescape(value).strip()
    return Chip(text=text) if text else None


def _edit_tags(field: AppField, values: tuple[str, ...], locale: Locale) -> tuple[Control, ...]:
    tags = [unescape(tag) for tag in values]
    if any(tag != " ".join(tag.split()) or "," in tag for tag in tags):
        return ()
    return (main_control(field, ", ".join(tags), hint="Separated by commas"),)


def _read_tags(texts: Parts, field: AppField, values: tuple[str, ...], locale: Locale) -> Reading:
    tags_by_text = {unescape(tag): tag for tag in values}
    tags = dict.fromkeys(" ".join(tag.split()) for tag in re.split(r"[,\n]", texts[""]))
    return Reading(value=tuple(tags_by_text.get(tag, tag) for tag in tags if tag))


CATEGORY = FieldUI(
    show=_show_option,
    edit=_edit_option,
    read=_read_option,
    parse=_parse_option,
    several=True,
    icon="M8 2a6 6 0 1 0 .01 0M5.5 7 8 9.5 10.5 7",
)
TAG = FieldUI(show=_show_tag, edit=_edit_tags, read=_read_tags, several=True, icon="M2.5 2.5h5l6 6-5 5-6-6zM5 5h.01")
