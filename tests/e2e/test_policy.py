"""The page's Content Security Policy: what it says, that it is in force, and that the page keeps to it all day."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.driving import Console, Site, expect_state
from tools.addresses import PODIO_IMAGES

POLICY_SPEAKS = "Content Security Policy"


@pytest.fixture
def context(warm_context: BrowserContext) -> BrowserContext:
    return warm_context


@pytest.fixture
def page_at_work(open_page: Callable[..., Page], console: Console) -> Page:
    """The page, signed out, with a list of what the policy forbids from now on."""
    console.allow(POLICY_SPEAKS, "violates the following")
    page = open_page(state="signed-out")
    page.evaluate(
        """() => {
          globalThis.forbidden = [];
          document.addEventListener("securitypolicyviolation",
            (event) => forbidden.push(`${event.effectiveDirective} ${event.blockedURI}`));
        }"""
    )
    return page


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}


def test_the_policy_names_every_source_and_no_unsafe_one(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(state="signed-out")
    first = page.locator("head > *").first
    assert first.get_attribute("http-equiv") == "Content-Security-Policy"
    policy = directives(first.get_attribute("content") or "")
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert policy["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    assert policy["trusted-types"] == ["podio-workbench-views", "podio-workbench-worker"]
    assert set(policy["connect-src"]) == {"'self'", site.emulator.url}
    assert set(policy["img-src"]) - set(PODIO_IMAGES) == {"'self'", "data:", "blob:", site.emulator.url}
    everything = {source for sources in policy.values() for source in sources}
    assert not everything & {"'unsafe-eval'", "'unsafe-inline'", "*", "https:", "http:"}


def test_the_callback_page_s_policy_allows_its_script_alone(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(site.url + "callback.html")
    policy = directives(page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or "")
    assert policy == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


FORBIDDEN = {
    "eval": ("(0, eval)('globalThis.ran = 1')", "require-trusted-types-for"),
    "new Function": ("new Function('globalThis.ran = 1')()", "require-trusted-types-for"),
    "a timer's text": ("setTimeout('globalThis.ran = 1')", "require-trusted-types-for"),
    "an inline script": (
        (
            "const script = document.createElement('script'); script.append('globalThis.ran = 1');"
            "document.head.append(script)"
        ),
        "require-trusted-types-for",
    ),
    "an inline handler": (
        (
            "const button = document.createElement('button'); document.body.append(button);"
            "button.setAttribute('onclick', 'globalThis.ran = 1'); button.click()"
        ),
        "require-trusted-types-for",
    ),
    "HTML that is no view": (
        "document.body.insertAdjacentHTML('beforeend', '<p></p>'); globalThis.ran = 1",
        "require-trusted-types-for",
    ),
    "a script's address": (
        "const script = document.createElement('script'); script.src = 'x.js'; globalThis.ran = 1",
        "require-trusted-types-for",
    ),
    "a worker": ("new Worker('x.js'); globalThis.ran = 1", "require-trusted-types-for"),
    "another service worker": (
        "navigator.serviceWorker.register('x.js').then(() => { globalThis.ran = 1; }, () => {})",
        "require-trusted-types-for",
    ),
    "another maker of HTML": ("trustedTypes.createPolicy('another', {}); globalThis.ran = 1", "trusted-types"),
    "a second maker of views": (
        "trustedTypes.createPolicy('podio-workbench-views', {}); globalThis.ran = 1",
        "trusted-types",
    ),
    "a maker for all texts": ("trustedTypes.createPolicy('default', {}); globalThis.ran = 1", "trusted-types"),
    "a script: address": (
        (
            "const link = document.createElement('a'); link.href = 'javascript:globalThis.ran = 1';"
            "document.body.append(link); link.click()"
        ),
        "script-src-elem inline",
    ),
    "a script of another host": (
        "import('http://127.0.0.1:9/x.js').then(() => { globalThis.ran = 1; }, () => {})",
        "script-src-elem http://127.0.0.1:9",
    ),
    "a style attribute": (
        (
            "const tried = document.createElement('p'); tried.setAttribute('style', 'position: fixed');"
            "document.body.append(tried);"
            "globalThis.ran = getComputedStyle(tried).position === 'fixed' || undefined"
        ),
        "style-src-attr inline",
    ),
    "a style element": (
        (
            "const style = document.createElement('style'); style.textContent = 'body {position: fixed}';"
            "document.head.append(style);"
            "globalThis.ran = getComputedStyle(document.body).position === 'fixed' || undefined"
        ),
        "style-src-elem inline",
    ),
    "a call to another host": (
        "fetch('http://127.0.0.1:9/').then(() => { globalThis.ran = 1; }, () => {})",
        "connect-src http://127.0.0.1:9",
    ),
    "a beacon to another host": (
        "navigator.sendBeacon('http://127.0.0.1:9/', 'x')",
        "connect-src http://127.0.0.1:9",
    ),
    "a picture of another host": (
        "const image = new Image(); image.onload = () => { globalThis.ran = 1; }; image.src = 'http://127.0.0.1:9/x.png'",
        "img-src http://127.0.0.1:9",
    ),
    "a frame": (
        (
            "const frame = document.createElement('iframe'); frame.src = 'http://127.0.0.1:9/';"
            "document.body.append(frame)"
        ),
        "frame-src http://127.0.0.1:9",
    ),
    "a plugin": (
        (
            "const plugin = document.createElement('object'); plugin.data = 'http://127.0.0.1:9/';"
            "document.body.append(plugin)"
        ),
        "require-trusted-types-for",
    ),
    "a form that is sent": (
        (
            "const form = document.createElement('form'); form.action = 'http://127.0.0.1:9/';"
            "document.body.append(form); HTMLFormElement.prototype.submit.call(form)"
        ),
        "form-action http://127.0.0.1:9",
    ),
    "another base": (
        (
            "const base = document.createElement('base'); base.href = 'http://127.0.0.1:9/';"
            "document.head.append(base);"
            "globalThis.ran = document.baseURI.includes(':9/') || undefined"
        ),
        "base-uri http://127.0.0.1:9",
    ),
}


def test_what_the_policy_forbids_does_not_happen(page_at_work: Page, site: Site, console: Console) -> None:
    console.allow("EvalError", "unsafe-eval", "This document requires 'Trusted", "createPolicy", "TrustedTypePolicy")
    responses: list[str] = []
    page_at_work.context.on("response", lambda response: responses.append(response.url))
    missed = []
    for what, (attempt, violation) in FORBIDDEN.items():
        # In a turn of the page's own: what runs inside `evaluate` itself may use eval.
        page_at_work.evaluate(f"() => {{ forbidden.length = 0; setTimeout(() => {{ {attempt}; }}); }}")
        for _ in range(1000):
            violations = page_at_work.evaluate("() => [...forbidden]")
            if any(line.startswith(violation) for line in violations):
                break
            page_at_work.wait_for_timeout(20)
        else:
            missed.append((what, violations))
        assert page_at_work.evaluate("() => globalThis.ran") is None, what
    assert missed == []
    assert page_at_work.url == site.url
    assert [url for url in responses if ":9/" in url] == []
    assert [line for line in console.lines if "ERR_CONNECTION" in line or "ERR_UNSAFE_PORT" in line] == []


def test_a_whole_session_asks_nobody_but_the_page_s_host_and_podio(
    open_page: Callable[..., Page], sign_in: Callable[..., None], context: BrowserContext, site: Site
) -> None:
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = open_page(state="signed-out")
    page.evaluate(
        """() => document.addEventListener("securitypolicyviolation",
             (event) => console.error(`violated: ${event.effectiveDirective} ${event.blockedURI}`))"""
    )
    sign_in(page)
    for place in ("#/space/21", "#/app/31", "#/app/34?page=2", "#/app/34/item/340007/edit", "#/app/31/new"):
        page.evaluate("(place) => { location.hash = place; }", place)
        expect(page.locator("#main-heading")).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect_state(page, "signed-out")
    hosts = {
        f"{parts.scheme}://{parts.netloc}"
        for url in requests
        if (parts := urlsplit(url)).scheme not in ("data", "blob")
    }
    assert hosts == {site.origin, site.emulator.url}


@pytest.mark.parametrize("path", ["", "callback.html"])
def test_no_page_of_ours_holds_an_inline_script_handler_or_style(
    context: BrowserContext, site: Site, path: str
) -> None:
    answer = context.request.get(site.url + path)
    html = answer.text()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"py\")[^>]*>", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
    assert "javascript:" not in html
