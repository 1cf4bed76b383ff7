"""What a store can do besides: declared, checked where the client is made, and never silently missing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, get_args

import pytest

from podio import MemoryStore, Podio, Session, errors
from podio._session_records import _METHODS, SessionRecords
from podio.session import AuthType, StoreAbility


class PlainStore:
    """A store of somebody else's that declares nothing."""

    def get(self, auth_type: AuthType) -> Session | None:
        return None

    def set(self, session: Session | None, auth_type: AuthType) -> None: ...


def podio(store: Any) -> Podio:
    return Podio("app", client_id="c", client_secret="secret-of-c", session_store=store, allow_secret_in_page=True)


def with_methods(*names: str, **attributes: Any) -> Any:
    return type("Their", (PlainStore,), {**{name: lambda self: None for name in names}, **attributes})()


def test_each_ability_has_its_methods() -> None:
    assert set(_METHODS) == set(get_args(StoreAbility))


@pytest.mark.parametrize("methods", [(), ("remove", "listen", "announce", "keep_request")])
def test_a_store_that_declares_nothing_keeps_sessions_and_nothing_else(methods: tuple[str, ...]) -> None:
    store = with_methods(*methods, sessions={})
    records = SessionRecords(store, "app")
    assert (records.has_lock, records.keeps_requests) == (False, False)
    podio(store)


@pytest.mark.parametrize("ability", get_args(StoreAbility))
def test_an_ability_without_one_of_its_methods_is_refused_where_the_client_is_made(ability: str) -> None:
    needed = _METHODS[ability]
    for missing in needed:
        others = [name for name in needed if name != missing]
        store = with_methods(*others, f"{missing}s", abilities=frozenset({ability}), **{missing: None})
        with pytest.raises(errors.ConfigurationError, match=rf"Their has no {missing}, .*{ability}"):
            podio(store)


@pytest.mark.parametrize("ability", get_args(StoreAbility))
def test_the_methods_of_an_ability_that_is_not_declared_are_refused(ability: str) -> None:
    for abilities in ({}, {"abilities": ()}):
        with pytest.raises(errors.ConfigurationError, match=f"add '{ability}' to its attribute abilities"):
            podio(with_methods(*_METHODS[ability], **abilities))


@pytest.mark.parametrize("abilities", [{"renewal_lok"}, "renewal_lock", 5, [["owners"]], None])
def test_abilities_that_are_none_are_refused(abilities: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="a collection of these: owners, requests, sharing, renewal_lo"):
        podio(with_methods("renewal_lock", abilities=abilities))


@pytest.mark.parametrize("missing", ["get", "set"])
def test_a_store_without_what_every_store_has_is_refused(missing: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=f"Their has no {missing}"):
        podio(with_methods(**{missing: None}))


def test_an_inherited_ability_can_be_given_up() -> None:
    class Unlocked(MemoryStore):
        abilities = frozenset({"owners", "requests"})
        renewal_lock = None  # type: ignore[assignment]

    assert not SessionRecords(Unlocked(), "app").has_lock


def test_a_store_that_hands_on_to_another_declares_what_that_one_declares() -> None:
    class Counting:
        def __init__(self) -> None:
            self._store = MemoryStore()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._store, name)

    records = SessionRecords(Counting(), "app")  # type: ignore[arg-type]
    assert records.has_lock
    assert records.keeps_requests


@pytest.mark.parametrize("lease", [True, object(), "held"])
async def test_a_lock_that_yields_what_is_no_lease_is_refused_and_comes_free(lease: Any) -> None:
    left: list[bool] = []

    class Locking(PlainStore):
        abilities = frozenset({"renewal_lock"})

        @asynccontextmanager
        async def renewal_lock(self, auth_type: AuthType) -> AsyncIterator[Any]:
            yield lease
            left.append(True)

    with pytest.raises(errors.StorageError, match="without still_held"):
        async with SessionRecords(Locking(), "app").renewal_lock():
            raise AssertionError
    assert left == [True]
