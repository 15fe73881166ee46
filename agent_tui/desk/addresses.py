"""Addresses in texts: found, with the host they really lead to, and what is odd about them. Pure."""

from __future__ import annotations

import enum
import ipaddress
import re
import unicodedata
from typing import Final
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from agent_tui.desk.late import pattern
from agent_tui.desk.text import Displayable, clean_line

MOST: Final = 50
"""Addresses taken from one text."""
_LONGEST_HOST: Final = 253
"""Characters that the network gives a name; looking at more would cost more the longer it is."""
_found: Final = pattern(r"(?:https?://|(?<![\w.@/-])www\.)[^\s<>\"'{}|\\^`\[\]⟦⟧]+", re.IGNORECASE)
_AFTER: Final = ".,;:!?)…*_»”’"
_DASHBOARD: Final = re.compile(r"/app/accounts/\d+(?:/|$)")
"""Where agents work on their backend; a customer cannot sign in there."""
_PRIVATE_ENDINGS: Final = (
    ".local", ".localhost", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".corp", ".private",
    ".home.arpa",
)  # fmt: skip
_INVENTED_ENDINGS: Final = (".example", ".test", ".invalid", ".example.com", ".example.org", ".example.net")


class Oddity(enum.Enum):
    """What a person should know before they trust an address."""

    MIXED = "mixed"
    """Letters of several alphabets in one name, as look-alikes have them."""
    FOREIGN = "foreign"
    """Letters beyond a to z, which travel as punycode."""
    HIDDEN = "hidden"
    """Words before an ``@`` that pass for the host."""
    NUMBER = "number"
    """A number in place of a name."""
    INTERNAL = "internal"
    """Nobody outside of the house reaches it."""
    OPEN = "open"
    """Plain http: whoever is on the way can read along."""


class Address(Struct, frozen=True):
    """An address in a text, from ``start`` up to ``end`` in characters."""

    start: int
    end: int
    url: str
    """As it is opened and asked: with its scheme."""
    host: Displayable
    """Where it really leads, in the letters that the network uses."""
    rest: Displayable
    """What follows the host."""
    oddities: tuple[Oddity, ...] = ()

    @property
    def shown(self) -> Displayable:
        """Host and what follows it."""
        return Displayable(f"{self.host}{self.rest}")


def addresses(text: str) -> tuple[Address, ...]:
    """The addresses in ``text``, in reading order. What leads nowhere is none. Takes any text whatever."""
    if "://" not in text and "www." not in text.lower():
        return ()
    found: list[Address] = []
    for match in _found().finditer(text):
        address = _address(match.start(), _trimmed(match[0]))
        if address is not None:
            found.append(address)
        if len(found) == MOST:
            break
    return tuple(found)


def _trimmed(written: str) -> str:
    """Without the sentence's own marks; a closing bracket stays where the address has opened one."""
    end, unopened = len(written), written.count(")") - written.count("(")
    while end and written[end - 1] in _AFTER:
        if written[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return written[:end]


def _address(start: int, written: str) -> Address | None:
    url = written if "://" in written else f"https://{written}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    network = _as_the_network_has_it(host)
    if not network:
        return None
    rest = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return Address(
        start,
        start + len(written),
        url,
        clean_line(network if port is None else f"{network}:{port}"),
        clean_line("" if rest == "/" else rest),
        tuple(_oddities(parts, host, network)),
    )


def _as_the_network_has_it(host: str) -> str:
    """The host in plain letters; empty where there is no such host."""
    if len(host) > _LONGEST_HOST:
        return ""
    if host.isascii():
        return host if re.fullmatch(r"[\w.:-]+", host) else ""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def _oddities(parts: SplitResult, host: str, network: str) -> list[Oddity]:
    mixed = any(_mixes_alphabets(label) for label in _spelled_out(network).split("."))
    checks = (
        (Oddity.MIXED, mixed),
        (Oddity.FOREIGN, not mixed and (not host.isascii() or "xn--" in network)),
        (Oddity.HIDDEN, parts.username is not None),
        (Oddity.NUMBER, _number(network) is not None),
        (Oddity.INTERNAL, is_internal(network) or _DASHBOARD.search(parts.path) is not None),
        (Oddity.OPEN, parts.scheme.lower() == "http"),
    )
    return [oddity for oddity, there in checks if there]


def _spelled_out(network: str) -> str:
    """Punycode as the letters it stands for."""
    try:
        return network.encode("ascii").decode("idna")
    except UnicodeError:
        return network


def _mixes_alphabets(label: str) -> bool:
    """Whether a name has letters of more than one alphabet; Japanese mixes by itself and is left alone."""
    alphabets = {unicodedata.name(char, "?").partition(" ")[0] for char in label if char.isalpha()}
    return len(alphabets - {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}) > 1


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_internal(host: str) -> bool:
    """Whether a host is this machine, a private network's, or a name that only a house knows."""
    number = _number(host)
    if number is not None:
        return not number.is_global
    name = host.casefold().rstrip(".")
    return "." not in name or name.endswith(_PRIVATE_ENDINGS)


def is_invented(host: str) -> bool:
    """Whether a host is one of those set aside for examples and practice: it can never answer."""
    return f".{host.casefold()}".rstrip(".").endswith(_INVENTED_ENDINGS)


def is_personal(url: str) -> bool:
    """Whether an address may carry something of one person's: a name, a key, a query."""
    parts = urlsplit(url)
    return bool(parts.username or parts.query or parts.fragment)


def may_be_asked(address: Address) -> bool:
    """Whether asking if it answers does no harm and can have an outcome.

    Nothing inside of the house is asked, nothing that carries a query or a name, nothing invented.
    """
    host = urlsplit(address.url).hostname or ""
    odd = {Oddity.INTERNAL, Oddity.HIDDEN, Oddity.MIXED}.intersection(address.oddities)
    return not (odd or is_personal(address.url) or is_invented(host))
