"""Posts to the hooks' addresses: to this machine only, and to hosts that were named for it.

Whoever can call the emulator can make a hook, so an address that anybody chose must not let the emulator reach into a
network. The host is read once, by one parser, and what was read is what is connected to; a redirect is not followed.

The form is posted once, whatever the response: how often Podio tries again isn't known. Forms for one hook go out one
after the other. Source: https://developers.podio.com/examples/webhooks (a query of the address comes in the body).
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

_LOG = logging.getLogger("podio_emulator")
TIME_LIMIT = 10.0
"""Seconds for a post."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HookAddress:
    """Where a hook's form is posted, taken apart."""

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def authority(self) -> str:
        """The value of the request's Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @classmethod
    def parse(cls, url: str) -> HookAddress | None:
        """Return the address of an absolute http or https URL; None for anything else or unclear."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return None
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "\\" in url or not url.isprintable():
            return None
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=_DEFAULT_PORTS[parts.scheme] if port is None else port,
            path=path,
            query=parts.query,
        )


_DEFAULT_PORTS = {"http": 80, "https": 443}

Post = Callable[[HookAddress, bytes], Awaitable[int]]
"""Posts a form and returns the status of the response."""


class HookDelivery:
    """Delivers forms to the addresses that it may deliver to, behind the response to the call that set them off.

    Args:
        hosts: Hosts besides this machine's.
        post: What posts; None delivers nothing, as in a page.
    """

    def __init__(self, *, hosts: Collection[str], post: Post | None) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._post = post
        self._queues: dict[int, deque[tuple[HookAddress, bytes]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def reaches(self, url: str) -> bool:
        """Return whether forms are posted to an address."""
        return self._address_of(url) is not None

    def _address_of(self, url: str) -> HookAddress | None:
        address = HookAddress.parse(url)
        return address if self._post is not None and address is not None and self._is_allowed(address.host) else None

    def _is_allowed(self, host: str) -> bool:
        """Return whether a host is this machine, by its name or its address, or was named."""
        if host == "localhost" or host.lower() in self._hosts:
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    def send(self, hook_id: int, url: str, form: Mapping[str, str]) -> None:
        """Post a form to a hook's address, soon; passed over where the address isn't to be reached."""
        address = self._address_of(url)
        if address is None:
            return
        pairs = [*form.items(), *parse_qsl(address.query, keep_blank_values=True)]
        queue = self._queues.get(hook_id)
        entry = (address, urlencode(pairs).encode())
        if queue is not None:
            queue.append(entry)
            return
        self._queues[hook_id] = deque([entry])
        task = asyncio.get_running_loop().create_task(self._drain(hook_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def clear(self) -> None:
        """Drop what was not posted yet."""
        self._queues.clear()

    async def _drain(self, hook_id: int) -> None:
        queue = self._queues[hook_id]
        try:
            while queue and self._queues.get(hook_id) is queue:
                await self._deliver(hook_id, *queue.popleft())
        finally:
            # Also where the event loop ends: another may follow.
            if self._queues.get(hook_id) is queue:
                del self._queues[hook_id]

    async def _deliver(self, hook_id: int, address: HookAddress, body: bytes) -> None:
        if self._post is None:  # pragma: no cover - nothing is queued then
            return
        try:
            status = await asyncio.wait_for(self._post(address, body), TIME_LIMIT)
        except Exception as error:
            # Not the address: it may hold the receiver's secret.
            _LOG.warning("hook %d was not delivered to %s: %s", hook_id, address.authority, type(error).__name__)
        else:
            if not 200 <= status < 300:
                _LOG.warning("hook %d: %s responded with %d", hook_id, address.authority, status)


async def post_form(address: HookAddress, body: bytes) -> int:
    """Post a form over a connection of its own (HTTP/1.1) and return the status of the response.

    Raises:
        OSError: where there is no connection.
        ValueError: for a response that is no HTTP.
    """
    is_tls = address.scheme == "https"
    reader, writer = await asyncio.open_connection(address.host, address.port, ssl=True if is_tls else None)
    try:
        head = (
            f"POST {address.path} HTTP/1.1\r\nHost: {address.authority}\r\nUser-Agent: Podio Webhook\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            "Connection: close\r\n\r\n"
        )
        writer.write(head.encode("ascii") + body)
        await writer.drain()
        return int((await reader.readline()).split(b" ", 2)[1])
    except IndexError:
        raise ValueError("no status line") from None
    finally:
        writer.close()
