"""The object layer: apps, their items and conditions on these, each a value of `podio.model` with a client beside it.

::

    app = await podio.app(app_id)
    async for item in app.where((app["status"] == "Client") & app["due"].between("-7d", "+0d")):
        item["due"] = date(2026, 12, 24)
        await item.save()

It decodes nothing: `podio.model` reads Podio's objects, `podio.fields` reads and writes their fields. Names and option
texts are checked against the app before anything is sent.
"""

from podio._objects._app import App
from podio._objects._conditions import Condition
from podio._objects._filterable import Filterable
from podio._objects._item import Item
from podio._objects._query import ItemQuery

__all__ = ["App", "Condition", "Filterable", "Item", "ItemQuery"]
