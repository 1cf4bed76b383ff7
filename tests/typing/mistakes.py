"""Mistakes that type checkers must find. Each is allowed by name: one that isn't found is an error of `make check`."""

from __future__ import annotations

import podio as library
from podio import Podio
from podio.json_types import ItemFilter, ItemJSON


async def misspelt(podio: Podio, item: ItemJSON) -> None:
    """Misspell a class, an area, a method, a keyword, a key; leave an argument out."""
    library.Podeo  # type: ignore[attr-defined]  # pyright: ignore
    await podio.itmes.get(1)  # type: ignore[attr-defined]  # pyright: ignore
    await podio.items.gett(1)  # type: ignore[attr-defined]  # pyright: ignore
    await podio.items.get(1, mark_as_viewd=False)  # type: ignore[call-arg]  # pyright: ignore
    await podio.authenticate_with_app(1)  # type: ignore[call-arg]  # pyright: ignore
    podio.iterate_items(1, page_sise=5)  # type: ignore[call-arg]  # pyright: ignore
    body: ItemFilter = {"limt": 5}  # type: ignore[typeddict-unknown-key]  # pyright: ignore
    await podio.items.filter(1, body=body)
    item["titel"]  # type: ignore[typeddict-item]  # pyright: ignore


async def wrong(podio: Podio, name: str) -> None:
    """Pass a name for an id, a number for a switch, and read what may be missing."""
    await podio.items.get(name)  # type: ignore[arg-type]  # pyright: ignore
    await podio.items.get(1, fields=5)  # type: ignore[arg-type]  # pyright: ignore
    (await podio.items.update(1, body={}))["revision"]  # type: ignore[index]  # pyright: ignore
