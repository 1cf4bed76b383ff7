"""Print each item of an app that changes: ``python receive_webhooks.py APP https://you.example/podio-hooks PORT``."""

import sys

from webhook_site import serve

from podio import Podio
from podio.webhooks import ItemEvent


async def show(podio: Podio, event: ItemEvent) -> None:
    """Print what Podio says now; what was posted can be anybody's."""
    item = await podio.items.get(event.item_id)
    print(f"{item['title']}, revision {item['revision']}")


app_id, url, port = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
serve(show, app_id, ["item.create", "item.update"], url=url, port=port)
