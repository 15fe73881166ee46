"""Finding out which chat backend lives at an address, before anybody signs in."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from api_client.chatwoot import requests
from api_client.chatwoot.reading import load, mapping, text
from api_client.errors import ApiError, BadAnswer, NotABackend, RateLimited, ServerFault
from api_client.transport.address import parse_address
from api_client.transport.base import HttpTransport, Request, Response
from api_client.transport.http import HttpxTransport

_OK: Final = 200
_MOVED: Final = range(300, 400)
_FAULTS: Final = range(500, 600)
_TOO_MANY: Final = 429
_LIBREDESK_CONFIG: Final = Request("GET", "/api/v1/config")


class DetectedBackend(Struct, frozen=True):
    """What answers at an address."""

    kind: Literal["chatwoot", "libredesk"]
    version: str
    """Empty when it does not say."""
    url: str
    """The address in full, as to be kept."""


async def detect(
    url: str, *, allow_plain: bool = False, http: HttpTransport | None = None
) -> DetectedBackend:
    """Ask what lives at ``url``; ``http`` stands in for the network in tests.

    Raises:
        BadAddress: ``url`` is not the address of a server.
        ConnectFailed: nobody answers there.
        NotABackend: somebody answers, but not as a chat backend; ``detail`` holds where it sends us, if
            it does.
        ServerFault, RateLimited: it cannot say just now.
        ApiError: any other of the tree.
    """
    address = parse_address(url, allow_plain=allow_plain)
    transport = http or HttpxTransport(address)
    try:
        return await _detect(transport, address.base)
    finally:
        await transport.aclose()


async def _detect(transport: HttpTransport, base: str) -> DetectedBackend:
    first = await transport.send(requests.version())
    chatwoot = _object(first)
    if {"version", "timestamp"} <= chatwoot.keys():
        return DetectedBackend("chatwoot", text(chatwoot["version"]), base)
    second = await transport.send(_LIBREDESK_CONFIG)
    libredesk = mapping(_object(second).get("data"))
    if any(key.startswith("app.") for key in libredesk):
        return DetectedBackend("libredesk", text(libredesk.get("app.version")), base)
    raise _unknown(first)


def _object(response: Response) -> dict[str, object]:
    if response.status != _OK:
        return {}
    try:
        return mapping(load(response.body))
    except BadAnswer:
        return {}


def _unknown(response: Response) -> ApiError:
    if response.status in _FAULTS:
        return ServerFault(f"the server failed with status {response.status}")
    if response.status == _TOO_MANY:
        return RateLimited("too many requests")
    elsewhere = response.headers.get("location", "") if response.status in _MOVED else ""
    return NotABackend("a server answers, but not as a chat backend", detail=elsewhere)
