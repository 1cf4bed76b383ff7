"""A Podio of a few lines, a clock that stands still, and a user who signs in, for the library's tests."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import httpx2

import podio
from podio import Podio, RedirectAnswer
from podio.renewal import Renewable, RenewalRequest, SignedInUser, UserDecision
from podio.session import MemoryStore, Session
from podio.session_owner import SessionOwner
from podio.token import Token

PAGE = "https://work.example/bench/"
CALLBACK = "https://work.example/bench/callback.html"


class Clock:
    """Stands still until a test moves it on."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once, and others run."""
        self.now += seconds
        await asyncio.sleep(0)

    @property
    def option(self) -> podio.Clock:
        """The clock as a client takes it."""
        return podio.Clock(now=self, sleep=self.sleep)


class FakePodio:
    """Responds to calls: knows tokens by user, and whatever responses a test puts before its own."""

    def __init__(self) -> None:
        self.people: dict[str, int] = {}
        self.expired: set[str] = set()
        self.seen: list[httpx2.Request] = []
        self.answers: list[httpx2.Response | Exception] = []
        self.hold: asyncio.Event | None = None

    def issue(self, token: str, user_id: int = 7) -> str:
        self.people[token] = user_id
        return token

    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.MockTransport(self.handle))

    async def handle(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        if self.hold is not None:
            await self.hold.wait()
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        if request.url.path == "/oauth/token":
            return self.token_answer(parse_qs(request.content.decode()))
        token = request.headers.get("authorization", " ").split(" ", 1)[1]
        if token not in self.people or token in self.expired:
            return httpx2.Response(401, json={"error": "unauthorized", "error_description": "expired_token"})
        if request.url.path == "/user/status":
            user_id = self.people[token]
            return httpx2.Response(200, json={"user": {"user_id": user_id}, "profile": {"name": f"Person {user_id}"}})
        if request.method == "DELETE" or request.url.path == "/oauth/grant/invalidate":
            return httpx2.Response(204)
        return httpx2.Response(200, json={"path": request.url.path, "token": token})

    def token_answer(self, form: dict[str, list[str]]) -> httpx2.Response:
        if form["grant_type"] == ["refresh_token"] and form["refresh_token"] != ["refresh-1"]:
            return httpx2.Response(400, json={"error": "invalid_grant", "error_description": "dead"})
        token = self.issue(f"token-{len(self.people) + 1}")
        return httpx2.Response(200, json={"access_token": token, "expires_in": 28800, "refresh_token": "refresh-1"})

    def paths(self) -> list[str]:
        return [f"{request.method} {request.url.path}" for request in self.seen]


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class SigningIn:
    """The hook: a user who signs in when the test lets them. Has the dialog's methods too."""

    def __init__(self, fake: FakePodio) -> None:
        self.fake = fake
        self.asked = 0
        self.next_people = [7]
        self.let_go = asyncio.Event()
        self.let_go.set()
        self.error: Exception | None = None
        self.decision = UserDecision.START_AFRESH
        self.told: list[Any] = []
        self.answer: Callable[[RenewalRequest], RedirectAnswer] | None = None

    @property
    def dialog(self) -> "SigningIn":
        return self

    def bind(self, renewable: Renewable) -> None:
        self.renewable = renewable

    async def __call__(self, request: RenewalRequest) -> RedirectAnswer:
        self.asked += 1
        number = self.asked
        await self.let_go.wait()
        if self.error is not None:
            raise self.error
        if self.answer is not None:
            return self.answer(request)
        user_id = self.next_people[min(number, len(self.next_people)) - 1]
        return answer_for(request, self.fake.issue(f"renewed-{number}", user_id))

    def checking(self) -> None:
        self.told.append("checking")

    async def another_user(self, first: SignedInUser | None, other: SignedInUser) -> UserDecision:
        self.told.append(("another person", first and first.user_id, other.user_id))
        decision, self.decision = self.decision, UserDecision.START_AFRESH
        return decision

    def finished(self, error: Exception | None) -> None:
        self.told.append(("finished", type(error).__name__ if error else None))


def answer_for(request: RenewalRequest, token: str) -> RedirectAnswer:
    attempt = request.make_request(CALLBACK, "popup")
    return RedirectAnswer(
        query=f"podio_nonce={attempt.state}",
        fragment=f"access_token={token}&expires_in=28800&token_type=bearer",
        url=CALLBACK,
        request=attempt,
    )


OWNER = SessionOwner(
    api_origin="https://api.example", token_origin="https://api.example", client_id="workbench", auth_type="client"
)


def session_of(token: str, expires_at: float, user_id: int | None = 7, **attributes: Any) -> Session:
    return Session(
        token=Token(access_token=token, expires_at=expires_at),
        user_id=user_id,
        **{"session_id": "a" * 32, **attributes},
    )


class Page:
    """A signed-in client with everything around it."""

    def __init__(self, *, lifetime: float = 3600, user_id: int | None = 7, hook: bool = True, **options: Any) -> None:
        self.clock = Clock()
        self.fake = FakePodio()
        self.store: Any = options.pop("session_store", None) or MemoryStore()
        self.sign_in = SigningIn(self.fake)
        self.store.set(session_of(self.fake.issue("first"), self.clock.now + lifetime, user_id), "client")
        self.podio = Podio(
            client_id="workbench",
            session_store=self.store,
            api_url="https://api.example",
            authorize_url="https://podio.example/oauth/authorize",
            token_url="https://api.example/oauth/token",
            clock=self.clock.option,
            **{"http_client": self.fake.client(), "on_token_will_refresh": self.sign_in if hook else None, **options},
        )


def json_of(request: httpx2.Request) -> Any:
    return json.loads(request.content)


async def until(condition: Callable[[], bool]) -> None:
    """Let others run until the condition holds."""
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("the condition never held")
