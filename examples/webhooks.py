"""A site that Podio tells of an app's items, and that prints them as they are: webhooks, in an app's own session.

Set these, then run ``python examples/webhooks.py`` with ``podio-client[starlette]`` and ``uvicorn`` installed:

- ``PODIO_CLIENT_ID``, ``PODIO_CLIENT_SECRET``: the API key, from https://podio.com/settings/api
- ``PODIO_APP_ID``, ``PODIO_APP_TOKEN``: the app's, from its "Developer" page in Podio
- ``WEBHOOK_SECRET``: 32 random characters or more (``python -c "import secrets; print(secrets.token_urlsafe())"``)
- ``PUBLIC_URL``: where Podio reaches the site; http://localhost:8080 if left out, which only the emulator does
- ``PODIO_API_URL``, ``PODIO_TOKEN_URL``: another Podio, such as the emulator
"""

import asyncio
import os
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette

from podio import Gone, NotFound, Podio, PodioError
from podio.starlette import webhook_route
from podio.webhook_receiver import WebhookReceiver
from podio.webhooks import ItemEvent, WebhookEvent

EVENTS = ("item.create", "item.update", "item.delete")


def setting(name: str) -> str:
    """Return a setting of the environment, or end the program with a word on what is missing."""
    value = os.environ.get(name, "")
    if not value:
        sys.exit(f"Set {name} first: see the top of {Path(__file__).name}.")
    return value


async def serve(podio: Podio, app_id: int, public_url: str, secret: str) -> None:
    """Serve the route, and have Podio post to it."""

    async def show(event: WebhookEvent) -> None:
        # Whoever knows the address can post what they like: what counts is what Podio says now.
        if not isinstance(event, ItemEvent):
            return
        try:
            item = await podio.items.get(event.item_id)
        except (NotFound, Gone):
            print(f"{event.item_id} is gone", flush=True)
        else:
            print(f"{item['item_id']}, revision {item['revision']}: {item['title']}", flush=True)

    receiver = WebhookReceiver(podio, show, url=f"{public_url}/podio-hooks", secret=secret)
    app = Starlette(routes=[webhook_route(receiver)])
    # Without the access log: the address holds the secret.
    server = uvicorn.Server(uvicorn.Config(app, access_log=False))
    # Listening before the first hook is made: Podio posts its code at once.
    with socket.create_server(("127.0.0.1", urlsplit(public_url).port or 8080)) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        async with receiver:
            for event in EVENTS:
                hook_id = await receiver.register("app", app_id, event)
                print(f"Hook {hook_id}: {event}", flush=True)
            await serving


async def main() -> None:
    """Sign in as the app, then serve until the program is stopped."""
    app_id = int(setting("PODIO_APP_ID"))
    async with Podio(
        auth_type="app",
        client_id=setting("PODIO_CLIENT_ID"),
        client_secret=setting("PODIO_CLIENT_SECRET"),
        api_url=os.environ.get("PODIO_API_URL", "https://api.podio.com"),
        token_url=os.environ.get("PODIO_TOKEN_URL", "https://api.podio.com/oauth/token"),
    ) as podio:
        app_token, secret = setting("PODIO_APP_TOKEN"), setting("WEBHOOK_SECRET")
        try:
            await podio.authenticate_with_app(app_id, app_token)
            await serve(podio, app_id, os.environ.get("PUBLIC_URL", "http://localhost:8080").rstrip("/"), secret)
        except PodioError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    asyncio.run(main())
