"""Registers webhooks at Podio, takes what is posted to them, and has it handled behind the response.

1. The hooks' address ends in a secret that only Podio has been told; it is compared in constant time. Whoever posts
   there without it gets what any unknown address gets.
2. What is posted is a hint (`podio.webhooks`): the handler reads the object from Podio.
3. The response goes out at once; handlers run behind it, in the order in which the events came.
4. A hook is made active only if this program registered it and its verification is pending; a code of somebody else's
   uses up one of a few tries and reaches Podio with no other hook's id.
5. A repeat is handled once: an event that Podio numbers (a revision, a new comment) by its number, any other while an
   equal one still waits, for what waits will read the newest state anyway.

Knows no web framework; `podio.starlette.webhook_route` joins it to one.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol, Self
from urllib.parse import urlsplit

from podio._file_addresses import HOSTS_OF_THIS_MACHINE
from podio.errors import APIError, ConfigurationError, PodioError
from podio.webhooks import HookVerification, InvalidWebhook, WebhookEvent, read_webhook

if TYPE_CHECKING:
    from podio.client import Podio

__all__ = ["VERIFICATION_TIME", "LocalWebhookMemory", "WebhookMemory", "WebhookReceiver"]

VERIFICATION_TIME = 3600.0
"""Seconds for which a hook that was registered may be verified."""
VERIFICATION_TRIES = 5
"""How many codes are sent to Podio for a hook that was registered."""
MOST_REMEMBERED = 10_000

_SECRET = re.compile(r"[A-Za-z0-9_-]{32,200}", re.ASCII)
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*", re.ASCII)

Handler = Callable[[Any], Awaitable[object]]
"""Handles an event; what it raises is logged."""

log = logging.getLogger("podio.webhooks")


class WebhookMemory(Protocol):
    """What a receiver must remember; processes that serve one address share it (`podio.redis.RedisWebhookMemory`)."""

    async def expect(self, hook_id: int) -> None:
        """Note that a hook was registered, so that its verification is pending."""
        ...

    async def take_try(self, hook_id: int) -> bool:
        """Use up one of the tries to verify a hook; False where its verification isn't pending or none is left."""
        ...

    async def settle(self, hook_id: int) -> None:
        """Note that a hook's verification is pending no more."""
        ...

    async def is_new(self, identity: str) -> bool:
        """Note an event; return False if it was noted before."""
        ...

    async def forget(self, identity: str) -> None:
        """Note that an event was not handled, so that a repeat is new."""
        ...


class LocalWebhookMemory:
    """Remembers in this process: pending verifications for an hour, and the 10,000 events that came last.

    Args:
        clock: Seconds since 1970.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._pending: dict[int, tuple[float, int]] = {}
        self._events: OrderedDict[str, None] = OrderedDict()

    async def expect(self, hook_id: int) -> None:
        """Note that a hook was registered."""
        self._pending[hook_id] = (self._clock() + VERIFICATION_TIME, VERIFICATION_TRIES)

    async def take_try(self, hook_id: int) -> bool:
        """Use up one of the tries to verify a hook."""
        until, tries = self._pending.pop(hook_id, (0.0, 0))
        if tries < 1 or until < self._clock():
            return False
        self._pending[hook_id] = (until, tries - 1)
        return True

    async def settle(self, hook_id: int) -> None:
        """Note that a hook's verification is pending no more."""
        self._pending.pop(hook_id, None)

    async def is_new(self, identity: str) -> bool:
        """Note an event; return False if it was noted before."""
        if identity in self._events:
            self._events.move_to_end(identity)
            return False
        self._events[identity] = None
        if len(self._events) > MOST_REMEMBERED:
            self._events.popitem(last=False)
        return True

    async def forget(self, identity: str) -> None:
        """Note that an event was not handled."""
        self._events.pop(identity, None)


