"""The library for synchronous programs: the same names without ``await``.

::

    from podio.sync import Podio

    with Podio(auth_type="app", client_id=..., client_secret=...) as podio:
        podio.authenticate_with_app(app_id, app_token)
        for item in podio.iterate_items(app_id):
            print(item["title"])

There is one implementation, the asynchronous one: a client here runs it in an event loop of its own, in a thread that
begins with the first call and ends with `close` (or with the client). So it works in a script, in several threads at
once and beside a running loop, as a notebook has one; in a page, which has no threads, it is refused.

What differs: `close` is `aclose`; what is gone through by ``async for`` is gone through by ``for``, and has a `close`
too; ``on_token_will_refresh`` and ``after_token_refreshed`` may be plain functions, and then run in a thread of their
own, where they may use the client. Other functions that are handed over (``progress``, ``on_state``) run in the
client's thread: from there no call can be made.

The types stand in ``__init__.pyi``, made of the asynchronous sources by ``python -m tools.sync_types``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from podio.sync._client import Podio
from podio.sync._fronts import Iteration, front_class

if TYPE_CHECKING:  # their fronts are made when they are first used
    from podio._objects import App, Item, ItemQuery

__all__ = ["App", "Item", "ItemQuery", "Iteration", "Podio"]


def __getattr__(name: str) -> Any:
    if name not in ("App", "Item", "ItemQuery"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return front_class(getattr(import_module("podio._objects"), name))
