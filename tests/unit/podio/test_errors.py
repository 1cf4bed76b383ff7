"""The error tree."""

import copy
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

import podio
from podio import errors
from podio.errors import APIError, PodioError, api_error


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


OTHERS = [
    None,
    [],
    "gone",
    {},
    {"message": "Forbidden"},
    {"error": "Not Found", "status": 404, "path": "/item/9"},
    {"error": "forbidden"},
    {"error": {"code": "not_found"}, "request": {}},
    {"error": "Bad Gateway", "error_description": "upstream connect error"},
    {"error_description": "no code"},
    {"errors": [{"code": 1000}]},
]


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 410, 418, 420, 429, 500, 502, 503])
@pytest.mark.parametrize("body", OTHERS)
def test_what_something_between_says_is_not_podios_word(status: int, body: object) -> None:
    error = api_error(status, body)
    assert error.envelope is None
    assert (error.error, error.error_description, error.error_parameters, error.retry_after) == ("", "", {}, None)
    assert "Podio itself said nothing" in str(error)
    assert f"HTTP {status}" in str(error)
    for blame in ("Podio says", "Podio has", "Podio did", "Podio allows", "Podio refused", "in Podio"):
        assert blame not in str(error)


def test_an_error_of_podios_has_its_whole_envelope() -> None:
    envelope = {
        "error": "not_found",
        "error_description": "The item was not found",
        "error_detail": None,
        "error_parameters": {"item_id": 9},
        "error_propagate": False,
        "request": {"method": "GET", "url": "http://api.podio.com/item/9"},
    }
    error = api_error(404, envelope)
    assert error.envelope == envelope
    assert "Podio says: The item was not found" in str(error)
    assert pickle.loads(pickle.dumps(error)).envelope == envelope


def test_a_token_endpoints_code_alone_is_its_word() -> None:
    assert api_error(400, {"error": "invalid_grant"}, is_oauth=True).error == "invalid_grant"
    assert api_error(502, {"message": "bad gateway"}, is_oauth=True).envelope is None


def test_an_authorization_error_has_its_code_in_its_message() -> None:
    assert "(access_denied)" in str(errors.AuthorizationError("access_denied", "You said no."))
    assert "(access_denied)" in str(errors.AuthorizationError("access_denied"))
    assert str(errors.InvalidRedirectAnswer("Sign in again.")) == "Sign in again. (invalid_answer)"


def test_the_rate_limits_wait_is_read_from_podios_sentence() -> None:
    sentence = "You have hit the rate limit. Please wait 300 seconds before trying again"
    assert api_error(420, {"error": "rate_limit", "error_description": sentence}).retry_after == 300
    assert api_error(420, None).retry_after is None


def test_all_errors_of_the_library_have_one_root() -> None:
    kinds = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]
    assert len(kinds) > 20
    assert all(issubclass(kind, errors.PodioError) for kind in kinds)


SAMPLES: dict[str, Any] = {
    "message": "went wrong",
    "error": "access_denied",
    "error_description": "because",
    "error_uri": "https://podio.example/",
    "app_state": {"route": "#/x"},
    "nonce": "n",
    "expected_id": 1,
    "actual_id": 2,
    "may_have_been_sent": True,
    "reason": "dns",
    "status": 418,
    "was_connected": True,
    "field": "title",
    "value": 5,
    "expected": "text",
}


def subclasses(kind: type[PodioError]) -> Iterator[type[PodioError]]:
    yield kind
    for subclass in kind.__subclasses__():
        yield from subclasses(subclass)


def kinds_of_the_library() -> list[type[PodioError]]:
    for module in pkgutil.walk_packages(podio.__path__, "podio."):
        if module.name.startswith("podio.browser"):
            continue
        with suppress(ModuleNotFoundError):  # what needs an extra that isn't there: msgspec inside Pyodide
            importlib.import_module(module.name)
    return sorted({kind for kind in subclasses(PodioError) if kind.__module__.startswith("podio.")}, key=str)


def an_error_of(kind: type[PodioError]) -> PodioError:
    """Make an exception of a kind, by the names of its constructor's parameters."""
    if kind.__init__ is Exception.__init__ or kind.__init__ is ValueError.__init__:
        return kind("went wrong")
    parameters = inspect.signature(kind).parameters.values()
    positional = [
        SAMPLES[parameter.name] for parameter in parameters if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    keywords = {
        parameter.name: SAMPLES[parameter.name]
        for parameter in parameters
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.name in SAMPLES
    }
    return kind(*positional, **keywords)


@pytest.mark.parametrize("kind", kinds_of_the_library(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("through", [lambda error: pickle.loads(pickle.dumps(error)), copy.copy, copy.deepcopy])
def test_every_error_survives_pickling_and_copying_with_all_it_carries(kind: type[PodioError], through: Any) -> None:
    error = an_error_of(kind)
    error.method, error.path, error.request_id = "GET", "/item/1", "0123abcd"
    error.headers = {"retry-after": "5"}
    again = through(error)
    assert type(again) is kind
    assert again is not error
    assert (str(again), again.args, vars(again)) == (str(error), error.args, vars(error))


def test_an_error_that_holds_what_can_not_be_pickled_is_pickled_with_its_repr() -> None:
    error = errors.AuthorizationError("x", app_state=lambda: None)
    again = pickle.loads(pickle.dumps(error))
    assert again.app_state.startswith("<function")
    assert callable(error.app_state)


def test_a_copy_keeps_the_cause() -> None:
    error = errors.RenewalError("x")
    error.__cause__ = errors.StorageError("full")
    assert copy.copy(error).__cause__ is error.__cause__


def test_an_error_without_a_call_carries_nothing_of_one() -> None:
    error = errors.NotAuthenticated("x")
    assert (error.method, error.path, error.status, error.request_id, error.headers) == (None, None, None, None, {})
