"""A screen and a type of field that are added as docs/architecture.md says are used in the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.documented_edits import apply_documented_edits
from tests.e2e import driving
from tests.e2e.driving import Colleague, Emulator, Server, Site, copy_of_project

APP, ITEM = 33, 33_002


@pytest.fixture(scope="module")
def served_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the tree, edited as the document says, with its own emulator."""
    tree = tmp_path_factory.mktemp("tree")
    copy_of_project(tree)
    apply_documented_edits(tree)
    server = Server(log=tree / "serve.log", program=tree / "serve.py")
    emulator = Emulator(server.podio_url)
    yield Site(url=server.url, emulator=emulator)
    emulator.close()
    server.stop()


@pytest.fixture
def signed_in(context: BrowserContext, site: Site, colleague: Colleague) -> Page:
    colleague.call("POST", f"/app/{APP}/field/", {"type": "rating", "config": {"label": "Stars", "delta": 1}})
    return driving.open_signed_in(context, site, f"#/app/{APP}/item/{ITEM}/edit")


def test_an_added_type_of_field_is_edited_refused_shown_listed_and_saved(
    signed_in: Page, site: Site, colleague: Colleague
) -> None:
    stars = signed_in.get_by_role("form", name="Edit item").get_by_role("textbox", name="Stars")
    expect(stars).to_have_accessible_description("Stars, 1 to 5")
    stars.fill("6")
    signed_in.get_by_role("button", name="Save").click()
    expect(signed_in.get_by_role("alert")).to_contain_text("Stars: Enter a whole number from 1 to 5.")
    expect(stars).to_be_focused()
    stars.fill("4")
    signed_in.get_by_role("button", name="Save").click()
    expect(signed_in.locator("#item-fields")).to_contain_text("★★★★☆")
    driving.expect_all_sent(signed_in)
    fields = colleague.call("GET", f"/item/{ITEM}")["fields"]
    assert [field["values"] for field in fields if field["type"] == "rating"] == [[{"value": 4}]]
    driving.show(signed_in, site, f"/app/{APP}?sort=title")
    expect(signed_in.get_by_role("region", name="Items").get_by_role("columnheader", name="Stars")).to_be_visible()
    expect(signed_in.get_by_role("cell", name="★★★★☆")).to_have_count(1)


def test_an_added_screen_is_opened_by_its_address_and_takes_its_click(signed_in: Page, site: Site) -> None:
    driving.show(signed_in, site, "/me")
    expect(signed_in).to_have_title("Me · Podio Workbench")
    signed_in.get_by_role("button", name="Greet").click()
    expect(signed_in.get_by_text("Hello, Ada")).to_be_visible()
