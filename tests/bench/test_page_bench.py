"""How long the page keeps its user waiting once it is up: a key typed, a tick of the clock, an item opened from a list.

Each is measured beside a list of 100 rows, from the event to the time at which the browser can draw what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from playwright.sync_api import Page, expect
from tests.bench.reporting import ROUNDS, report
from tests.e2e.driving import Site

LIST = "#/app/34?limit=100"
FORM = "#/app/34/item/340401/edit?limit=100"
KEYS = 40
# Python's event loop runs by tasks of the browser's: what a key causes is over once later tasks had their turns.
TYPE = """async (keys) => {
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  const control = document.querySelector("main form input[type=text], main form textarea");
  control.focus();
  const times = [];
  for (let at = 0; at < keys; at += 1) {
    const begin = performance.now();
    document.execCommand("insertText", false, "x");
    await turn();
    await turn();
    times.push(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times;
}"""
OPEN_ITEM = """async (address) => {
  const heading = () => document.getElementById("main-heading")?.textContent ?? "";
  const link = document.querySelector(`main a[href="${address}"]`);
  const title = link.textContent.trim();
  const shown = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!heading().includes(title)) return;
      observer.disconnect();
      resolve(performance.now());
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const begin = performance.now();
  link.click();
  return (await shown) - begin;
}"""
ADDRESSES = "() => [...document.querySelectorAll('main a[href*=\"/item/\"]')].map((link) => link.getAttribute('href'))"


def test_a_key_typed_in_a_form_beside_100_rows(open_signed_in: Callable[..., Page], served_site: Site) -> None:
    page = open_signed_in(FORM, at=served_site)
    expect(page.locator("main form").first).to_be_visible()
    times = page.evaluate(TYPE, KEYS)
    print(f"\na key typed in a form beside 100 rows: {median(times):.1f} ms, the slowest {max(times):.1f} ms")
    report("a key typed in a form beside 100 rows", median(times), 16.0, " ms")


def test_an_item_opened_from_its_row(open_signed_in: Callable[..., Page], served_site: Site) -> None:
    page = open_signed_in(LIST, at=served_site)
    expect(page.locator("main a[href*='/item/']").nth(90)).to_be_attached()
    addresses = list(dict.fromkeys(page.evaluate(ADDRESSES)))[: ROUNDS + 2]
    times = []
    for address in addresses:
        times.append(page.evaluate(OPEN_ITEM, address))
        page.go_back()
        expect(page.locator("main a[href*='/item/']").nth(90)).to_be_attached()
    print(f"\nan item from its row to its content: {[round(time) for time in times]} ms")
    report("an item opened from its row, to its content", median(times[2:]), 50.0, " ms")
