"""What the commands do once somebody is signed in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from podio import Podio
from podio._cli.console import CommandError, Console
from podio._cli.export import Format, writer
from podio._cli.filters import filters_of
from podio._paging import LARGEST_PAGE
from podio.json_text import parse_json
from podio.json_types import ItemFilter
from podio.model import App, Space, read_list

_CREDENTIALS = {"access_token", "refresh_token", "transfer_token", "app_token", "token", "client_secret", "password"}
_HIDDEN = "hidden on a terminal"


async def list_apps(podio: Podio, console: Console) -> None:
    """List the apps that the user has, or the app that is signed in: id, name, workspace."""
    session = podio.session
    owner = session.owner if session is not None else None
    if owner is not None and owner.app_id is not None:
        apps = read_list(App, [await podio.applications.get(int(owner.app_id))])
    else:
        apps = read_list(App, await podio.applications.get_all())
    names = await _space_names(podio) if owner is None or owner.app_id is None else {}
    rows = [("app_id", "name", "workspace")]
    rows += [(str(app.app_id), app.name, names.get(app.space_id, "")) for app in apps]
    lines = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    if console.is_terminal:
        widths = [max(len(line[place]) for line in lines) for place in range(3)]
        lines = [tuple(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    between = "  " if console.is_terminal else "\t"
    for line in lines:
        console.write(f"{between.join(line).rstrip()}\n")


async def _space_names(podio: Podio) -> dict[int | None, str]:
    organizations = await podio.organizations.get_all()
    spaces = (space for organization in organizations for space in read_list(Space, organization.get("spaces")))
    return {space.space_id: space.name for space in spaces}


async def export_items(
    podio: Podio,
    console: Console,
    app_id: int,
    *,
    conditions: Iterable[str],
    view_id: int | None,
    limit: int | None,
    form: Format,
    exact: bool,
) -> None:
    """Write an app's items, oldest first (of a view: in its order).

    Raises:
        CommandError: for a condition that the app can't be filtered by.
        PodioError: as `podio.Podio.iterate_items` does; what was written until then stays.
    """
    app = App.from_json(await podio.applications.get(app_id))
    if app is None:
        raise CommandError(f"Podio's answer is no app: {app_id}.")
    filters = filters_of(conditions, app)
    written, text = 0, writer(form, app, exact=exact)
    console.write(text.begin())
    body = cast("ItemFilter", {"filters": filters}) if filters else None
    page = min(limit or LARGEST_PAGE, LARGEST_PAGE)
    async with podio.iterate_items(app_id, body, view_id=view_id, page_size=page) as items:
        async for item in items:
            console.write(text.item(item))
            written += 1
            if written == limit:
                break
            if written % 100 == 0:
                console.progress(f"{written:,} of {items.filtered or 0:,} items")
    console.write(text.end())


async def make_request(
    podio: Podio, console: Console, method: str, path: str, *, params: Iterable[str], body: str | None
) -> None:
    """Make one call and write its body, never its headers.

    On a terminal JSON is indented, and tokens in it are hidden; elsewhere the body goes on as it came.

    Raises:
        CommandError: for a parameter or a body that isn't one.
        PodioError: when the call fails.
    """
    pairs = [param.partition("=") for param in params]
    if any(not name or not sign for name, sign, _ in pairs):
        raise CommandError("--param: write NAME=VALUE.")
    content = await podio.request_bytes(
        method.upper(), path, params={name: value for name, _, value in pairs}, body=_body(body, console)
    )
    if not console.is_terminal:
        console.write_bytes(content)
        return
    try:
        value = parse_json(content)
    except ValueError:
        _write_text(console, content)
    else:
        console.write(f"{json.dumps(_without_credentials(value), ensure_ascii=False, indent=2)}\n")


def _body(text: str | None, console: Console) -> Any:
    """Read the JSON of a call's body: of the command line, or (``-``) of the input."""
    if text is None:
        return None
    try:
        return parse_json((console.read() if text == "-" else text).encode())
    except ValueError:
        raise CommandError(
            "--body: this is no JSON. Write it as one argument, or - and send it to the input."
        ) from None


def _write_text(console: Console, content: bytes) -> None:
    if b"\0" in content:
        raise CommandError(f"The answer is no text ({len(content):,} bytes). Send it to a file: … > FILE")
    text = content.decode("utf-8", "replace")
    console.write(text if text.endswith("\n") or not text else f"{text}\n")


def _without_credentials(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _HIDDEN if name in _CREDENTIALS and isinstance(part, str) else _without_credentials(part)
            for name, part in value.items()
        }
    return [_without_credentials(part) for part in value] if isinstance(value, list) else value
