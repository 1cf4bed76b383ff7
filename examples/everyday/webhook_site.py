"""The site of receive_webhooks.py, signed in as the app; Podio reaches it through a proxy that has the certificate.

``PODIO_CLIENT_ID``, ``PODIO_CLIENT_SECRET``, ``PODIO_API_URL``: as in signed_in.py; ``PODIO_APP_TOKEN``: the app's,
from its "Developer" page; ``WEBHOOK_SECRET``: 32 random characters or more, such as ``secrets.token_urlsafe()``.
"""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import uvicorn
from starlette.applications import Starlette

from podio import Podio
from podio.starlette import webhook_route
from podio.webhook_receiver import WebhookReceiver
from podio.webhooks import ItemEvent

Handler = Callable[[Podio, ItemEvent], Awaitable[None]]


def serve(handler: Handler, app_id: int, events: Sequence[str], *, url: str, port: int) -> None:
    """Have Podio post an app's item events to the site, and handle them until Ctrl-C."""
    asyncio.run(_serve(handler, app_id, events, url, port))


async def _serve(handler: Handler, app_id: int, events: Sequence[str], url: str, port: int) -> None:
    api_url = os.environ.get("PODIO_API_URL", "https://api.podio.com")
    async with Podio(
        auth_type="app",
        client_id=os.environ["PODIO_CLIENT_ID"],
        client_secret=os.environ["PODIO_CLIENT_SECRET"],
        api_url=api_url,
        token_url=f"{api_url}/oauth/token",
    ) as podio:
        await podio.authenticate_with_app(app_id, os.environ["PODIO_APP_TOKEN"])
        receiver = WebhookReceiver(podio, partial(handler, podio), url=url, secret=os.environ["WEBHOOK_SECRET"])
        # Without the access log: the address holds the secret.
        server = uvicorn.Server(uvicorn.Config(Starlette(routes=[webhook_route(receiver)]), access_log=False))
        # Listening before the first hook is made: Podio posts its code at once.
        with socket.create_server(("127.0.0.1", port)) as listener:
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            async with receiver:
                for event in events:
                    hook_id = await receiver.register("app", app_id, event)
                    print(f"Hook {hook_id}: {event}")
                await serving
