"""One item: read, edited, commented."""

from __future__ import annotations

from dataclasses import replace
from typing import Never

import htpy as h

from podio.model import App, Comment, Item
from workbench import clicks, field_ui, rich_text, routes
from workbench import state as states
from workbench.core.clicks import on_click
from workbench.core.parts import part
from workbench.core.reads import Loadable
from workbench.html_tokenizer import unescape
from workbench.locales import Locale
from workbench.names import name_of
from workbench.reads import AppOf, CommentsOf, ItemOf
from workbench.routes import ItemPage
from workbench.screens._screen import Screen
from workbench.state import Stage, State, Write
from workbench.views import values
from workbench.views.drafts import draft_of_item
from workbench.views.form_parts import cancel_link, control, draft_note, field_controls, submit_button, write_state
from workbench.views.parts import (
    button,
    by_and_when,
    heading,
    is_missing,
    loaded,
    missing,
    refresh_button,
    waiting,
)
from workbench.views.side_list import side_list


def _title(state: State, route: ItemPage) -> str:
    item = state.read(ItemOf(item_id=route.item_id)).value
    name = name_of(item) if item else "Item"
    return f"Edit {name}" if route.editing else name


def _view(state: State, route: ItemPage) -> h.Renderable:
    return h.div("#split.split")[part(side_list, state, route), h.article("#item.item")[_item(state, route)]]


def _item(state: State, route: ItemPage) -> h.Renderable:
    loadable = state.read(ItemOf(item_id=route.item_id))
    if (loadable.value is None or loadable.stands_in) and is_missing(loadable.failure):
        return missing("item")
    return h.fragment[
        heading("Item") if loadable.value is None else None,
        loaded(state, loadable, "the item", lambda item: _whole(state, route, item)),
    ]


def _whole(state: State, route: ItemPage, item: Item) -> h.Renderable:
    app = state.read(AppOf(app_id=route.app_id)).value
    return h.fragment[
        h.div(".title-row")[heading(name_of(item)), None if route.editing else _actions(state, route, item, app)],
        _meta(state, item),
        draft_of_item(state, route),
        write_state(state, f"delete:item:{item.item_id}", "the deletion", submits=False),
        part(_edit_form, state, route, item) if route.editing else part(_fields, state, item, app),
        part(_comments, state, item, app),
    ]


def _actions(state: State, route: ItemPage, item: Item, app: App | None) -> h.Renderable:
    may_edit = item.allows("update") and (app is None or app.allow_edit)
    deleting = f"delete:item:{item.item_id}" in state.writes
    return h.div(".actions")[
        h.a("#edit-item", href=routes.fragment(replace(route, editing=True)), role="button", class_="small")["Edit"]
        if may_edit
        else None,
        h.button(
            {**on_click(clicks.DeleteItem()), "aria-disabled": "true" if deleting else None},
            id="delete-item",
            type="button",
            class_="danger outline small",
        )["Delete"]
        if item.allows("delete")
        else None,
        refresh_button(state),
    ]


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
    """Return the rows of fields that have values, under their separators; the title stands above all of them."""
    templates = {field.field_id: field for field in app.fields} if app else {}
    separators = [field for field in app.visible_fields if field.type == "separator"] if app else []
    order = [field.field_id for field in app.visible_fields] if app else []
    rank = {field_id: number for number, field_id in enumerate(order)}
    sections: list[tuple[str, list[h.Renderable]]] = [("", [])]
    is_titled = False
    for value in sorted(item.fields.fields, key=lambda value: rank.get(value.field_id or 0, len(order))):
        while separators and rank[separators[0].field_id] < rank.get(value.field_id or 0, len(order)):
            sections.append((name_of(separators.pop(0)), []))
        pieces = field_ui.show(value, templates.get(value.field_id or 0), state.site.locale) if value.field_id else ()
        if pieces and value.type == "text" and not is_titled and field_ui.plain(pieces) == item.title:
            is_titled = True
        elif pieces:
            sections[-1][1].append(
                h.div(".field", id=f"field-{value.field_id}")[
                    h.dt(dir="auto")[name_of(value)], h.dd[values.whole(pieces)]
                ]
            )
    return [section for section in sections if section[1]] or sections[:1]


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
    whole = state.read(ItemOf(item_id=item.item_id))
    form = f"edit:item:{item.item_id}"
    is_untouched = form not in state.drafts and form not in state.writes
    # A row of a list, or what is remembered, is good to read, not to build a change on.
    if whole.stands_in or (whole.loading and is_untouched):
        return h.fragment[waiting(state, whole, "the form") if whole.loading else None]
    app = state.read(AppOf(app_id=route.app_id))
    return loaded(state, app, "the form", lambda app: _form(state, route, item, app))


