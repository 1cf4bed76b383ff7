"""The addresses of a site whose visitors sign in: its origin, its own paths, and where a sign-in may lead back to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from podio.errors import ConfigurationError

LONGEST_RETURN = 400
"""Bytes of a path to come back to: it waits in a cookie, and a browser sends these with every request."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAddresses:
    """A site's addresses, checked.

    Attributes:
        redirect_url: The callback's whole address, as the browser sees it (a proxy may have taken the TLS off).
        callback_path: Its path.
        sign_in_path: Starts a sign-in.
        sign_out_path: Ends the session.
        home: The path to go to after signing in and out.

    Raises:
        ConfigurationError: for an address that is none of the site, or serves two purposes.
    """

    redirect_url: str
    sign_in_path: str
    sign_out_path: str
    home: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.redirect_url)
        is_whole = parts.scheme in _DEFAULT_PORTS and parts.hostname and "@" not in parts.netloc
        if not is_whole or parts.query or parts.fragment or not self.redirect_url.isprintable():
            raise ConfigurationError(
                f"redirect_url must be an absolute address without a query, not {self.redirect_url!r}."
            )
        for name in ("sign_in_path", "sign_out_path", "home"):
            if not is_own_path(path := getattr(self, name)):
                raise ConfigurationError(f"{name} must be a path of this site, such as /sign-in, not {path!r}.")
        if len({self.callback_path, self.sign_in_path, self.sign_out_path}) < 3:
            raise ConfigurationError("sign_in_path, sign_out_path and the path of redirect_url must differ.")
        if not self.may_return_to(self.home):
            raise ConfigurationError("home must be a page of the app: not sign_in_path, sign_out_path or the callback.")

    @property
    def callback_path(self) -> str:
        """The path of the callback."""
        return urlsplit(self.redirect_url).path or "/"

    @property
    def is_secure(self) -> bool:
        """Whether the browser reaches the site by TLS."""
        return urlsplit(self.redirect_url).scheme == "https"

    @property
    def origin(self) -> str:
        """The site's origin, as a browser writes it."""
        return _origin(urlsplit(self.redirect_url))

    def may_return_to(self, path: str) -> bool:
        """Return whether a sign-in may lead back to a path: one of this site, none that starts or ends a session."""
        own = (self.callback_path, self.sign_in_path, self.sign_out_path)
        target = path.partition("#")[0].partition("?")[0]
        return is_own_path(path) and len(path.encode()) <= LONGEST_RETURN and target not in own


def is_own_path(path: str) -> bool:
    r"""Return whether a browser takes `path` for one of this site: ``//evil`` and ``/\evil`` lead elsewhere."""
    return (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and all(" " < character != "\x7f" and character != "\\" for character in path)
        and not any("\ud800" <= character <= "\udfff" for character in path)
    )


def _origin(parts: SplitResult) -> str:
    name = parts.hostname or ""
    host = f"[{name}]" if ":" in name else name.encode("idna").decode()
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
