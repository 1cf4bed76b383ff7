"""How the page shows and edits each type of Podio field: a row for each in the table of `types`.

Item page, form, and what pastes, filters and imports use the same rows. What a field holds as JSON, `podio.fields`
alone reads and writes.
"""

from workbench.field_ui.controls import CHECKED, UNREADABLE, Complaint, Control, Reading
from workbench.field_ui.dates import moment_text
from workbench.field_ui.forms import (
    FormReading,
    check_text,
    field_controls,
    form_controls,
    icon,
    is_left_to_podio,
    read_form,
    read_text,
    saved_as,
    show,
)
from workbench.field_ui.numbers import number_text
from workbench.field_ui.pieces import Piece, ink, plain, readable_size

__all__ = [
    "CHECKED",
    "UNREADABLE",
    "Complaint",
    "Control",
    "FormReading",
    "Piece",
    "Reading",
    "check_text",
    "field_controls",
    "form_controls",
    "icon",
    "ink",
    "is_left_to_podio",
    "moment_text",
    "number_text",
    "plain",
    "read_form",
    "read_text",
    "readable_size",
    "saved_as",
    "show",
]
