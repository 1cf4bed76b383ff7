"""A user with a browser's cookies and a program's calls, for the emulator's tests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2

ORIGIN = "http://localhost:8000"
CALLBACK = f"{ORIGIN}/callback.html"


@dataclass
class Clock:
    """A clock that goes on only by a call."""

    now: float = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Visitor:
    """One cookie jar; ``call`` sends with the token of the newest sign-in, as a page of ORIGIN would."""

    client: httpx2.Client
    token: str = ""
    params: dict[str, str] = field(
        default_factory=lambda: {
            "client_id": "workbench",
            "redirect_uri": CALLBACK,
            "response_type": "token",
            "state": "s1",
        }
    )

    def authorize(self, **changes: str | None) -> httpx2.Response:
        params = {name: value for name, value in (self.params | changes).items() if value is not None}
        return self.client.get("/oauth/authorize", params=params)

    def submit(self, page: httpx2.Response, **form: str) -> httpx2.Response:
        """Send the page's form to where the page says."""
        action = re.search(r'<form method="post" action="([^"]+)"', page.text)
        assert action, page.text
        return self.client.post(unescape(action[1]), data=form)

    def submit_blindly(self, changes: dict[str, str | None]) -> httpx2.Response:
        """Send a form without having requested the page."""
        params = {name: value for name, value in (self.params | changes).items() if value is not None}
        form = {"username": "ada@example.com", "password": "podio", "answer": "grant"}
        return self.client.post("/oauth/authorize", params=params, data=form)

    def sign_in(self, username: str = "ada@example.com", **changes: str | None) -> dict[str, str]:
        answer = self.submit(self.authorize(**changes), username=username, password="podio", answer="grant")
        assert answer.status_code == 302, answer.text
        values = fragment(answer) or query(answer)
        self.token = values.get("access_token", self.token)
        return values

    def call(self, method: str, path: str, json: Any = None, **options: Any) -> httpx2.Response:
        headers = {"Authorization": f"OAuth2 {self.token}", "Origin": ORIGIN} | options.pop("headers", {})
        return self.client.request(method, path, json=json, headers=headers, **options)

    def get(self, path: str, **options: Any) -> Any:
        answer = self.call("GET", path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def error(self, method: str, path: str, json: Any = None, **options: Any) -> tuple[int, str]:
        answer = self.call(method, path, json, **options)
        assert set(answer.json()) >= {"error", "error_description", "error_detail", "error_propagate", "request"}
        return answer.status_code, answer.json()["error"]

    def logged(self) -> list[dict[str, Any]]:
        return self.client.get("/_emulator/requests").json()


def fragment(answer: httpx2.Response) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(answer.headers["location"]).fragment, keep_blank_values=True))


def query(answer: httpx2.Response) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query, keep_blank_values=True))
