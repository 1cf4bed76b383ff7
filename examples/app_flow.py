"""A script that signs in as an app (the app flow) and lists the app's newest items.

Set these, then run ``python examples/app_flow.py`` with ``podio-client`` installed:

- ``PODIO_CLIENT_ID``, ``PODIO_CLIENT_SECRET``: the API key, from https://podio.com/settings/api
- ``PODIO_APP_ID``, ``PODIO_APP_TOKEN``: the app's, from its "Developer" page in Podio
- ``PODIO_SESSION``: the file that keeps the session for the next run; ``~/.podio/app_flow.json`` if left out
- ``PODIO_API_URL``, ``PODIO_TOKEN_URL``: another Podio, such as the emulator
"""

import asyncio
import os
import sys
from pathlib import Path

from podio import FileStore, NotAuthenticated, Podio, PodioError, RenewalError


def setting(name: str) -> str:
    """Return a setting of the environment, or end the program with a word on what is missing."""
    value = os.environ.get(name, "")
    if not value:
        sys.exit(f"Set {name} first: see the top of {Path(__file__).name}.")
    return value


async def list_items(podio: Podio, app_id: int) -> None:
    """Print the newest items of an app."""
    found = await podio.items.filter(app_id, body={"limit": 5, "sort_by": "created_on", "sort_desc": True})
    print(f"{found['total']} items, the newest:")
    for item in found["items"]:
        print(f"  {item['item_id']}  {item['title']}")


async def main() -> None:
    """Use the session of the last run, renewed where need be; sign in where there is none that serves."""
    app_id = int(setting("PODIO_APP_ID"))
    podio = Podio(
        auth_type="app",
        client_id=setting("PODIO_CLIENT_ID"),
        client_secret=setting("PODIO_CLIENT_SECRET"),
        session_store=FileStore(os.environ.get("PODIO_SESSION") or "~/.podio/app_flow.json"),
        app_id=app_id,
        api_url=os.environ.get("PODIO_API_URL", "https://api.podio.com"),
        token_url=os.environ.get("PODIO_TOKEN_URL", "https://api.podio.com/oauth/token"),
    )
    try:
        try:
            await list_items(podio, app_id)
        except (NotAuthenticated, RenewalError):
            await podio.authenticate_with_app(app_id, setting("PODIO_APP_TOKEN"))
            await list_items(podio, app_id)
    except PodioError as error:
        sys.exit(str(error))
    finally:
        await podio.aclose()


if __name__ == "__main__":
    asyncio.run(main())