def _form(state: State, route: ItemPage, item: Item, app: App) -> h.Renderable:
    form = f"edit:item:{item.item_id}"
    left_out = field_ui.left_out(app, item, state.site.locale)
    write = state.writes.get(form)
    return h.form(f"#form-edit-{item.item_id}.form", data_form=form, novalidate=True, aria_label="Edit item")[
        field_controls(state, form, app, item),
        h.p(".hint")[f"Edited in Podio itself: {', '.join(left_out)}."] if left_out else None,
        _conflict(state, form, write, app) if write and write.stage is Stage.CONFLICT else None,
        write_state(state, form, "your change"),
        h.div(".actions")[
            submit_button(state, form, "Save", "Saving…"),
            cancel_link(form, replace(route, editing=False)),
            draft_note(state, form),
        ],
    ]


def _conflict(state: State, form: str, write: Write, app: App) -> h.Renderable:
    theirs = write.theirs
    if theirs is None:
        return h.div(".failure", role="alert")[
            h.p["Somebody else changed this item while you were editing. What you typed is kept."],
            h.div(".choices")[button("Check again", clicks.CheckAgain(form=form), kind="small")],
        ]
    return h.div(f"#conflict-{theirs.item_id}.failure.conflict", role="alert", tabindex="-1", data_asks=True)[
        h.p[
            h.bdi[h.strong[(theirs.last_edit_by and theirs.last_edit_by.name) or "Somebody else"]],
            " changed this item",
            [" on ", field_ui.moment_text(theirs.last_edit_on, state.site.zone, state.site.locale)]
            if theirs.last_edit_on
            else None,
            " while you were editing. What you typed is kept. Which values should stay?",
        ],
        h.div(".table-scroll")[
            h.table[
                h.thead[
                    h.tr[h.th(scope="col")["Field"], h.th(scope="col")["Yours"], h.th(scope="col")["In Podio now"]]
                ],
                h.tbody[
                    [
                        h.tr[h.th(scope="row")[label], h.td(dir="auto")[mine or "–"], h.td(dir="auto")[now or "–"]]
                        for label, mine, now in differences(app, write, theirs, state.site.locale)
                    ]
                ],
            ]
        ],
        h.div(".choices")[
            button("Keep mine", clicks.KeepMine(form=form), kind="small"),
            button("Take theirs", clicks.TakeTheirs(form=form), kind="secondary small"),
        ],
    ]


def differences(app: App, write: Write, theirs: Item, locale: Locale) -> list[tuple[str, str, str]]:
    """List what the person's texts and the item now hold, for the controls that were sent."""
    found = []
    for field, made in field_ui.form_controls(app, theirs, locale):
        for each in made:
            if each.name in write.sent and write.sent[each.name].strip() != each.value.strip():
                is_check = each.kind == "check"
                names = {field_ui.CHECKED: "Yes", "": "No"} if is_check else dict(each.choices)
                mine = write.sent[each.name]
                label = f"{name_of(field)}: {each.label}" if is_check else each.label
                found.append((label, names.get(mine, mine), names.get(each.value, each.value)))
    return found


def _comment_list(state: State, item: Item, comments: Loadable[tuple[Comment, ...]]) -> h.Node:
    item_read = state.read(ItemOf(item_id=item.item_id))
    if comments == Loadable():
        if not item_read.loading:
            return None  # they come with the item, of which is said already why it isn't there
        comments = Loadable(tag=item_read.tag, slow=item_read.slow)
    return loaded(
        state,
        comments,
        "comments",
        lambda comments: h.ol(".comment-list")[[_comment(state, each) for each in comments]],
        empty="No comments yet.",
    )


def _comments(state: State, item: Item, app: App | None) -> h.Renderable:
    comments = state.read(CommentsOf(item_id=item.item_id))
    form = f"comment:item:{item.item_id}"
    return h.section("#comments.comments", aria_labelledby="comments-heading")[
        h.h2("#comments-heading")["Comments", f" ({len(comments.value)})" if comments.value else None],
        _comment_list(state, item, comments),
        h.form(f"#form-comment-{item.item_id}.form", data_form=form, novalidate=True, aria_label="New comment")[
            control(state, form, field_ui.Control(name="text", label="Add a comment", kind="lines")),
            write_state(state, form, "your comment"),
            h.div(".actions")[submit_button(state, form, "Add comment", "Sending…"), draft_note(state, form)],
        ]
        if app is None or app.allow_comments
        else None,
    ]


def _comment(state: State, comment: Comment) -> h.Renderable:
    nodes = (
        rich_text.from_html(comment.rich_value) if comment.rich_value else rich_text.from_plain(unescape(comment.value))
    )
    return h.li(id=f"comment-{comment.comment_id}")[
        h.p(".meta")[by_and_when(state, comment.created_by, comment.created_on)],
        h.div(".prose", dir="auto")[values.rich(nodes)],
    ]


SCREEN: Screen[ItemPage, Never] = Screen(route=ItemPage, title=_title, view=_view)
