"""Opening a backend by its kind: the factory that an application calls."""

from __future__ import annotations

from typing import Final

from api_client.backend import Backend
from api_client.chatwoot.backend import ChatwootBackend
from api_client.chatwoot.requests import TOKEN_HEADER
from api_client.secret import Secret
from api_client.transport.address import parse_address
from api_client.transport.http import HttpxTransport
from api_client.transport.socket import WebSocketsTransport

KINDS: Final = ("chatwoot",)


def open_backend(
    kind: str, url: str, token: Secret, *, account_id: str | None = None, allow_plain: bool = False
) -> Backend:
    """A backend at ``url``, not signed in yet. Nothing is sent before its first call.

    Args:
        kind: one of ``KINDS``.
        url: the installation's address, as a person may type it.
        token: the agent's own.
        account_id: the account to work in; ``None`` takes the one the agent used last.
        allow_plain: lets plain http and ws go to other machines.

    Raises:
        ValueError: no such kind.
        BadAddress: ``url`` is not the address of a server.
        InsecureAddress: ``url`` is plain http to another machine.
    """
    if kind not in KINDS:
        raise ValueError(f"no backend of the kind {kind!r}; there is {', '.join(KINDS)}")
    address = parse_address(url, allow_plain=allow_plain)
    http = HttpxTransport(address, secrets={TOKEN_HEADER: token})
    return ChatwootBackend(address, http, WebSocketsTransport(), account_id=account_id)
