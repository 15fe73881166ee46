"""Where a backend lives, and whether what is said to it may travel in the open."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from msgspec import Struct

from api_client.errors import BadAddress, InsecureAddress

_PORTS = {"http": 80, "https": 443}
_SOCKET_SCHEMES = {"http": "ws", "https": "wss"}
# A backslash, a space or an "@" before the host makes different parsers see different hosts.
_CONFUSING = re.compile(r"[\s\\@\x00-\x1f\x7f]")


class Address(Struct, frozen=True):
    """The place of an installation: scheme, host, port, and the path it is mounted under."""

    scheme: str
    host: str
    port: int
    prefix: str = ""
    """Starts with a slash and does not end with one; empty for the root."""

    @property
    def loopback(self) -> bool:
        """Whether it is this very machine."""
        return _is_loopback(self.host)

    @property
    def base(self) -> str:
        """The address as a URL without a slash at its end."""
        return f"{self.scheme}://{self._place}{self.prefix}"

    def socket_url(self, path: str) -> str:
        """The WebSocket URL of ``path``, which starts with a slash."""
        return f"{_SOCKET_SCHEMES[self.scheme]}://{self._place}{self.prefix}{path}"

    @property
    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse_address(url: str, *, allow_plain: bool = False) -> Address:
    """Read what a person typed: ``desk.example.com``, ``https://example.com/chat``, ``127.0.0.1:3000``.

    Without a scheme it is https, and http for this machine.

    Raises:
        BadAddress: it is not the address of a server.
        InsecureAddress: it is plain http to another machine and ``allow_plain`` is off.
    """
    address = _parse(url.strip())
    if address.scheme == "http" and not address.loopback and not allow_plain:
        raise InsecureAddress(f"plain http to {address.host} would let others read along")
    return address


def _parse(url: str) -> Address:
    if not url or _CONFUSING.search(url):
        raise BadAddress("this is not the address of a server")
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except (ValueError, UnicodeError):
        raise BadAddress("this is not the address of a server") from None
    scheme = parts.scheme or ("http" if _is_loopback(host) else "https")
    if scheme not in _PORTS or not host or port == 0:
        raise BadAddress("an address begins with https:// and names a server")
    return Address(scheme, host, port or _PORTS[scheme], parts.path.rstrip("/"))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
