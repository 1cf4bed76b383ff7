"""The pages of a built site, as a browser reads them before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.build_site import BuildError, build


@pytest.fixture(scope="module", params=[False, True], ids=["developed", "released"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("site"), release=request.param)


def test_the_encoding_is_declared_where_a_browser_looks_for_it(site: Path) -> None:
    pages = sorted(site.glob("*.html"))
    assert [page.name for page in pages] == ["callback.html", "index.html", "sample-consent.html"]
    for page in pages:
        assert b'<meta charset="utf-8">' in page.read_bytes()[:1024], page.name


def test_nothing_that_the_policy_governs_comes_before_it(site: Path) -> None:
    for page in site.glob("*.html"):
        before, _, _ = page.read_text(encoding="utf-8").partition('<meta http-equiv="Content-Security-Policy"')
        assert not [tag for tag in ("<script", "<link", "<style", "<img") if tag in before], page.name


def test_a_page_whose_encoding_no_browser_would_find_is_not_built(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="first 1,024 bytes"):
        build(tmp_path, api_url=f"https://{'a' * 400}.example")
