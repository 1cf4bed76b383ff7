"""The table of the types of field: a row for each says how the page shows and edits it."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.field_ui import addresses, amounts, choices, dates, money, numbers, references, texts
from workbench.field_ui.controls import FieldUI

FIELD_UIS: Mapping[str, FieldUI] = {
    "text": texts.TEXT,
    "separator": texts.SEPARATOR,
    "number": numbers.NUMBER,
    "money": money.MONEY,
    "progress": amounts.PROGRESS,
    "duration": amounts.DURATION,
    "calculation": amounts.CALCULATION,
    "date": dates.DATE,
    "category": choices.CATEGORY,
    "question": choices.CATEGORY,
    "tag": choices.TAG,
    "location": addresses.LOCATION,
    "phone": addresses.PHONE,
    "email": addresses.EMAIL,
    "embed": addresses.EMBED,
    "contact": references.CONTACT,
    "app": references.APP,
    "image": references.IMAGE,
    "file": references.FILE,
    "video": references.VIDEO,
}
"""Types that Podio may add later are shown by what text they hold."""

CHIPS = {"category", "question", "state", "tag"}
"""The types whose values are chips also where they were not understood."""
