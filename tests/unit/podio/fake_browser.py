"""A browser of a few lines: windows, channels, locks and storage, for tests of the library's edge to the real one.

It does what a browser does where it matters here: a window opens only where popups are allowed, a channel's message
comes in a later turn and never to a closed channel, a lock is had by one at a time, and None is JavaScript's
undefined, never its null.
"""

import asyncio
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit


class JsError(Exception):
    """What JavaScript throws."""


JS_NULL = object()
"""JavaScript's null, which is not its undefined (None)."""


class Proxy:
    """A Python callable in JavaScript's hands, until it is destroyed."""

    def __init__(self, target: Callable[..., Any]) -> None:
        self.target: Callable[..., Any] | None = target

    def __call__(self, *arguments: Any) -> Any:
        assert self.target is not None, "a destroyed proxy was called"
        return self.target(*arguments)

    def destroy(self) -> None:
        self.target = None


class Storage:
    """`sessionStorage`; `refused` are the beginnings of keys for which there is no room."""

    def __init__(self) -> None:
        self.items: dict[str, str] = {}
        self.refused: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        return len(self.items)

    def key(self, index: int) -> str:
        return list(self.items)[index]

    def getItem(self, key: str) -> Any:  # noqa: N802  the browser's name
        return self.items.get(key, JS_NULL)

    def setItem(self, key: str, value: str) -> None:  # noqa: N802  the browser's name
        if key.startswith(self.refused or ("\0",)):
            raise JsError("QuotaExceededError")
        self.items[key] = value

    def removeItem(self, key: str) -> None:  # noqa: N802  the browser's name
        self.items.pop(key, None)


class Window:
    """A window that was opened, with the copy of the storage that it got."""

    def __init__(self, copy: dict[str, str]) -> None:
        self.copy = copy
        self.opener: Any = "the page"
        self.closed = False
        self.address = "about:blank"
        self.location = Location(self)
        self.is_at_podio = False

    def arrive(self) -> None:
        """Show the provider's page: from now on the window is nobody's to close or to read."""
        self.is_at_podio = True

    @property
    def state(self) -> str:
        return parse_qs(urlsplit(self.address).query)["state"][0]

    def close(self) -> None:
        assert not self.is_at_podio, "a browser refuses that, and complains in its console"
        self.closed = True


class Location:
    """Where a window is; goes elsewhere in a later turn."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def replace(self, address: str) -> None:
        self._window.address = address
        asyncio.get_running_loop().call_soon(self._window.arrive)

    @property
    def href(self) -> str:
        if self._window.is_at_podio:
            raise JsError("SecurityError")
        return "about:blank"


class Channel:
    """A BroadcastChannel."""

    def __init__(self, name: str, all_of_them: "list[Channel]") -> None:
        self.name = name
        self.onmessage: Any = None
        self.closed = False
        self._all = all_of_them
        all_of_them.append(self)

    def postMessage(self, data: Any) -> None:  # noqa: N802  the browser's name
        assert not self.closed
        for other in self._all:
            if other is not self and other.name == self.name:
                asyncio.get_running_loop().call_soon(other._hear, data)

    def _hear(self, data: Any) -> None:
        if not self.closed and self.onmessage is not None:
            self.onmessage(SimpleNamespace(data=data))

    def close(self) -> None:
        self.closed = True


class Locks:
    """`navigator.locks`; `others` are held by other tabs."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.others: list[str] = []
        self.fails = False
        self.before_answer: Callable[[], Any] = lambda: None

    async def query(self) -> Any:
        await asyncio.sleep(0)
        self.before_answer()
        if self.fails:
            raise JsError("SecurityError")
        return SimpleNamespace(held=[SimpleNamespace(name=name) for name in (*self.held, *self.others)])

    async def request(self, name: str, options: Any, on_grant: Callable[[Any], Any]) -> None:
        await asyncio.sleep(0)
        if name in (*self.held, *self.others):
            on_grant(JS_NULL)
            return
        self.held.append(name)
        try:
            await on_grant(SimpleNamespace(name=name))
        finally:
            self.held.remove(name)


class Browser:
    """One tab's browser."""

    def __init__(self) -> None:
        self.storage = Storage()
        self.locks = Locks()
        self.channels: list[Channel] = []
        self.windows: list[Window] = []
        self.popups_allowed = False
        self.now = 0.0
        self.has_focus = True
        self.js: Any = ModuleType("js")
        self.js.window = SimpleNamespace(sessionStorage=self.storage, open=self._open)
        self.js.BroadcastChannel = SimpleNamespace(new=lambda name: Channel(name, self.channels))
        self.js.navigator = SimpleNamespace(locks=self.locks)
        self.js.performance = SimpleNamespace(now=lambda: self.now * 1000)
        self.js.document = SimpleNamespace(hasFocus=lambda: self.has_focus)
        self.js.Object = SimpleNamespace(fromEntries=None)

    def _open(self, address: str, name: str, features: str) -> Any:
        if not self.popups_allowed:
            return JS_NULL
        self.windows.append(Window(dict(self.storage.items)))
        return self.windows[-1]

    @property
    def open_windows(self) -> list[Window]:
        """The windows that are open and ours: those at the provider's page close themselves, or a user does."""
        return [window for window in self.windows if not window.closed and not window.is_at_podio]

    def answer(self, window: Window, fragment: str, url: str) -> None:
        """Do what callback.js does in the window."""
        channel = Channel(f"podio.answer.{window.state}", self.channels)
        query = f"podio_nonce={window.state}"
        channel.postMessage({"type": "answer", "state": window.state, "query": query, "fragment": fragment, "url": url})
        channel.close()

    @contextmanager
    def running(self) -> Iterator[Any]:
        """Let `podio.browser` be imported with this browser around it; gives that package."""
        ffi: Any = ModuleType("pyodide.ffi")
        ffi.JsException, ffi.jsnull, ffi.create_proxy = JsError, JS_NULL, Proxy
        ffi.to_js = lambda value, **options: value
        pyodide: Any = ModuleType("pyodide")
        pyodide.ffi = ffi
        fakes = {"js": self.js, "pyodide": pyodide, "pyodide.ffi": ffi}
        before = {name: sys.modules.get(name) for name in fakes}
        _forget_library()  # inside Pyodide a client has imported it already, with the JavaScript that is really there
        sys.modules.update(fakes)
        try:
            yield importlib.import_module("podio.browser")
        finally:
            for name, module in before.items():
                if module is None:
                    del sys.modules[name]
                else:
                    sys.modules[name] = module
            _forget_library()


def _forget_library() -> None:
    for name in [name for name in sys.modules if name.startswith("podio.browser")]:
        del sys.modules[name]
