"""Where a file's address may lead, and whether what proves who asks may go along. Pure."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from api_client.errors import BadAddress, BadAnswer, InsecureAddress
from api_client.transport.address import Address, parse_address

MOST_HOPS = 5
"""Redirects followed."""


class Hop(Struct, frozen=True):
    """One request on the way to a file."""

    url: str
    trusted: bool
    """It goes to the installation itself, and so did every hop before it."""
    encrypted: bool


def first_hop(address: Address, url: str) -> Hop:
    """The request for a file at ``url``.

    Raises:
        BadAddress: it is not an address of the web.
        InsecureAddress: it is plain http to another machine, or something on this one that is not the
            installation.
    """
    place = _place(address, url)
    return Hop(url, _same(address, place), place.scheme == "https")


def next_hop(address: Address, hop: Hop, location: str) -> Hop:
    """Where a redirect leads; once elsewhere, nothing is trusted any more.

    Raises:
        BadAnswer: it leads nowhere.
        InsecureAddress: as above.
    """
    if not location:
        raise BadAnswer("sent on, but not told where")
    try:
        following = first_hop(address, urljoin(hop.url, location))
    except (BadAddress, ValueError):
        raise BadAnswer("sent on to what is no address") from None
    return Hop(following.url, hop.trusted and following.trusted, following.encrypted)


def _place(address: Address, url: str) -> Address:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise BadAddress("this is not the address of a file") from None
    if parts.scheme not in {"http", "https"}:
        raise BadAddress("this is not the address of a file")
    place = parse_address(f"{parts.scheme}://{parts.netloc}", allow_plain=True)
    if _same(address, place):
        return place
    if place.loopback and not address.loopback:
        raise InsecureAddress("the file's address leads to this machine")
    if place.scheme == "http" and not place.loopback:
        raise InsecureAddress(f"plain http to {place.host} would let others read along")
    return place


def _same(address: Address, place: Address) -> bool:
    """One origin: scheme, host, port."""
    return (address.scheme, address.host.lower(), address.port) == (
        place.scheme,
        place.host.lower(),
        place.port,
    )
