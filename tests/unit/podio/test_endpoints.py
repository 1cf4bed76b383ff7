"""Addresses: where credentials may go, and what stays below the API's."""

from typing import Any

import pytest

from podio import errors
from podio._endpoints import check_base, check_endpoint, endpoint

API = "https://api.example"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "item/1",
        "//evil.example/",
        "https://evil.example/",
        "/../oauth",
        "/item/../../x",
        "/./x",
        "/a?b=c",
        "/a#b",
        "/a\\b",
        "/a b",
        "/a\nb",
        "/@evil.example",
        "/a%2e%2e/b",
        "/a%2Fb",
        "/\x7f",
    ],
)
def test_a_path_that_could_lead_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(errors.ConfigurationError):
        endpoint(API, path)


@pytest.mark.parametrize(
    "path", ["/", "/item/1", "/item/app/12/filter/", "/app/1/field/titel-på-dansk", "/tag/app/1/a%20b"]
)
def test_a_path_of_the_api_stays_below_its_address(path: str) -> None:
    assert endpoint(API, path) == API + path


@pytest.mark.parametrize(
    "url",
    ["http://api.example", "api.example", "ftp://api.example", "https://user@api.example", "https://a.example/?x", ""],
)
def test_an_endpoint_without_tls_or_of_another_form_is_refused(url: str) -> None:
    with pytest.raises(errors.ConfigurationError, match="api_url"):
        check_base("api_url", url)


@pytest.mark.parametrize("url", ["http://localhost:8001", "http://127.0.0.1:8001/", "https://api.example/"])
def test_an_endpoint_on_this_machine_needs_no_tls(url: str) -> None:
    assert check_base("api_url", url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example/oauth/token/",
        "https://api.example/o/token/?tenant=a%20b&flag&empty=&x=%7e",
        "http://localhost:8001/o/authorize/?",
        "https://api.example",
    ],
)
def test_an_endpoint_is_used_as_it_is(url: str) -> None:
    assert check_endpoint("token_url", url) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example/?secret-1",
        "https://secret-1@api.example/",
        "https://:secret-1@api.example/",
        "https://@api.example/secret-1",
        "https://api.example/#secret-1",
        "https://api.example/#",
        "https://api.example/a b",
        "https://api.example/\ntoken",
        "https://api.example:99999/",
        "https:///secret-1",
        "//api.example/",
        None,
        b"https://api.example/",
    ],
)
def test_an_endpoint_unfit_for_credentials_is_refused_and_what_may_be_one_is_not_repeated(url: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="token_url") as caught:
        check_endpoint("token_url", url)
    assert "secret-1" not in str(caught.value)
