"""Podio's API in Python, the same on CPython and in the page: sign in, keep the session, make calls."""

import logging

from podio.authorization import AuthorizationRequest, RedirectAnswer
from podio.client import Podio
from podio.errors import (
    APIError,
    AuthorizationError,
    BadRequest,
    ConfigurationError,
    Conflict,
    ConnectionFailed,
    Forbidden,
    Gone,
    InvalidRedirectAnswer,
    InvalidResponse,
    NotAuthenticated,
    NotFound,
    PaymentRequired,
    PersonChanged,
    PodioError,
    PopupBlocked,
    RateLimited,
    RenewalCancelled,
    RenewalError,
    RenewalTimedOut,
    RequestTimedOut,
    SecondFactorRequired,
    ServerError,
    StorageError,
    Unauthorized,
)
from podio.renewal import Person, PersonDecision, RenewalPhase, RenewalRequest, RenewalStatus
from podio.session import MemoryStore, Session, SessionStore
from podio.token import Token

__all__ = [
    "APIError",
    "AuthorizationError",
    "AuthorizationRequest",
    "BadRequest",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Forbidden",
    "Gone",
    "InvalidRedirectAnswer",
    "InvalidResponse",
    "MemoryStore",
    "NotAuthenticated",
    "NotFound",
    "PaymentRequired",
    "Person",
    "PersonChanged",
    "PersonDecision",
    "Podio",
    "PodioError",
    "PopupBlocked",
    "RateLimited",
    "RedirectAnswer",
    "RenewalCancelled",
    "RenewalError",
    "RenewalPhase",
    "RenewalRequest",
    "RenewalStatus",
    "RenewalTimedOut",
    "RequestTimedOut",
    "SecondFactorRequired",
    "ServerError",
    "Session",
    "SessionStore",
    "StorageError",
    "Token",
    "Unauthorized",
]

# A library says nothing on its own: what becomes of its log is the program's choice.
logging.getLogger("podio").addHandler(logging.NullHandler())
