"""Exceptions as failures fit for a person."""

from __future__ import annotations

import pytest

import podio
from workbench.failures import Kind, describe

PROBLEMS = [
    (podio.BadRequest(400, error="invalid_value", error_description="Bad"), Kind.REFUSED, False),
    (podio.Forbidden(403), Kind.FORBIDDEN, False),
    (podio.NotFound(404), Kind.MISSING, False),
    (podio.Gone(410), Kind.MISSING, False),
    (podio.Conflict(409), Kind.CONFLICT, False),
    (podio.RateLimited(420, retry_after=300), Kind.LIMIT, False),
    (podio.ServerError(503), Kind.SERVER, True),
    (podio.ConnectionFailed("x", may_have_been_sent=False), Kind.CONNECTION, False),
    (podio.ConnectionFailed("x", may_have_been_sent=True), Kind.CONNECTION, True),
    (podio.RequestTimedOut("x", may_have_been_sent=True), Kind.CONNECTION, True),
    (podio.InvalidResponse("x", status=200), Kind.UNREADABLE, True),
    (podio.RenewalCancelled("x"), Kind.SIGN_IN, False),
    (podio.NotAuthenticated("x"), Kind.SIGNED_OUT, False),
    (podio.APIError(402, error_description="Pay"), Kind.REFUSED, False),
    (RuntimeError("secret-token"), Kind.UNEXPECTED, True),
]


@pytest.mark.parametrize(("problem", "kind", "unknown"), PROBLEMS)
def test_every_problem_has_a_message_and_a_way_on(problem: Exception, kind: Kind, unknown: bool) -> None:
    failure = describe(problem)
    assert (failure.kind, failure.outcome_unknown) == (kind, unknown)
    assert failure.message.endswith(".")


def test_the_wait_that_podio_asks_for_is_said() -> None:
    assert "Wait 5 minutes" in describe(podio.RateLimited(420, retry_after=300)).message


def test_an_unexpected_exception_s_text_is_not_shown() -> None:
    assert "secret-token" not in repr(describe(RuntimeError("secret-token")))
