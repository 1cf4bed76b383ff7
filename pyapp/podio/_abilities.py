"""What an object of the caller's can do besides what it must: declared by its attribute `abilities`, checked once.

A misspelt method would otherwise be an ability that is silently missing, such as the lock that keeps a refresh token
from being spent twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from podio.errors import ConfigurationError

Methods = Mapping[str, Sequence[str]]
"""The methods of each ability, by its name."""


def declared_abilities(provider: object, methods: Methods, *, needed: Sequence[str] = ()) -> frozenset[str]:
    """Return the abilities that an object declares; one that declares none has none.

    Args:
        provider: The object.
        methods: The abilities that it may have.
        needed: The methods that it must have.

    Raises:
        ConfigurationError: when it lacks a method that it must have or that an ability needs, declares an ability that
            is none, or has all methods of one that it doesn't declare.
    """
    name = type(provider).__name__
    declared = getattr(provider, "abilities", ())
    is_collection = isinstance(declared, Collection) and not isinstance(declared, str)
    if not is_collection or not all(ability in list(methods) for ability in declared):
        raise ConfigurationError(f"{name}.abilities must be a collection of these: {', '.join(methods)}.")
    missing = _missing(provider, [*needed, *(method for ability in declared for method in methods[ability])])
    if missing:
        raise ConfigurationError(f"{name} has no {' and no '.join(missing)}, which it needs{_for(declared)}.")
    for ability in methods:
        if ability not in declared and not _missing(provider, methods[ability]):
            raise ConfigurationError(
                f"{name} has {' and '.join(methods[ability])}, but doesn't declare what that is for: add {ability!r} "
                "to its attribute abilities (or set the method to None)."
            )
    return frozenset(declared)


def _missing(provider: object, methods: Sequence[str]) -> list[str]:
    return [method for method in methods if not callable(getattr(provider, method, None))]


def _for(declared: Collection[str]) -> str:
    return f" (abilities: {', '.join(declared)})" if declared else ""
