"""Podio, emulated: an ASGI app that holds its data in memory, for development, tests and the page's sample data.

Pure Python, without threads, files and connections: no module of it does I/O, at import or later. What it imitates, and
where it is not sure, stands in the modules; the ids of the sample data in ``podio_emulator.ids``.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Collection

from podio_emulator.cors import any_local_origin, any_local_redirect_uri, no_origin, one_of_origins
from podio_emulator.emulator import ConnectionDropped, Emulator, Settings
from podio_emulator.oauth.authorize import AuthorizeSettings
from podio_emulator.sample import sample_store

__all__ = [
    "ConnectionDropped",
    "Emulator",
    "any_local_origin",
    "any_local_redirect_uri",
    "create_app",
    "no_origin",
    "one_of_origins",
]


def _new_token() -> str:
    return secrets.token_hex(16)


def create_app(
    *,
    redirect_uri_allowed: Callable[[str], bool] = any_local_redirect_uri,
    origin_allowed: Callable[[str], bool] = any_local_origin,
    token_lifetime: int = 28800,
    echo_state: bool = True,
    token_errors_in_fragment: bool = False,
    cross_origin_opener_policy: str | None = None,
    rate_limit: int = 5000,
    heavy_rate_limit: int = 5000,
    base_url: str | None = None,
    control_hosts: Collection[str] = (),
    second_factor: bool = False,
    refuse_unknown_keys: bool = True,
    local_days: bool = False,
    largest_file: int = 100 * 1024 * 1024,
    push_allows_origins: Callable[[str], bool] = no_origin,
    push_hold: float = 45.0,
    push_lifetime: int = 21600,
    seed: int = 20190304,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    token_source: Callable[[], str] = _new_token,
) -> Emulator:
    """Make an emulator with the sample data.

    Args:
        redirect_uri_allowed: whether the authorize page may send people back to this address.
        origin_allowed: whether a page of this origin may call the API (``one_of_origins`` makes one of a list).
        token_lifetime: seconds that an access token lives.
        echo_state: whether the token flow gives ``state`` back, on errors too (unknown of Podio; ``code`` always does).
        token_errors_in_fragment: whether errors of the token flow (denials too) come back in the fragment, as RFC 6749
            has it, and not in the query, where Podio documents it.
        cross_origin_opener_policy: the value of that header on the authorize page; None: not sent.
        rate_limit: calls an hour per user and key. Podio allows 1,000; more here, lest a day's tests run into it.
        heavy_rate_limit: the same for calls that Podio marks as rate-limited (there 250).
        base_url: where the emulator is reached, for links to files; None: taken from each request.
        control_hosts: host names, besides the loopback ones, at which ``/_emulator/`` may be called over a network.
        second_factor: whether the password grant asks for a second factor (``ids.ONE_TIME_CODE``).
        refuse_unknown_keys: whether a key of a body that Podio doesn't document for the operation is refused, which
            finds misspelt ones. It isn't known what Podio does; False: they are ignored.
        local_days: whether filters by a day, and what is due today, go by the user's zone; False: by UTC. It isn't
            known which of them Podio goes by.
        largest_file: bytes that an uploaded file may have; Podio allows 100 MB.
        push_allows_origins: whether a page of this origin may use the push service at ``/faye``. It isn't known whether
            Podio lets any page do so: none, unless this says otherwise (``origin_allowed`` is for the API alone).
        push_hold: seconds that the push service holds a connect when there is nothing to tell.
        push_lifetime: seconds that a push object's signature is good for.
        seed: decides on what the 10,000 measurements say.
        clock: seconds since the epoch.
        sleep: waits these seconds (for faults with a delay).
        token_source: makes tokens, codes and cookies; must be unguessable where others can reach the emulator.
    """
    if token_lifetime <= 0:
        msg = f"token_lifetime must be at least one second, not {token_lifetime}"
        raise ValueError(msg)
    return Emulator(
        Settings(
            authorize=AuthorizeSettings(
                redirect_uri_allowed=redirect_uri_allowed,
                echo_state=echo_state,
                token_errors_in_fragment=token_errors_in_fragment,
                cross_origin_opener_policy=cross_origin_opener_policy,
            ),
            origin_allowed=origin_allowed,
            token_lifetime=token_lifetime,
            rate_limit=rate_limit,
            heavy_rate_limit=heavy_rate_limit,
            seed=seed,
            clock=clock,
            sleep=sleep,
            token_source=token_source,
            make_store=sample_store,
            base_url=base_url,
            control_hosts=control_hosts,
            second_factor=second_factor,
            refuse_unknown_keys=refuse_unknown_keys,
            local_days=local_days,
            largest_file=largest_file,
            push_origin_allowed=push_allows_origins,
            push_hold=push_hold,
            push_lifetime=push_lifetime,
        )
    )
