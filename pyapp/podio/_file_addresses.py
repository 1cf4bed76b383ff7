"""Where a file's content is, which places it may come from, and which of those may see the token.

A file's link comes from whoever made the file, and a server that fetches it stands inside its own network. So no link
and no redirect leads to this machine or to a private network, unless Podio's API itself is there.

No address gets a token put into it: addresses leak (histories, logs, referrers).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from podio.errors import ConfigurationError

HOSTS_OF_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

_NAMES_OF_THIS_MACHINE = re.compile(
    r"(.+\.)?localhost(\.localdomain[46]?)?|localhost[46]|ip6-(localhost|loopback)", re.IGNORECASE
)
_HOST = re.compile(r"[a-z0-9_.-]+|\[?[0-9a-f:.]+(%[a-z0-9]+)?\]?")
_NUMBER = re.compile(r"(0[xX])([0-9a-fA-F]*)|(0)([0-7]*)|([0-9]+)")
_DEFAULT_PORTS = {"https": 443, "http": 80}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, kw_only=True, slots=True)
class DownloadPlaces:
    """The places that a file's content may come from.

    Attributes:
        api_url: Podio's API, which counts as such wherever it is.
        file_hosts: Hosts that may see the token.
        download_hosts: The only hosts besides the API's and `file_hosts`; one that is named here may be in a private
            network. None: any public host.
    """

    api_url: str
    file_hosts: frozenset[str]
    download_hosts: frozenset[str] | None = None

    def refusal(self, address: str, *, before: str | None = None) -> str | None:
        """Return why an address must not be fetched, as the end of a sentence, or None.

        Args:
            address: The address.
            before: The one that redirected to it.
        """
        url = _url(address)
        if url is None or url.scheme not in _DEFAULT_PORTS or url.userinfo or url.port == 0:
            return "is not an https address"
        if not _HOST.fullmatch(_host(url)):
            return "is not an https address"
        if before is not None and before.startswith("https:") and url.scheme == "http":
            return "leaves https"
        if self.is_api(address):
            return None
        host, api_host = _host(url), _host(httpx2.URL(self.api_url))
        if url.scheme == "http" and not (is_loopback(host) and is_loopback(api_host)):
            return "is not an https address"
        if self.download_hosts is not None and host not in self.download_hosts | self.file_hosts | {api_host}:
            return "is on a host that file_hosts does not allow"
        if not self._may_be_there(host, literal(host)) or (is_loopback(host) and not self._is_named(host)):
            return "leads to this machine or a private network"
        return None

    def may_connect(self, host: str, peer: str) -> bool:
        """Return whether a connection made for a host may be used, by the address that it led to."""
        return self._may_be_there(host, literal(peer))

    def is_api(self, address: str) -> bool:
        """Return whether an address is of the API's origin."""
        url = _url(address)
        return url is not None and _origin(url) == _origin(httpx2.URL(self.api_url))

    def may_see_token(self, address: str) -> bool:
        """Return whether the token may go to this address: of the API's origin, or of a host of files, with TLS."""
        url = _url(address)
        if url is None:
            return False
        is_of_files = url.scheme == "https" and url.port in (None, 443) and _host(url) in self.file_hosts
        return self.is_api(address) or is_of_files

    def _may_be_there(self, host: str, at: _Address | None) -> bool:
        if at is None or _is_public(at) or self._is_named(host):
            return True
        return _effective(at).is_loopback and is_loopback(_host(httpx2.URL(self.api_url)))

    def _is_named(self, host: str) -> bool:
        api_host = _host(httpx2.URL(self.api_url))
        return host == api_host or host in (self.download_hosts or ()) or (is_loopback(host) and is_loopback(api_host))


def content_address(file: int | Mapping[str, Any], places: DownloadPlaces) -> str:
    """Return the address of a file's content.

    Args:
        file: A file's id, or a file object of Podio's (`podio.json_types.FileJSON`).
        places: Where it may be.

    Raises:
        ConfigurationError: when neither an id nor a usable link is there.
    """
    if not isinstance(file, Mapping):
        return _raw_address(file, places.api_url)
    # The operation rather than the link: it is on the API's host, which a page may call, and which takes the token.
    if isinstance(file.get("file_id"), int) and file.get("hosted_by", "podio") in ("podio", None):
        return _raw_address(file["file_id"], places.api_url)
    return secure_address("link", file.get("link"), places)


def secure_address(name: str, link: object, places: DownloadPlaces) -> str:
    """Return a link that may be followed.

    Args:
        name: What Podio calls it.
        link: What stands there.
        places: Where it may lead.

    Raises:
        ConfigurationError: when there is none, it has no TLS, or it leads where no file is fetched from.
    """
    if not isinstance(link, str) or not link:
        raise ConfigurationError(f"This file has no {name}.")
    if (refusal := places.refusal(link)) is not None:
        raise ConfigurationError(f"The file's {name} {refusal}, so it is not fetched.")
    return link


def places_of(api_url: str, file_hosts: Collection[str], download_hosts: Collection[str] | None) -> DownloadPlaces:
    """Return the places by a client's options."""
    return DownloadPlaces(
        api_url=api_url,
        file_hosts=frozenset(file_hosts),
        download_hosts=None if download_hosts is None else frozenset(host.lower() for host in download_hosts),
    )


def is_loopback(host: str) -> bool:
    """Return whether a host, as it stands in an address, is this machine in any spelling."""
    at = literal(host)
    return _NAMES_OF_THIS_MACHINE.fullmatch(host) is not None if at is None else _effective(at).is_loopback


def literal(host: str) -> _Address | None:
    """Return the IP address that a host spells, also as the system's resolver reads it (``0x7f.1``), or None."""
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        pass
    numbers = [_NUMBER.fullmatch(part) for part in host.split(".")]
    if not 1 <= len(numbers) <= 4 or not all(numbers):
        return None
    *leading, last = [_number(match) for match in numbers if match is not None]
    if any(number > 255 for number in leading) or last >= 256 ** (4 - len(leading)):
        return None
    value = last
    for position, number in enumerate(leading):
        value += number << (8 * (3 - position))
    return ipaddress.IPv4Address(value)


def _number(match: re.Match[str]) -> int:
    if match[1]:
        return int(match[2] or "0", 16)
    return int(match[4] or "0", 8) if match[3] else int(match[5][:20])


def _effective(at: _Address) -> _Address:
    """Return the IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(at, ipaddress.IPv4Address):
        return at
    if at in _NAT64 or (at.packed[:12] == bytes(12) and at.packed[12:] > bytes([0, 0, 0, 1])):
        return ipaddress.IPv4Address(at.packed[12:])
    return at.ipv4_mapped or at.sixtofour or (at.teredo[1] if at.teredo else at)


def _is_public(at: _Address) -> bool:
    at = _effective(at)
    return at.is_global and not at.is_multicast and not at.is_reserved


def _url(address: str) -> httpx2.URL | None:
    """Return the address as the HTTP library reads it: what is checked must be what is fetched."""
    try:
        return httpx2.URL(address)
    except (httpx2.InvalidURL, TypeError, ValueError):
        return None


def _host(url: httpx2.URL) -> str:
    return url.raw_host.decode("ascii", "replace").lower().rstrip(".")


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, _host(url), url.port or _DEFAULT_PORTS.get(url.scheme)


def _raw_address(file_id: int, api_url: str) -> str:
    if isinstance(file_id, bool) or not isinstance(file_id, int):
        raise ConfigurationError(f"A file is named by its id or its object, not by {type(file_id).__name__}.")
    return f"{api_url}/file/{file_id}/raw"
