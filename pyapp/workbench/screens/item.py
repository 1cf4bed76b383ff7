"""One item: read, edited, commented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import htpy as h

from podio.fields import FieldValue
from podio.model import App, AppField, Comment, Item
from workbench import clicks, field_ui, rich_text, routes
from workbench import state as states
from workbench.core.clicks import Click, on_click
from workbench.core.parts import part
from workbench.core.reads import Loadable
from workbench.effects import ReturnTo
from workbench.form_drafts import control_id
from workbench.html_tokenizer import unescape
from workbench.names import name_of
from workbench.navigation import go
from workbench.outbox import AddComment, Change, DeleteComment
from workbench.places import Place
from workbench.reads import AppOf, CommentsOf, ItemOf, Me
from workbench.routes import ItemPage
from workbench.screens._screen import Screen
from workbench.state import State
from workbench.submissions import form_changes
from workbench.turn import Turn
from workbench.unsent_values import with_changes
from workbench.views import values
from workbench.views.changes import change_state, field_phase, item_phase, phase_name
from workbench.views.drafts import draft_of_item
from workbench.views.form_parts import cancel_link, control, draft_note, field_controls, form_state, submit_button
from workbench.views.parts import (
    by_and_when,
    heading,
    is_missing,
    loaded,
    missing,
    more_actions,
    waiting,
)
from workbench.views.people import avatar
from workbench.views.side_list import neighbours, side_list


class EditField(Click):
    """Edit the item, from one of its fields on."""

    field_id: int


def _title(state: State, route: ItemPage) -> str:
    item = state.read(ItemOf(item_id=route.item_id)).value
    name = _name(state, route, item) if item else "Item"
    return f"Edit {name}" if route.editing else name


def _name(state: State, route: ItemPage, item: Item) -> str:
    """Return the item's title, as the user has changed it."""
    app = state.read(AppOf(app_id=route.app_id)).value
    return name_of(with_changes(item, app, state.account.outbox))


def _view(state: State, route: ItemPage) -> h.Renderable:
    return h.div("#split.split")[
        part(side_list, state, route),
        h.article("#item.item", data_change=item_phase(state, route.item_id))[_item(state, route)],
    ]


def _item(state: State, route: ItemPage) -> h.Renderable:
    loadable = state.read(ItemOf(item_id=route.item_id))
    if (loadable.value is None or loadable.stands_in) and is_missing(loadable.failure):
        return missing("item")
    return h.fragment[
        heading("Item") if loadable.value is None else None,
        loaded(state, loadable, "the item", lambda item: _item_view(state, route, item)),
    ]


def _item_view(state: State, route: ItemPage, item: Item) -> h.Renderable:
    app = state.read(AppOf(app_id=route.app_id)).value
    deletions = form_changes(state, f"delete:item:{item.item_id}")
    return h.div("#item-columns.columns")[
        h.div("#item-main")[
            h.div(".title-row")[
                heading(_name(state, route, item)), None if route.editing else _actions(state, route, item, app)
            ],
            _meta(state, item),
            draft_of_item(state, route),
            [change_state(state, change, "the deletion") for change in deletions],
            part(_edit_form, state, route, item) if route.editing else part(_read_only, state, item, app),
        ],
        part(_comments, state, item, app),
    ]


def _actions(state: State, route: ItemPage, item: Item, app: App | None) -> h.Renderable:
    deleting = bool(form_changes(state, f"delete:item:{item.item_id}"))
    return h.div(".tools.actions")[
        neighbours(state, route),
        h.a("#edit-item", href=routes.fragment(route.edited), role="button", aria_keyshortcuts="e")["Edit"]
        if _may_edit(item, app)
        else None,
        more_actions(
            state,
            h.button(
                {**on_click(clicks.DeleteItem()), "aria-disabled": "true" if deleting else None},
                id="delete-item",
                type="button",
                class_="danger",
            )["Delete"]
            if item.allows("delete")
            else None,
        ),
    ]


def _may_edit(item: Item, app: App | None) -> bool:
    return item.allows("update") and (app is None or app.allow_edit)


def _meta(state: State, item: Item) -> h.Renderable:
    link = rich_text.safe_link(item.link)
    return h.p(".meta")[
        "Created by ",
        by_and_when(state, item.created_by, item.created_on),
        f" via {item.created_via.name}" if item.created_via else None,
        [" · Last changed by ", by_and_when(state, item.last_edit_by, item.last_edit_on)]
        if item.revision and item.last_edit_on
        else None,
        f" · Revision {item.revision or 0}",
        [" · ", values.link("Open in Podio", link)] if link and not states.is_sample(state) else None,
    ]


