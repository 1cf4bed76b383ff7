"""Conditions on an app's items: what Podio filters by, and what is left to compare here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from podio.errors import ConfigurationError
from podio.model import Item

Check = Callable[[Item], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition on an app's items; ``a & b`` has both.

    Attributes:
        filters: What Podio filters by, by the key of its filter.
        checks: What an item must pass besides, of which Podio's filters know nothing.
    """

    filters: Mapping[str, Any] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        """Return the condition that both hold.

        Raises:
            ConfigurationError: for two conditions on one field that aren't a beginning and an end: Podio takes one.
        """
        if not isinstance(other, Condition):
            return NotImplemented
        filters = dict(self.filters)
        for key, value in other.filters.items():
            filters[key] = _both(filters[key], value) if key in filters else value
        return Condition(filters=filters, checks=(*self.checks, *other.checks))

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "A condition is neither true nor false before Podio has applied it. Join conditions by & in place of "
            "'and', each in parentheses, and write a range as app[…].between(…, …)."
        )

    def __or__(self, other: object) -> NoReturn:
        raise TypeError("Podio can't filter by one condition or another: use .in_(…) for values of one field.")

    def __invert__(self) -> NoReturn:
        raise TypeError("Podio can't turn a condition round: use .ne(…).")


def _both(one: Any, other: Any) -> Any:
    if one == other:
        return one
    if isinstance(one, Mapping) and isinstance(other, Mapping) and not one.keys() & other.keys():
        return {**one, **other}
    raise ConfigurationError(
        "Podio takes one condition on a field: two of the same can't be joined by &. Use .between(…, …) or .in_(…), or "
        "compare in the loop."
    )
