"""What a route needs to be read from Podio, and how answers are filed. Performs no I/O.

Each thing that is read has one place under one key, and each call a tag of its own. An answer is filed only where
its tag is still waited for, so that a late one can't overwrite what the person sees now.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from podio.model import App, Comment, Item, ItemsPage, Organization, User, read_list
from workbench import routes
from workbench.failures import STOPPED, Failure, Kind
from workbench.routes import AppPage, ItemPage, ListQuery, NewItemPage, SpacePage
from workbench.state import Loadable, RenewalPhase, State, read_key
from workbench.turn import Turn

_PASSING = ("rows:", "item:", "comments:")
COMMENTS_AT_MOST = 500


def needs(route: routes.Route) -> tuple[str, ...]:
    """Name what a route shows, beside the side bar."""
    match route:
        case SpacePage(space_id=space_id):
            return (read_key("apps", space_id),)
        case AppPage(app_id=app_id):
            return (read_key("app", app_id), read_key("rows", app_id))
        case NewItemPage(app_id=app_id):
            return (read_key("app", app_id),)
        case ItemPage(app_id=app_id, item_id=item_id):
            return (
                read_key("app", app_id),
                read_key("item", item_id),
                read_key("comments", item_id),
                read_key("rows", app_id),
            )
    return ()


def _query(state: State) -> ListQuery:
    return state.route.query if isinstance(state.route, AppPage | ItemPage | NewItemPage) else ListQuery()


def start(turn: Turn, key: str) -> None:
    """Read something, again if it is known; what is known stays visible meanwhile."""
    known: Loadable[Any] = turn.state.reads.get(key, Loadable())
    turn.abort(known.tag)
    kind, _, number = key.partition(":")
    asked: ListQuery | None = None
    match kind:
        case "me":
            tag = turn.call("GET", "/user/status")
        case "orgs":
            tag = turn.call("GET", "/org/")
        case "apps":
            tag = turn.call("GET", f"/app/space/{number}/")
        case "app":
            tag = turn.call("GET", f"/app/{number}")
        case "item":
            tag = turn.call("GET", f"/item/{number}")
        case "comments":
            tag = turn.call("GET", f"/comment/item/{number}/", {"limit": COMMENTS_AT_MOST})
        case "rows":
            asked = _query(turn.state)
            body = {
                "sort_by": asked.sort,
                "sort_desc": asked.descending,
                "limit": asked.size,
                "offset": asked.offset,
                "remember": False,
            }
            tag = turn.call("POST", f"/item/app/{number}/filter/", None, body)
        case _:
            return
    turn.put_read(key, replace(known, tag=tag, slow=False, failure=None, asked=asked))


def ensure(turn: Turn) -> None:
    """Read what the route and the page's frame need and isn't there; let go of what they don't."""
    wanted = ("me", "orgs", *needs(turn.state.route))
    for key, known in tuple(turn.state.reads.items()):
        if key not in wanted and key.startswith(_PASSING):
            turn.abort(known.tag)
            turn.put_read(key, None)
    for key in wanted:
        known = turn.state.reads.get(key, Loadable())
        other_page = key.startswith("rows:") and known.asked != _query(turn.state)
        if other_page or (not known.loading and (known.value is None or known.failure)):
            start(turn, key)


def refresh(turn: Turn) -> None:
    """Read anew all that the route shows."""
    for key in needs(turn.state.route):
        start(turn, key)


def retry_failed(turn: Turn, *kinds: Kind) -> None:
    """Read again what failed, for one of these reasons or (none given) for any."""
    for key, known in tuple(turn.state.reads.items()):
        if known.failure and (not kinds or known.failure.kind in kinds) and not known.loading:
            start(turn, key)


def stop(turn: Turn, key: str) -> None:
    """Stop waiting for something."""
    known = turn.state.reads.get(key)
    if known and known.loading:
        turn.abort(known.tag)
        turn.put_read(key, replace(known, tag=0, slow=False, failure=STOPPED))


def waiting_for(state: State, tag: int) -> str:
    """Find the key whose answer has this tag; empty when nobody waits for it any more."""
    return next((key for key, known in state.reads.items() if known.tag == tag), "") if tag else ""


def file_answer(turn: Turn, key: str, answer: Any) -> None:
    """File an answer under its key; one that can't be read is a failure of its own."""
    known = turn.state.reads[key]
    kind, _, number = key.partition(":")
    value: Any = None
    match kind:
        case "me":
            value = User.from_json(answer)
        case "orgs":
            value = read_list(Organization, answer) if isinstance(answer, list) else None
        case "apps":
            value = _apps_in_use(answer) if isinstance(answer, list) else None
        case "app":
            value = App.from_json(answer)
        case "item":
            value = Item.from_json(
                answer, app_id=turn.state.route.app_id if isinstance(turn.state.route, ItemPage) else None
            )
        case "comments":
            value = read_list(Comment, answer) if isinstance(answer, list) else None
        case "rows" if isinstance(answer, dict):
            offset = known.asked.offset if known.asked else 0
            value = ItemsPage.from_json(answer, app_id=int(number), offset=offset)
    if value is None:
        message = "Podio's answer could not be read. Try again in a little while."
        file_failure(turn, key, Failure(kind=Kind.UNREADABLE, message=message))
        return
    turn.put_read(key, replace(known, value=value, tag=0, slow=False, failure=None))
    if kind == "app" and value.space_id:
        show_space(turn, value.space_id)


def _apps_in_use(answer: list[Any]) -> tuple[App, ...]:
    return tuple(app for app in read_list(App, answer) if app.status in {"", "active"})


def file_failure(turn: Turn, key: str, failure: Failure) -> None:
    """File why something couldn't be read; what was known of it stays."""
    known = turn.state.reads[key]
    turn.put_read(key, replace(known, tag=0, slow=False, failure=failure))


def mark_slow(turn: Turn, key: str) -> None:
    """Say that something takes long; not while the sign-in is what is waited for."""
    if turn.state.renewal.phase is RenewalPhase.IDLE:
        turn.put_read(key, replace(turn.state.reads[key], slow=True))


def show_space(turn: Turn, space_id: int) -> None:
    """Unfold a workspace in the side bar and read its apps."""
    turn.set(expanded=turn.state.expanded | {space_id})
    key = read_key("apps", space_id)
    known = turn.state.reads.get(key, Loadable())
    if not known.loading and known.value is None:
        start(turn, key)
