"""What is read from Podio: keys that know their call and what its response means, and what came of reading them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from workbench.core.values import Value
from workbench.failures import Failure

T_co = TypeVar("T_co", covariant=True)


class Request(Value):
    """A call of Podio's API."""

    method: str
    path: str
    params: Mapping[str, Any] | None = None
    body: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loadable(Generic[T_co]):
    """Something that is read from Podio.

    Attributes:
        value: What was read last; kept while it is read again and when that fails.
        stands_in: The value was never read by this key: it is another's, shown until this one's comes.
        tag: The number of the call under way, 0 when there is none. Responses with another number are stale.
        response_tag: The number of the call that the value was read by; 0 where it is none's.
        is_slow: The call under way takes long.
        is_quiet: The call under way only refreshes what is shown: it isn't mentioned unless it takes long or fails.
        failure: Why the last call failed.
        hidden_since: Since when it isn't shown (seconds since 1970, 0 until the clock is read); None while it is.
        ahead: It is, or was just now, read before anybody wanted to see it; of what is shown, its call was begun so.
    """

    value: T_co | None = None
    stands_in: bool = False
    tag: int = 0
    response_tag: int = 0
    is_slow: bool = False
    is_quiet: bool = False
    failure: Failure | None = None
    hidden_since: float | None = None
    ahead: bool = False

    @property
    def own(self) -> T_co | None:
        """The value, where it was read by this key; what only stands in for it is none."""
        return None if self.stands_in else self.value

    @property
    def loading(self) -> bool:
        """Whether a call is under way."""
        return self.tag != 0

    @property
    def is_awaited(self) -> bool:
        """Whether the user is to know of the call under way."""
        return self.loading and (self.is_slow or not self.is_quiet)


class Read(Value, Generic[T_co]):
    """A key: the place of something that is read, and all that is needed to read it."""

    def request(self) -> Request:
        """Return the call that reads it."""
        raise NotImplementedError

    def request_ahead(self) -> Request:
        """Return the call that reads it before the user wants to see it."""
        return self.request()

    def decode(self, response: Any) -> T_co | None:
        """Return what a response means; None if it is no such thing."""
        raise NotImplementedError

    @property
    def comes_with(self) -> Read[Any] | None:
        """What else brings this along when it is read, so that this isn't read by itself."""
        return None

    def stand_in(self, reads: Reads) -> T_co | None:
        """Return what may be shown until it has been read, of what else was read before."""
        return None


Reads = Mapping[Read[Any], Loadable[Any]]
"""All that was read, the least recently shown first."""
