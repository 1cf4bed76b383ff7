"""The index of the site's wheels, and the client library's wheel."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from tools import wheels


def wheel(name: str, metadata: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"{name}.dist-info/METADATA", f"Metadata-Version: 2.4\nName: {name}\n{metadata}\n")
    return buffer.getvalue()


class Links(HTMLParser):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs))


@pytest.mark.parametrize("site", ["https://a.example/", "https://a.example/below/some/path/"])
def test_a_link_of_the_index_leads_to_the_wheel_wherever_the_site_lies(site: str) -> None:
    name = "Some_Package-1.0-py3-none-any.whl"
    content = wheel("Some_Package-1.0", "Requires-Python: >=3.11")
    [link] = Links(wheels.index({name: content})["simple/some-package/index.html"]).found
    address, fragment = urldefrag(urljoin(f"{site}simple/some-package/", str(link["href"])))
    assert address.partition("?")[0] == f"{site}wheels/{name}"
    assert fragment == f"sha256={hashlib.sha256(content).hexdigest()}"
    assert link["data-requires-python"] == ">=3.11"


def test_a_wheel_of_the_same_name_and_other_content_has_another_address() -> None:
    name = "one-1.0-py3-none-any.whl"
    first, second = (
        Links(wheels.index({name: wheel("one-1.0", f"Summary: {text}")})["simple/one/index.html"]).found[0]["href"]
        for text in ("a", "b")
    )
    assert urlsplit(str(first)).query != urlsplit(str(second)).query


def test_the_index_lists_its_projects() -> None:
    pages = wheels.index({f"{name}-1.0-py3-none-any.whl": wheel(f"{name}-1.0") for name in ("two", "one")})
    assert [link["href"] for link in Links(pages["simple/index.html"]).found] == ["one/", "two/"]
    assert set(pages) == {"simple/index.html", "simple/one/index.html", "simple/two/index.html"}


def test_the_site_holds_what_the_page_installs_later_compiled_for_its_own_python() -> None:
    names = {name.partition("-")[0]: name for name in wheels.wheels(own=False)}
    assert {"micropip", "msgspec", "xlsxwriter"} <= set(names)
    assert [name for name in names.values() if not name.endswith("-none-any.whl")] == [names["msgspec"]]


def test_the_librarys_wheel_holds_the_library_and_no_trace_of_when_it_was_built() -> None:
    [(name, content)] = wheels.own_wheel().items()
    assert re.fullmatch(r"podio_client-[\d.]+-py3-none-any\.whl", name)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        tops = {member.partition("/")[0] for member in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"podio"}
