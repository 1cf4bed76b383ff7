"""Every view passes axe's rules of WCAG 2.2 A and AA, light and dark, wide and narrow; the keyboard's place is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import ROOT, Console, Site, choose

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = [
    (scheme, width, height) for scheme in ("light", "dark") for width, height in ((1280, 800), (390, 844))
]  # px of the window


@pytest.fixture
def site(unreset_site: Site, console: Console) -> Site:
    console.allow("Failed to load resource")
    return unreset_site


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


@pytest.fixture(autouse=True)
def usual_size(signed_in_tab: Page) -> Iterator[None]:
    yield
    signed_in_tab.set_viewport_size({"width": 1280, "height": 720})
    signed_in_tab.emulate_media(color_scheme="light")


def with_axe(page: Page, site: Site) -> None:
    """Load axe from the page's own origin: the policy stays in force."""
    page.context.route("**/axe.min.js", lambda route: route.fulfill(path=AXE, content_type="text/javascript"))
    page.evaluate("() => globalThis.axe || import(new URL('axe.min.js', document.baseURI).href).then(() => {})")


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong: the rule, the element, and why."""
    result: dict[str, Any] = page.evaluate(
        """async () => {
          const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
          const {violations} = await axe.run(document, {runOnly: {type: "tag", values: tags},
                                                        resultTypes: ["violations"]});
          return violations.map(({id, nodes}) => [id, nodes.map(({html, failureSummary}) =>
            `${html.slice(0, 200)}: ${failureSummary.slice(0, 300)}`)]);
        }"""
    )
    return [f"{rule}: {node}" for rule, nodes in result for node in nodes]  # type: ignore[str-unpack]


def expect_accessible(page: Page, site: Site, name: str) -> None:
    """Check the view as it is in all four looks, and that nothing is wider than the window."""
    with_axe(page, site)
    for scheme, width, height in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == [], f"{name}, {scheme}, {width} px wide"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width} px"


def test_signed_out(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("#/app/31")
    expect_accessible(page, site, "signed-out")
    page.goto(f"{site.url}?error=access_denied&error_description=The+user+denied+your+request.")
    expect(page.get_by_role("alert")).to_be_visible()
    expect_accessible(page, site, "refused")


@pytest.mark.parametrize(
    ("name", "route", "ready"),
    [
        ("home", "/", "main a >> nth=3"),
        ("organization", "/org/11", ".cards a >> nth=0"),
        ("workspace", "/space/21", ".cards a >> nth=1"),
        ("app", "/app/31", "#rows tbody tr >> nth=3"),
        ("measurements", "/app/34?page=2", "#rows tbody tr >> nth=3"),
        ("item", "/app/31/item/31001", ".comment-list"),
        ("project", "/app/32/item/32001", "#form-comment-32001"),
        ("edit", "/app/32/item/32001/edit", "#form-edit-32001"),
        ("new", "/app/31/new", "#form-new-31"),
        ("missing", "/org/9999", ".missing"),
    ],
)
def test_signed_in(desk: Page, site: Site, name: str, route: str, ready: str) -> None:
    desk.goto(f"{site.url}#{route}")
    expect(desk.locator(ready)).to_be_attached()
    expect_accessible(desk, site, name)


def test_trouble_and_choices(desk: Page, site: Site) -> None:
    site.emulator.faults(
        [
            {"path": "/comment/item/340500/", "method": "POST", "drop": True, "times": None},
            {"path": "/comment/item/340500/", "method": "GET", "status": 503, "times": None},
            {"path": "/item/app/34/filter/", "status": 503, "times": None},
        ]
    )
    desk.goto(f"{site.url}#/app/34/item/340500/edit")
    desk.get_by_role("textbox", name="Luminous flux").fill("many")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("alert")).to_contain_text("Luminous flux (lm): Enter a number.")
    desk.get_by_label("Add a comment").fill("Is it there?")
    desk.get_by_role("button", name="Add comment").click()
    expect(desk.get_by_role("button", name="Send again")).to_be_visible()
    expect(desk.get_by_text("The list could not be loaded.")).to_be_attached()
    expect_accessible(desk, site, "trouble")
    desk.get_by_role("button", name="Show unsent changes").click()
    dialog = desk.get_by_role("dialog", name="Unsent changes")
    expect(dialog.locator("[data-change=unknown]")).to_contain_text("Is it there?")
    expect_accessible(desk, site, "unsent")
    dialog.get_by_role("button", name="Discard").click()
    desk.get_by_role("dialog", name="Discard this change?").get_by_role("button", name="Discard it").click()
    expect(desk.get_by_role("status", name="Unsent changes")).to_have_text("")


def test_questions(desk: Page, site: Site) -> None:
    desk.goto(f"{site.url}#/app/34/item/340501")
    desk.get_by_role("button", name="More actions").click()
    expect(desk.get_by_role("button", name="Delete", exact=True)).to_be_visible()
    expect_accessible(desk, site, "menu")
    desk.get_by_role("button", name="Delete", exact=True).click()
    expect(desk.get_by_role("dialog", name="Delete this item?")).to_be_visible()
    expect_accessible(desk, site, "question")
    desk.get_by_role("button", name="Keep it").click()


def test_menu_on_a_narrow_window(desk: Page, site: Site) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    menu = desk.locator("#menu")
    expect(desk.locator("#side")).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(desk.locator("#side")).to_be_visible()
    with_axe(desk, site)
    assert violations(desk) == []
    desk.locator("#side").get_by_role("link", name="Lysholm Lighting").click()
    expect(desk.get_by_role("heading", name="Lysholm Lighting", level=1)).to_be_visible()
    expect(desk.locator("#side")).to_be_hidden()


def test_the_strip_of_an_expired_sign_in(
    open_signed_in: Callable[..., Page], site: Site, context: BrowserContext
) -> None:
    page = open_signed_in("#/app/31/item/31001")
    expect(page.get_by_label("Add a comment")).to_be_visible()
    # Where windows can't open at all, the page requests a click.
    page.evaluate("() => { window.open = () => null; }")
    site.emulator.expire_tokens()
    choose(page, "Refresh")
    expect(page.get_by_role("button", name="Sign in again", exact=True)).to_be_visible()
    expect_accessible(page, site, "expired")


def test_the_focus_is_seen_and_the_way_past_the_menu_is_short(desk: Page, site: Site) -> None:
    desk.goto(f"{site.url}#/app/31")
    desk.reload()
    expect(desk.locator("#rows tbody tr").first).to_be_visible()
    desk.keyboard.press("Tab")
    skip = desk.get_by_role("button", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Clients", level=1)).to_be_focused()
    for _ in range(12):
        desk.keyboard.press("Tab")
        outline = desk.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement);
              const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
              return [outline || style.boxShadow !== "none", document.activeElement.outerHTML.slice(0, 120)];
            }"""
        )
        assert outline[0], f"the focus can't be seen on {outline[1]}"
