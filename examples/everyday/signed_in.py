"""The client of the scripts beside this one: signed in with a user's password once, from a session file afterwards.

``PODIO_CLIENT_ID``, ``PODIO_CLIENT_SECRET``: the API key, from https://podio.com/settings/api; ``PODIO_USERNAME``,
``PODIO_PASSWORD``: whom to sign in; ``PODIO_SESSION``: where the session is kept; ``PODIO_API_URL``,
``PODIO_PUSH_URL``: another Podio, such as the emulator.
"""

import os

from podio import FileStore, RetryPolicy
from podio.sync import Podio


def client() -> Podio:
    """Return a client that is signed in, and patient with Podio's limits."""
    api_url = os.environ.get("PODIO_API_URL", "https://api.podio.com")
    podio = Podio(
        auth_type="password",
        client_id=os.environ["PODIO_CLIENT_ID"],
        client_secret=os.environ["PODIO_CLIENT_SECRET"],
        session_store=FileStore(os.environ.get("PODIO_SESSION", "~/.podio/everyday.json")),
        retry_policy=RetryPolicy(attempts=4, max_wait=900, on_wait=print),
        api_url=api_url,
        token_url=f"{api_url}/oauth/token",
        push_url=os.environ.get("PODIO_PUSH_URL", "https://push.podio.com/faye"),
    )
    if not podio.is_authenticated():
        podio.authenticate_with_credentials(os.environ["PODIO_USERNAME"], os.environ["PODIO_PASSWORD"])
    return podio
