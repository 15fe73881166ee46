"""What a transport carries, in plain values: requests and answers, and a socket for text frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct

from api_client.transport.address import Address

MAX_BODY = 16 * 1024 * 1024
"""Bytes of an answer; a longer one is refused while it arrives."""

MAX_FRAME = 4 * 1024 * 1024
"""Bytes of one socket message."""


class Request(Struct, frozen=True, repr_omit_defaults=True):
    """One request, by path under the installation's address. Its repr leaves out what it carries."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    json: Any = None
    """A JSON value for the body; ``None`` sends no body."""
    headers: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.path}>"


class Response(Struct, frozen=True):
    """One answer, whole. Times are of the client's monotonic clock, in seconds."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    sent_at: float
    received_at: float
    """When the head of the answer arrived."""

    def __repr__(self) -> str:
        return f"<Response {self.status}, {len(self.body)} bytes>"


class HttpTransport(Protocol):
    """Sends requests to one installation and adds the headers that prove who asks."""

    async def send(self, request: Request) -> Response:
        """Send and wait for the whole answer, whatever its status.

        Raises:
            Unreachable: in one of its kinds.
            NotSignedIn: the token cannot be a token.
            BadAnswer: the answer is too long, or cannot be unpacked.
        """
        ...

    async def aclose(self) -> None:
        """Close all connections. May be called twice."""
        ...


class Socket(Protocol):
    """An open WebSocket that carries text."""

    async def send(self, text: str) -> None:
        """Send one message; raises ``AnswerLost`` when the socket is gone."""
        ...

    async def receive(self) -> str | bytes:
        """The next message, whole; raises ``AnswerLost`` at the end, ``BadAnswer`` for a broken one."""
        ...

    async def aclose(self) -> None:
        """Close it. Never raises, may be called twice."""
        ...


class SocketTransport(Protocol):
    """Opens WebSockets."""

    async def connect(self, address: Address, path: str, subprotocols: tuple[str, ...] = ()) -> Socket:
        """Open a socket at ``path`` of an installation.

        Raises:
            ApiError: ``Unreachable`` in one of its kinds, or what a refused handshake says: ``NotSignedIn``,
                ``NotAllowed``, ``NotFound``, ``RateLimited``, ``ServerFault``, ``BadAnswer``.
        """
        ...
