"""Exceptions as failures in words for the user."""

from __future__ import annotations

import httpx2
import pytest

import podio
from podio._responses import read_response
from workbench.failures import Kind, describe

PROBLEMS = [
    (podio.BadRequest(400, error="invalid_value", error_description="Bad"), Kind.REFUSED),
    (podio.Unauthorized(401, error="unauthorized"), Kind.SIGN_IN),
    (podio.Forbidden(403, error="requestable_forbidden"), Kind.FORBIDDEN),
    (podio.Forbidden(403, error="alert.no_access"), Kind.FORBIDDEN),
    (podio.NotFound(404, error="not_found"), Kind.MISSING),
    (podio.Gone(410, error="gone"), Kind.MISSING),
    (podio.Conflict(409, error="conflict"), Kind.REFUSED),
    (podio.RateLimited(420, retry_after=300), Kind.LIMIT),
    (podio.ServerError(503), Kind.SERVER),
    (podio.ConnectionFailed("x", may_have_been_sent=False), Kind.CONNECTION),
    (podio.ConnectionFailed("x", may_have_been_sent=True), Kind.CONNECTION),
    (podio.RequestTimedOut("x", may_have_been_sent=True), Kind.CONNECTION),
    (podio.InvalidResponse("x", status=200), Kind.UNREADABLE),
    (podio.RenewalCancelled("x"), Kind.SIGN_IN),
    (podio.NotAuthenticated("x"), Kind.SIGNED_OUT),
    (podio.APIError(402, error="payment_required", error_description="Pay"), Kind.REFUSED),
    (RuntimeError("secret-token"), Kind.UNEXPECTED),
]


@pytest.mark.parametrize(("problem", "kind"), PROBLEMS)
def test_every_problem_has_a_message_and_a_way_on(problem: Exception, kind: Kind) -> None:
    failure = describe(problem)
    assert failure.kind is kind
    assert failure.message.endswith(".")


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 407, 409, 410, 413, 418])
@pytest.mark.parametrize(
    "body",
    ["<html>Not found</html>", "", "not found", "[]", "{}", '{"message": "not_found"}', '{"error": null}',
     '{"status": 404, "error": "Not Found", "path": "/item/9"}', '{"error": {"code": "not_found"}}'],
)  # fmt: skip
def test_a_refusal_that_is_not_podio_s_is_said_to_be_another_s(status: int, body: str) -> None:
    with pytest.raises(podio.APIError) as caught:
        read_response(httpx2.Response(status, text=body), method="DELETE")
    failure = describe(caught.value)
    assert "Something between this page and Podio" in failure.message
    assert failure.kind in {Kind.UNREADABLE, Kind.SIGN_IN}
    assert str(status) in failure.message


def test_the_wait_that_podio_requests_is_said() -> None:
    assert "Wait 5 minutes" in describe(podio.RateLimited(420, retry_after=300)).message


@pytest.mark.parametrize("problem", [podio.ServerError, podio.Forbidden])
@pytest.mark.parametrize(("is_for_user", "detail"), [(True, "Down until noon."), (False, "")])
def test_words_of_podio_s_are_shown_where_it_says_that_they_are_for_the_user(
    problem: type[podio.APIError], is_for_user: bool, detail: str
) -> None:
    error = problem(503, error="maintenance", error_description="Down until noon.", error_propagate=is_for_user)
    assert describe(error).detail == detail


def test_an_unexpected_exception_s_text_is_not_shown() -> None:
    assert "secret-token" not in repr(describe(RuntimeError("secret-token")))
