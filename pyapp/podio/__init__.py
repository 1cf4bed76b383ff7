"""Podio's API in Python, the same on CPython and in the page: sign in, keep the session, make calls."""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from podio._client_options import FileHosts, ProviderProfile
from podio._clock import Clock
from podio._paging import Cursor, ItemIterator
from podio._push import PushEvent, PushState
from podio._retry_policy import Limits, RetryPolicy, Wait
from podio.authorization import AuthorizationRequest, RedirectAnswer
from podio.client import Podio
from podio.errors import (
    APIError,
    AuthorizationError,
    BadRequest,
    ConfigurationError,
    Conflict,
    ConnectionFailed,
    FileTooLarge,
    Forbidden,
    Gone,
    InvalidRedirectAnswer,
    InvalidResponse,
    NotAuthenticated,
    NotFound,
    PaymentRequired,
    PodioError,
    PopupBlocked,
    PushUnavailable,
    RateLimited,
    RenewalCancelled,
    RenewalError,
    RenewalTimedOut,
    RequestTimedOut,
    SecondFactorRequired,
    ServerError,
    StorageError,
    Unauthorized,
    UploadInterrupted,
    UserChanged,
)
from podio.renewal import RenewalPhase, RenewalRequest, RenewalStatus, SignedInUser, UserDecision
from podio.session import MemoryStore, Session, SessionStore
from podio.token import Token

if TYPE_CHECKING:
    from podio._objects import App, Condition, Item, ItemQuery
    from podio._uploads import FileSource
    from podio.call_budget import CallBudget, LocalCallBudget
    from podio.file_store import FileStore
    from podio.keyring_store import KeyringStore

__all__ = [
    "APIError",
    "App",
    "AuthorizationError",
    "AuthorizationRequest",
    "BadRequest",
    "CallBudget",
    "Clock",
    "Condition",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Cursor",
    "FileHosts",
    "FileSource",
    "FileStore",
    "FileTooLarge",
    "Forbidden",
    "Gone",
    "InvalidRedirectAnswer",
    "InvalidResponse",
    "Item",
    "ItemIterator",
    "ItemQuery",
    "KeyringStore",
    "Limits",
    "LocalCallBudget",
    "MemoryStore",
    "NotAuthenticated",
    "NotFound",
    "PaymentRequired",
    "Podio",
    "PodioError",
    "PopupBlocked",
    "ProviderProfile",
    "PushEvent",
    "PushState",
    "PushUnavailable",
    "RateLimited",
    "RedirectAnswer",
    "RenewalCancelled",
    "RenewalError",
    "RenewalPhase",
    "RenewalRequest",
    "RenewalStatus",
    "RenewalTimedOut",
    "RequestTimedOut",
    "RetryPolicy",
    "SecondFactorRequired",
    "ServerError",
    "Session",
    "SessionStore",
    "SignedInUser",
    "StorageError",
    "Token",
    "Unauthorized",
    "UploadInterrupted",
    "UserChanged",
    "UserDecision",
    "Wait",
]

__version__ = "0.1.0"

# A library says nothing on its own: what becomes of its log is the program's choice.
logging.getLogger("podio").addHandler(logging.NullHandler())

# What a page has no use for is imported when it is first used.
_LAZY = {
    "CallBudget": "podio.call_budget",
    "FileSource": "podio._uploads",
    "FileStore": "podio.file_store",
    "KeyringStore": "podio.keyring_store",
    "LocalCallBudget": "podio.call_budget",
    **dict.fromkeys(("App", "Condition", "Item", "ItemQuery"), "podio._objects"),
}


if not TYPE_CHECKING:  # a type checker would take every misspelt name for one that is imported later

    def __getattr__(name: str) -> Any:
        if name not in _LAZY:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_LAZY[name]), name)
