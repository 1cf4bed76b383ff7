"""All that may differ between two emulators."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field

from podio_emulator.hook_delivery import HookDelivery
from podio_emulator.oauth.authorize import AuthorizeSettings
from podio_emulator.store import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """How an emulator behaves; ``create_app`` has the defaults.

    Attributes:
        authorize: how the authorize page behaves.
        origin_allowed: whether a page of this origin may call the API (``one_of_origins`` makes one of a list).
        token_lifetime: seconds that an access token lives.
        rate_limit: calls an hour per user and key. Podio allows 1,000; more here, lest a day's tests run into it.
        heavy_rate_limit: the same for calls that Podio marks as rate-limited (there 250).
        base_url: where the emulator is reached, for links to files; None: taken from each request.
        control_hosts: host names, besides the loopback ones, at which ``/_emulator/`` may be called over a network.
        second_factor: whether the password grant requires a second factor (``ids.ONE_TIME_CODE``).
        refuse_unknown_keys: whether a key of a body that Podio doesn't document for the operation is refused, which
            finds misspelt ones. It isn't known what Podio does; False: they are ignored.
        local_days: whether filters by a day, and what is due today, go by the user's zone; False: by UTC. It isn't
            known which of them Podio goes by.
        largest_file: bytes that an uploaded file may have; Podio allows 100 MB.
        push_origin_allowed: whether a page of this origin may use the push service at ``/faye``. It isn't known whether
            Podio lets any page do so: none, unless this says otherwise (``origin_allowed`` is for the API alone).
        push_hold: seconds that the push service holds a connect when there is no event.
        push_lifetime: seconds that a push object's signature is good for.
        hooks: delivers what hooks are set off by. ``create_app`` makes one for ``hook_hosts`` besides this machine's
            names and addresses; ``post_hook`` posts (None: nothing is delivered).
        seed: decides on what the 10,000 measurements say.
        clock: seconds since the epoch.
        sleep: waits these seconds (for faults with a delay).
        token_source: makes tokens, codes and cookies; must be unguessable where others can reach the emulator.
        make_store: makes the data of a seed.

    Raises:
        ValueError: for a token that would not live for a second.
    """

    authorize: AuthorizeSettings
    origin_allowed: Callable[[str], bool]
    token_lifetime: int
    rate_limit: int
    heavy_rate_limit: int
    base_url: str | None
    control_hosts: Collection[str]
    second_factor: bool
    refuse_unknown_keys: bool
    local_days: bool
    largest_file: int
    push_origin_allowed: Callable[[str], bool]
    push_hold: float
    push_lifetime: int
    hooks: HookDelivery
    seed: int
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    token_source: Callable[[], str] = field(repr=False)
    make_store: Callable[[int], Store]

    def __post_init__(self) -> None:
        if self.token_lifetime <= 0:
            msg = f"token_lifetime must be at least one second, not {self.token_lifetime}"
            raise ValueError(msg)
