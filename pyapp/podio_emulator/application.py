"""How an emulator is made."""

from __future__ import annotations

import asyncio
import secrets
import sys
import time
from collections.abc import Awaitable, Callable, Collection

from podio_emulator.cors import any_local_origin, any_local_redirect_uri, no_origin
from podio_emulator.emulator import Emulator
from podio_emulator.hook_delivery import HookDelivery, Post, post_form
from podio_emulator.oauth.authorize import AuthorizeSettings
from podio_emulator.sample import sample_store, store_without_apps
from podio_emulator.settings import Settings


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
    hook_hosts: Collection[str] = (),
    post_hook: Post | None = None if sys.platform == "emscripten" else post_form,
    sample_data: bool = True,
    seed: int = 20190304,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    token_source: Callable[[], str] = _new_token,
) -> Emulator:
    """Return an emulator with the sample data, or with its users and empty workspaces alone.

    `Settings` and `AuthorizeSettings` say what each option does.

    Raises:
        ValueError: for a token that would not live for a second.
    """
    settings = Settings(
        authorize=AuthorizeSettings(
            redirect_uri_allowed, echo_state, token_errors_in_fragment, cross_origin_opener_policy
        ),
        origin_allowed=origin_allowed,
        token_lifetime=token_lifetime,
        rate_limit=rate_limit,
        heavy_rate_limit=heavy_rate_limit,
        seed=seed,
        clock=clock,
        sleep=sleep,
        token_source=token_source,
        make_store=sample_store if sample_data else store_without_apps,
        base_url=base_url,
        control_hosts=control_hosts,
        second_factor=second_factor,
        refuse_unknown_keys=refuse_unknown_keys,
        local_days=local_days,
        largest_file=largest_file,
        push_origin_allowed=push_allows_origins,
        push_hold=push_hold,
        push_lifetime=push_lifetime,
        hooks=HookDelivery(hosts=hook_hosts, post=post_hook),
    )
    return Emulator(settings)