class WebhookReceiver:
    """Receives the webhooks of one address.

    Args:
        podio: The client that registers and verifies hooks; it must be signed in by then.
        handler: Called with each event (a `podio.webhooks.WebhookEvent`). It reads the object that the event names from
            Podio. What it raises is logged (``podio.webhooks``), and counts as not handled: a repeat is handled anew.
        url: The hooks' address as Podio shall call it, without the secret: ``https://you.example/podio-hooks``. Podio
            calls ports 80 and 443 only; for the emulator any port of this machine will do.
        secret: The last part of the address: 32 or more random letters, digits, ``-`` and ``_``
            (``secrets.token_urlsafe()``), from the environment, the same for all processes.
        memory: What is remembered; in this process if left out.
        at_once: How many events are handled at the same time; with one they are handled in the order they came in.
        most_waiting: How many events may wait. One that comes beyond is refused (503), so that Podio may repeat it.

    Raises:
        ConfigurationError: for a wrong option, which the message names.
    """

    def __init__(
        self,
        podio: Podio,
        handler: Handler,
        *,
        url: str,
        secret: str,
        memory: WebhookMemory | None = None,
        at_once: int = 1,
        most_waiting: int = 1000,
    ) -> None:
        if not isinstance(secret, str) or not _SECRET.fullmatch(secret):
            raise ConfigurationError("secret must be 32 to 200 random letters, digits, - and _.")
        if at_once < 1 or most_waiting < 1:
            raise ConfigurationError("at_once and most_waiting must be 1 at least.")
        self.path = _checked_path(url)
        """The path of the address, without the secret."""
        self._podio = podio
        self._handler = handler
        self._address = f"{url.rstrip('/')}/{secret}"
        self._secret = secret.encode()
        self._memory = memory if memory is not None else LocalWebhookMemory()
        self._turns = asyncio.Semaphore(at_once)
        self._most_waiting = most_waiting
        self._waiting: set[tuple[object, ...]] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def __repr__(self) -> str:
        return f"<WebhookReceiver at {self.path}>"

    async def __aenter__(self) -> Self:
        """Return the receiver itself; `aclose` is called at the end."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Call `aclose`."""
        await self.aclose()

    async def aclose(self, patience: float = 10.0) -> None:
        """Wait for what is being handled and for what waits, so many seconds; then give it up."""
        tasks = self._tasks - {asyncio.current_task()}
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=patience)
        for task in late:
            task.cancel()
        if late:
            log.warning("given up: %d webhooks that were not handled in %.0f seconds", len(late), patience)
            await asyncio.wait(late)

    async def register(self, ref_type: str, ref_id: int, event: str) -> int:
        """Have Podio post an event of an app, a field or a workspace here, and return the hook's id.

        One hook serves, however often this is called: where there is an active one it stays, where there is one that
        isn't verified it is verified. The hook is active once Podio has posted its code here, which it does at once, so
        the route must be served by then.

        Args:
            ref_type: ``app``, ``app_field`` or ``space``.
            ref_id: Its id.
            event: The type of the event: ``item.update``.

        Raises:
            PodioError: as any call; `ConfigurationError` where Podio refuses the address.
        """
        hook_id = None
        for hook in await self._podio.hooks.get_all(ref_type, ref_id):
            if hook.get("type") == event and hook.get("url") == self._address:
                hook_id = hook["hook_id"]
                if hook.get("status") == "active":
                    return hook_id
        if hook_id is None:
            hook_id = await self._create(ref_type, ref_id, event)
        await self._memory.expect(hook_id)
        await self._podio.hooks.request_verification(hook_id)
        return hook_id

    def is_secret(self, text: str) -> bool:
        """Return whether a text is the address's secret; it takes equally long for all wrong ones."""
        return hmac.compare_digest(text.encode("utf-8", "surrogatepass"), self._secret)

    def receive(self, body: bytes) -> int:
        """Take what was posted to the address with the right secret, and return the status to respond with at once.

        It runs in the event loop, where what it starts goes on.
        """
        try:
            event = read_webhook(body)
        except InvalidWebhook as error:
            log.warning("refused: %s", error)
            return 400
        if isinstance(event, HookVerification):
            equal: tuple[object, ...] = (event.type, event.hook_id, event.code)
            return self._start(self._verify(event, equal), equal)
        equal = (event.type, event.hook_id, *sorted(event.parameters.items()))
        return self._start(self._handle(event, equal), equal)

    def _start(self, work: Any, equal: tuple[object, ...]) -> int:
        is_repeat, is_full = equal in self._waiting, len(self._tasks) >= self._most_waiting
        if is_repeat or is_full:
            work.close()
            return 200 if is_repeat else 503
        self._waiting.add(equal)
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return 200

    async def _handle(self, event: WebhookEvent, equal: tuple[object, ...]) -> None:
        async with self._turns:
            self._waiting.discard(equal)  # from here on the object is read, so an equal event may be news
            identity = event.identity
            try:
                if identity is not None and not await self._is_new(identity):
                    return
                await self._handler(event)
            except Exception:
                log.exception("failed: %s of hook %d", event.type, event.hook_id)
                if identity is not None:
                    await self._quietly(self._memory.forget(identity))

    async def _is_new(self, identity: str) -> bool:
        try:
            return await self._memory.is_new(identity)
        except PodioError as error:
            # A hint that is followed twice does no harm; one that is overlooked does.
            log.warning("failed: remembering an event: %s", error)
            return True

    async def _verify(self, event: HookVerification, equal: tuple[object, ...]) -> None:
        try:
            if not await self._memory.take_try(event.hook_id):
                log.warning("refused: hook.verify of hook %d, whose verification isn't pending here", event.hook_id)
                return
            await self._podio.hooks.validate_verification(event.hook_id, body={"code": event.code})
        except PodioError as error:
            log.warning("failed: verification of hook %d: %s", event.hook_id, error)
        else:
            log.info("verified: hook %d", event.hook_id)
            await self._quietly(self._memory.settle(event.hook_id))
        finally:
            self._waiting.discard(equal)

    async def _create(self, ref_type: str, ref_id: int, event: str) -> int:
        try:
            created = await self._podio.hooks.create(ref_type, ref_id, body={"url": self._address, "type": event})
            return created["hook_id"]
        except APIError as error:
            if self._secret.decode() not in str(error):
                raise
        raise ConfigurationError("Podio refuses the hook's address. Is url right, at port 80 or 443?")

    async def _quietly(self, noting: Awaitable[None]) -> None:
        try:
            await noting
        except PodioError as error:
            log.warning("failed: %s", error)


def _checked_path(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except (ValueError, AttributeError):
        raise ConfigurationError("url must be an absolute address.") from None
    path = parts.path.rstrip("/")
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or not _PATH.fullmatch(path):
        raise ConfigurationError("url must be an absolute address whose path has letters, digits, ., _, ~ and - only.")
    if parts.query or parts.fragment:
        raise ConfigurationError("url must have no query and no fragment: Podio puts a query into the body.")
    if parts.hostname not in HOSTS_OF_THIS_MACHINE:
        if port not in {None, 80, 443}:
            raise ConfigurationError("url must be at port 80 or 443: Podio calls no other.")
        if parts.scheme != "https":
            raise ConfigurationError("url must begin with https: else whoever carries its bytes can read the secret.")
    return path
