"""Podio, emulated: an ASGI app that holds its data in memory, for development, tests and the page's sample data.

Pure Python. Only `serving` has threads and a socket (and with it `server`, which the pytest plugin hands out), and
`hook_delivery` connections to the hooks' addresses; the rest does no I/O, at import or later. What it imitates, and
where it is not sure, stands in the modules; the ids of the sample data in ``podio_emulator.ids``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from podio_emulator.application import create_app
    from podio_emulator.cors import any_local_origin, any_local_redirect_uri, no_origin, one_of_origins
    from podio_emulator.emulator import ConnectionDropped, Emulator

__all__ = [
    "ConnectionDropped",
    "Emulator",
    "any_local_origin",
    "any_local_redirect_uri",
    "create_app",
    "no_origin",
    "one_of_origins",
]

__version__ = "0.1.0"

_MODULES = {
    "ConnectionDropped": "emulator",
    "Emulator": "emulator",
    "any_local_origin": "cors",
    "any_local_redirect_uri": "cors",
    "create_app": "application",
    "no_origin": "cors",
    "one_of_origins": "cors",
}
"""Where the names are, which are imported when they are first used: every run of pytest imports this package."""

if not TYPE_CHECKING:  # a type checker would take every misspelt name for one that is imported later

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"podio_emulator.{_MODULES[name]}"), name)