def _read_only(state: State, item: Item, app: App | None) -> h.Renderable:
    """The item with the user's own changes, and where these stand."""
    shown_item = with_changes(item, app, state.account.outbox)
    changes = form_changes(state, f"edit:item:{item.item_id}")
    return h.fragment[
        [change_state(state, change, "your change") for change in changes], _fields(state, shown_item, app)
    ]


def _fields(state: State, item: Item, app: App | None) -> h.Renderable:
    sections = _sections(state, item, app)
    extra = [row for row in (_tags(item), _files(item)) if row is not None]
    return h.div("#item-fields")[
        [
            [
                h.h2(".section", dir="auto")[label] if label else None,
                h.dl(".fields")[rows, extra if number == 1 else None] if rows or (extra and number == 1) else None,
            ]
            for number, (label, rows) in enumerate(reversed(sections), 1)
        ][::-1],
        h.p(".empty")["No field of this item has a value yet."] if not any(rows for _, rows in sections) else None,
    ]


def _sections(state: State, item: Item, app: App | None) -> list[tuple[str, list[h.Renderable]]]:
    """Return the rows of fields, under their separators; the title stands above all of them.

    A field without a value has a row where it can be filled.
    """
    templates = {field.field_id: field for field in app.fields} if app else {}
    fillable = _fillable(state, item, app)
    separators = [field for field in app.visible_fields if field.type == "separator"] if app else []
    order = [field.field_id for field in app.visible_fields] if app else []
    rank = {field_id: number for number, field_id in enumerate(order)}
    sections: list[tuple[str, list[h.Renderable]]] = [("", [])]
    is_titled = False
    fields: list[FieldValue | AppField] = [value for value in item.fields.fields if value.field_id]
    fields += [field for field_id, field in fillable.items() if item.fields.get(field_id) is None]
    for field in sorted(fields, key=lambda field: rank.get(field.field_id or 0, len(order))):
        field_id = field.field_id or 0
        while separators and rank[separators[0].field_id] < rank.get(field_id, len(order)):
            sections.append((name_of(separators.pop(0)), []))
        pieces = field_ui.show(item.fields.get(field_id), templates.get(field_id), state.site.locale)
        if pieces and field.type == "text" and not is_titled and field_ui.plain(pieces) == item.title:
            is_titled = True
        elif pieces or field_id in fillable:
            sections[-1][1].append(_field(state, item, field, pieces, can_edit=field_id in fillable))
    return [section for section in sections if section[1]] or sections[:1]


def _field(
    state: State, item: Item, field: FieldValue | AppField, pieces: Sequence[field_ui.Piece], *, can_edit: bool
) -> h.Renderable:
    """One field; a click on its value edits it. By keyboard the form is reached by "Edit"."""
    return h.div(
        class_="field" if pieces else "field blank",
        id=f"field-{field.field_id}",
        data_change=field_phase(state, item.item_id, field),
    )[
        h.dt(dir="auto")[name_of(field)],
        h.dd(on_click(EditField(field_id=field.field_id or 0)) if can_edit else {})[
            values.full(pieces) if pieces else "Empty"
        ],
    ]


def _fillable(state: State, item: Item, app: App | None) -> dict[int, AppField]:
    """Return the fields that the user may edit here, by id."""
    if app is None or not _may_edit(item, app):
        return {}
    return {field.field_id: field for field, _ in field_ui.form_controls(app, item, state.site.locale)}


def _tags(item: Item) -> h.Renderable | None:
    if not item.tags:
        return None
    return h.div(".field")[h.dt["Tags"], h.dd[h.span(".chips")[[values.chip(tag, "") for tag in item.tags]]]]


def _files(item: Item) -> h.Renderable | None:
    if not item.files:
        return None
    lines = [h.li[h.bdi[name_of(file)], f" ({field_ui.readable_size(file.size or 0)})"] for file in item.files]
    return h.div(".field")[h.dt["Files"], h.dd[h.ul(".several")[lines]]]


def _edit_form(state: State, route: ItemPage, item: Item) -> h.Renderable:
    item_read = state.read(ItemOf(item_id=item.item_id))
    form = f"edit:item:{item.item_id}"
    is_untouched = form not in state.account.drafts and form not in state.account.submissions
    # A row of a list, or what is remembered, is good to read, not to build a change on.
    if item_read.stands_in or (item_read.loading and is_untouched):
        return h.fragment[waiting(state, item_read, "the form") if item_read.loading else None]
    app = state.read(AppOf(app_id=route.app_id))
    return loaded(
        state, app, "the form", lambda app: _form(state, route, with_changes(item, app, state.account.outbox), app)
    )


