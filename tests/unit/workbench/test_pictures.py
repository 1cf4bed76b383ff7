"""Which pictures the page gets, and how."""

from __future__ import annotations

import pytest

from workbench.pictures import Way, way_to

API = "https://api.podio.com"
POLICY = (
    "default-src 'none'; connect-src 'self' https://api.podio.com https://files.podio.com; "
    "img-src 'self' data: blob: https://files.podio.com https://public.example"
)


@pytest.mark.parametrize(
    ("link", "way"),
    [
        ("https://api.podio.com/file/1/raw", Way.FETCHED),
        ("https://files.podio.com/1", Way.FETCHED),
        ("https://public.example/public/1", Way.DIRECT),
        ("https://elsewhere.example/1.png", None),
        ("http://files.podio.com/1", None),
        ("https://files.podio.com:8443/1", None),
        ("https://files.podio.com@elsewhere.example/1", None),
        ("https://ada@public.example/1", None),
        ("https://public.example.evil/1", None),
        ("javascript:alert(1)", None),
        ("data:image/png,", None),
        ("blob:https://public.example/1", None),
        ("//public.example/1", None),
        ("https://[/", None),
        ("'self'", None),
        ("", None),
    ],
)
def test_a_picture_comes_from_a_host_of_the_policy_or_not_at_all(link: str, way: Way | None) -> None:
    assert way_to(link, api_url=API, policy=POLICY) is way


@pytest.mark.parametrize("policy", ["", "img-src", "default-src *; img-src-elem https://public.example"])
def test_without_a_host_in_the_policy_only_the_api_s_pictures_come(policy: str) -> None:
    assert way_to("https://public.example/1", api_url=API, policy=policy) is None
    assert way_to("https://api.podio.com/file/1/raw", api_url=API, policy=policy) is Way.FETCHED
