"""Both transports without a network: requests go to a function, sockets to the other end of a pair."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import msgspec

from api_client.errors import AnswerLost, ApiError, TooLarge
from api_client.transport.address import Address
from api_client.transport.base import Request, Response, Socket, Take

Answer = tuple[int, object] | ApiError
"""A status with a JSON value or raw bytes for a body, or the error that the request meets."""


class MemoryHttp:
    """Answers requests by calling ``answer``, and keeps them in ``requests``."""

    def __init__(
        self,
        answer: Callable[[Request], Answer | Awaitable[Answer]],
        *,
        headers: Mapping[str, str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answer = answer
        self._headers = dict(headers or {})
        self._monotonic = monotonic
        self.requests: list[Request] = []
        self.closed = False
        self.renewed = 0

    async def send(self, request: Request) -> Response:
        """Keep the request and answer it."""
        self.requests.append(request)
        sent_at = self._monotonic()
        answer = self._answer(request)
        made = answer if isinstance(answer, tuple | ApiError) else await answer
        if isinstance(made, ApiError):
            raise made
        status, value = made
        body = value if isinstance(value, bytes) else msgspec.json.encode(value)
        return Response(status, self._headers, body, sent_at, self._monotonic())

    async def fetch(self, url: str, take: Take, *, limit: int) -> None:
        """Answer with raw bytes as for a request of the whole address."""
        response = await self.send(Request("GET", url))
        if len(response.body) > limit:
            raise TooLarge(f"the file has {len(response.body)} bytes")
        take(response.body)

    async def renew(self) -> None:
        """Count it."""
        self.renewed += 1

    async def aclose(self) -> None:
        """Remember that it was closed."""
        self.closed = True


_Line = asyncio.Queue[str | bytes | None]


class MemorySocket:
    """One end of a pair; what one sends the other receives. ``None`` on a line is its end."""

    def __init__(self, inbox: _Line, outbox: _Line) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self.closed = False

    async def send(self, text: str | bytes) -> None:
        """Hand one message to the other end."""
        if self.closed:
            raise AnswerLost("the connection closed")
        self._outbox.put_nowait(text)

    async def receive(self) -> str | bytes:
        """The next message from the other end."""
        message = None if self.closed and self._inbox.empty() else await self._inbox.get()
        if message is None:
            self.closed = True
            raise AnswerLost("the connection closed")
        return message

    async def aclose(self) -> None:
        """Close both ends; what was sent before can still be received."""
        if not self.closed:
            self.closed = True
            self._inbox.put_nowait(None)
            self._outbox.put_nowait(None)


def socket_pair() -> tuple[MemorySocket, MemorySocket]:
    """Two ends of one socket."""
    one: _Line = asyncio.Queue()
    other: _Line = asyncio.Queue()
    return MemorySocket(one, other), MemorySocket(other, one)


class MemorySockets:
    """Opens memory sockets; the other ends wait in ``accepted``.

    ``refuse`` holds errors that attempts meet first, one each.
    """

    def __init__(self) -> None:
        self.accepted: asyncio.Queue[MemorySocket] = asyncio.Queue()
        self.refuse: list[ApiError] = []
        self.attempts = 0

    async def connect(self, address: Address, path: str, subprotocols: tuple[str, ...] = ()) -> Socket:
        """Meet the next error, or open a pair."""
        del address, path, subprotocols
        self.attempts += 1
        if self.refuse:
            raise self.refuse.pop(0)
        here, there = socket_pair()
        self.accepted.put_nowait(there)
        return here
