"""The error tree."""

import pytest

from podio import errors
from podio.errors import APIError, api_error


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (402, errors.PaymentRequired),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (410, errors.Gone),
        (418, APIError),
        (420, errors.RateLimited),
        (500, errors.ServerError),
        (502, errors.ServerError),
        (503, errors.ServerError),
        (599, errors.ServerError),
    ],
)
def test_each_status_has_its_exception(status: int, kind: type[APIError]) -> None:
    error = api_error(status, {"error": "code", "error_description": "because"})
    assert type(error) is kind
    assert (error.status, error.error, error.error_description) == (status, "code", "because")
    assert "because" in str(error)


@pytest.mark.parametrize(
    "envelope",
    [
        None,
        {},
        {"error": 5, "error_description": None, "error_parameters": "x", "error_propagate": "yes"},
        {"error": {}},
    ],
)
def test_an_envelope_of_any_shape_makes_an_exception_with_sane_values(envelope: dict[str, object] | None) -> None:
    error = api_error(404, envelope)
    assert (error.error, error.error_description, error.error_detail) == ("", "", None)
    assert error.error_parameters == {}
    assert error.error_propagate is False


def test_the_rate_limits_wait_is_read_from_podios_sentence() -> None:
    said = "You have hit the rate limit. Please wait 300 seconds before trying again"
    assert api_error(420, {"error": "rate_limit", "error_description": said}).retry_after == 300
    assert api_error(420, None).retry_after is None


def test_all_errors_of_the_library_have_one_root() -> None:
    kinds = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]
    assert len(kinds) > 20
    assert all(issubclass(kind, errors.PodioError) for kind in kinds)
