"""The authorize page's HTML: which client wants what, a form to sign in, and two buttons. Works without JavaScript.

The page carries a policy of its own that allows no script at all; its one style sheet is allowed by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

import htpy as h
from markupsafe import Markup
from starlette.responses import HTMLResponse

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { display: grid; justify-content: center; margin: 10vh 1rem; }
main { max-width: 24rem; }
label { display: block; margin-top: 1rem; font-weight: 600; }
input { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
button { margin: 1.5rem .5rem 0 0; padding: .5rem 1rem; font: inherit; cursor: pointer; }
[role=alert] { border-inline-start: .25rem solid #c00; padding-inline-start: .75rem; }
small { display: block; margin-top: 1.5rem; }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

_PERMISSIONS = {"read": "read", "write": "change", "delete": "delete", "all": "read, change and delete"}


def _headers(form_targets: str, opener_policy: str | None) -> dict[str, str]:
    headers = {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; "
            f"form-action {form_targets}; frame-ancestors 'none'; base-uri 'none'"
        ),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    if opener_policy is not None:
        headers["Cross-Origin-Opener-Policy"] = opener_policy
    return headers


def _page(title: str, *content: h.Node) -> str:
    return str(
        h.html(lang="en")[
            h.head[
                h.meta(charset="utf-8"),
                h.meta(name="viewport", content="width=device-width"),
                h.title[title],
                h.link(rel="icon", href="data:,"),
                h.style[Markup(_STYLE)],  # noqa: S704 - a constant, and its hash is in the policy
            ],
            h.body[h.main[h.h1[title], *content]],
        ]
    )


def consent_page(
    *,
    client_name: str,
    scope: str,
    action: str,
    redirect_uri: str,
    signed_in_as: str | None,
    other_user_url: str,
    username: str,
    problem: str | None,
    opener_policy: str | None,
) -> HTMLResponse:
    """Request of a user to sign in (or, signed in already, only to agree).

    The form leads to a redirect to the client, and a browser's ``form-action`` also holds for that redirect: so
    the client's origin stands in the policy beside our own.
    """
    words = [part.split(":") for part in scope.split()]
    wishes = [f"{_PERMISSIONS[permission]} ({kind.replace('_', ' ')})" for kind, permission in words]
    sign_in_fields: h.Node
    if signed_in_as is None:
        sign_in_fields = [
            h.label(for_="username")["E-mail"],
            h.input(
                id="username",
                name="username",
                type="text",
                inputmode="email",
                autocomplete="username",
                required=True,
                autofocus=True,
                value=username,
                aria_describedby="problem" if problem else None,
            ),
            h.label(for_="password")["Password"],
            h.input(id="password", name="password", type="password", autocomplete="current-password", required=True),
        ]
    else:
        sign_in_fields = h.p[f"Signed in as {signed_in_as}. ", h.a(href=other_user_url)["Sign in as someone else"]]
    body = _page(
        "Sign in to Podio" if signed_in_as is None else "Grant access",
        h.p[h.strong[client_name], " asks to work with your Podio: ", "; ".join(wishes), "."],
        h.p(id="problem", role="alert")[problem] if problem else None,
        h.form(method="post", action=action)[
            sign_in_fields,
            h.div[
                h.button(name="answer", value="grant")["Grant access"],
                h.button(name="answer", value="deny", formnovalidate=True)["Deny"],
            ],
        ],
        h.small["This is the Podio emulator. Sample users: ada@example.com and grace@example.com, password: podio."],
    )
    target = urlsplit(redirect_uri)
    origin = f"{target.scheme}://{target.netloc}" if target.scheme in {"http", "https"} else f"{target.scheme}:"
    return HTMLResponse(body, headers=_headers(f"'self' {origin}", opener_policy))


def error_page(problem: str, *, opener_policy: str | None) -> HTMLResponse:
    """Say what is wrong with a request that must not be answered by a redirect (RFC 6749, section 4.2.2.1)."""
    body = _page("Podio can't sign you in", h.p(role="alert")[problem])
    return HTMLResponse(body, status_code=400, headers=_headers("'none'", opener_policy))


def signed_out_page(*, opener_policy: str | None) -> HTMLResponse:
    """Say that the browser is signed out of Podio."""
    body = _page("You are signed out of Podio", h.p["You may close this tab and sign in again."])
    return HTMLResponse(body, headers=_headers("'none'", opener_policy))
