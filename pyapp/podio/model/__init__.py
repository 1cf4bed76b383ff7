"""Podio's objects, decoded: each a frozen value whose attributes can be relied on.

::

    app = App.from_json(await podio.request("GET", "/app/456"))
    app.field("status").options
    page = ItemsPage.from_json(await podio.items.filter(456, body={"limit": 100}))
    for item in page.items:
        item.title, item.created_on, item.fields["status"].value
    spaces = read_list(Space, await podio.request("GET", "/org/1/space/"))

What Podio answers is decoded here once, and tolerantly: keys may be missing, null or of another type, and nothing
raises for that. What can't be read is None or empty; where an object has no id, `from_json` returns None, and a list
leaves it out. `raw` keeps the JSON whole, for all that has no attribute; it counts neither for equality nor for
`repr`, because it may hold a credential: the ``token`` of an app, the ``calendar_code`` of a user.

Names and titles are plain text: the one layer of character references that Podio writes into them (``&amp;``) is
undone, outer spaces are gone. The values of fields, which are written back, stay as Podio sends them; `podio.fields`
alone reads and writes those. Links are as they came: nothing vouches for where they lead.
"""

from podio.model._apps import App, AppField, View
from podio.model._item_columns import ItemColumns, read_item_columns
from podio.model._items import Comment, File, Item, ItemsPage, Revision
from podio.model._objects import Byline, PodioObject, Reference, Via, read_list
from podio.model._places import Organization, Space, User
from podio.model._tasks import Label, Task

__all__ = [
    "App",
    "AppField",
    "Byline",
    "Comment",
    "File",
    "Item",
    "ItemColumns",
    "ItemsPage",
    "Label",
    "Organization",
    "PodioObject",
    "Reference",
    "Revision",
    "Space",
    "Task",
    "User",
    "Via",
    "View",
    "read_item_columns",
    "read_list",
]