def _form(state: State, route: ItemPage, item: Item, app: App) -> h.Renderable:
    form = f"edit:item:{item.item_id}"
    return h.form(f"#form-edit-{item.item_id}.form", data_form=form, novalidate=True, aria_label="Edit item")[
        field_controls(state, form, app, item),
        form_state(state, form, "your change"),
        h.div(".actions")[
            submit_button(state, form, "Save", "Saving…"),
            cancel_link(form, replace(route, editing=False)),
            draft_note(state, form),
        ],
    ]


def _comments(state: State, item: Item, app: App | None) -> h.Renderable:
    comments = state.read(CommentsOf(item_id=item.item_id))
    form = f"comment:item:{item.item_id}"
    return h.section("#comments.comments", aria_labelledby="comments-heading")[
        h.h2("#comments-heading")["Comments", f" ({len(comments.value)})" if comments.value else None],
        _read_comments(state, item, comments),
        _comment_list(state, item.item_id, comments.value),
        h.form(f"#form-comment-{item.item_id}.form", data_form=form, novalidate=True, aria_label="New comment")[
            control(state, form, field_ui.Control(name="text", label="Add a comment", kind="lines"), shortcut="c"),
            form_state(state, form, "your comment"),
            h.div(".actions")[submit_button(state, form, "Add comment", "Sending…"), draft_note(state, form)],
        ]
        if app is None or app.allow_comments
        else None,
    ]


def _read_comments(state: State, item: Item, comments: Loadable[tuple[Comment, ...]]) -> h.Node:
    """Say why the comments aren't there, where they aren't."""
    item_read = state.read(ItemOf(item_id=item.item_id))
    if comments == Loadable():
        if not item_read.loading:
            return None  # they come with the item, and why that isn't there is shown already
        comments = Loadable(tag=item_read.tag, is_slow=item_read.is_slow)
    return loaded(state, comments, "comments", lambda comments: None)


def _comment_list(state: State, item_id: int, comments: tuple[Comment, ...] | None) -> h.Renderable:
    """The comments in Podio, where they are read, and then those of the user that are on their way there."""
    comment_ids = {comment.external_id for comment in comments or ()}
    own_changes = [
        change
        for change in (*state.account.saved_changes, *state.account.outbox.changes)
        if isinstance(change.operation, AddComment) and change.operation.item == item_id
    ]
    phase_names = {change.change_id: phase_name(change) for change in own_changes}
    deletions = {
        change.operation.comment_id: change
        for change in state.account.outbox.changes
        if isinstance(change.operation, DeleteComment) and change.operation.item == item_id
    }
    unsent = [change for change in own_changes if change.change_id not in comment_ids]
    if not comments and not unsent:
        return h.fragment[None if comments is None else h.p(".empty")["No comments yet."]]
    return h.ol(".comment-list")[
        [
            _comment(state, comment, phase_names.get(comment.external_id), deletions.get(comment.comment_id))
            for comment in comments or ()
        ],
        [_unsent_comment(state, change) for change in unsent],
    ]


def _unsent_comment(state: State, change: Change) -> h.Renderable:
    text = change.operation.text if isinstance(change.operation, AddComment) else ""
    user = state.read(Me()).value
    return h.li(id=f"change-{change.change_id}", data_change=phase_name(change))[
        h.p(".meta")[avatar(name_of(user), user.image_link) if user else None, h.span(".who")["You"]],
        h.div(".prose", dir="auto")[values.rich(rich_text.from_plain(text))],
        change_state(state, change, "your comment"),
    ]


def _comment(state: State, comment: Comment, phase: str | None, deletion: Change | None) -> h.Renderable:
    nodes = (
        rich_text.from_html(comment.rich_value) if comment.rich_value else rich_text.from_plain(unescape(comment.value))
    )
    phase, author = phase_name(deletion) if deletion else phase, comment.created_by
    return h.li(id=f"comment-{comment.comment_id}", data_change=phase)[
        h.p(".meta")[
            avatar(author.name, author.image_link) if author else None,
            by_and_when(state, author, comment.created_on),
        ],
        h.div(".prose", dir="auto")[values.rich(nodes)],
        change_state(state, deletion, "the deletion") if deletion else None,
    ]


def _update(turn: Turn, route: ItemPage, click: EditField) -> None:
    focus = control_id(f"edit:item:{route.item_id}", f"f{click.field_id}")
    go(turn, route.edited, effect=ReturnTo(place=Place(focus=focus)))


SCREEN: Screen[ItemPage, EditField] = Screen(
    route=ItemPage, title=_title, view=_view, clicks=(EditField,), update=_update
)
