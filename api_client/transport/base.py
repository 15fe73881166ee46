"""What a transport carries, in plain values: requests and answers, and a socket for text frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from msgspec import Struct

from api_client.models.message import Upload
from api_client.transport.address import Address

MAX_BODY = 16 * 1024 * 1024
"""Bytes of an answer; a longer one is refused while it arrives."""

MAX_FRAME = 4 * 1024 * 1024
"""Bytes of one socket message."""


Progress = Callable[[int, int], None]
"""Told how many bytes have been handed over, of how many; called on the caller's loop, often."""

Take = Callable[[bytes], None]
"""Given the bytes of a file as they come."""


class Form(Struct, frozen=True):
    """A multipart form: fields, files under one field name, and who is told how far it has come."""

    fields: tuple[tuple[str, str], ...]
    name: str
    """The field of the files."""
    files: tuple[Upload, ...]
    progress: Progress | None = None

    @property
    def size(self) -> int:
        """Bytes of the files."""
        return sum(len(file.data) for file in self.files)


class Request(Struct, frozen=True, repr_omit_defaults=True):
    """One request, by path under the installation's address. Its repr leaves out what it carries."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    json: Any = None
    """A JSON value for the body; ``None`` sends no body."""
    form: Form | None = None
    """A form for the body, in place of ``json``."""
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

        A form that was not handed over whole cannot have been understood: its loss is ``ConnectFailed``.
        """
        ...

    async def fetch(self, url: str, take: Take, *, limit: int) -> None:
        """Get a file by its whole address, redirects followed, and hand its bytes to ``take``.

        The headers that prove who asks go to the installation's own host only, and no more after a
        redirect has led elsewhere.

        Raises:
            Unreachable: in one of its kinds; ``InsecureAddress`` for plain http to another machine.
            NotFound, NotAllowed, ServerFault, BadAnswer: by the answer's status.
            TooLarge: it is longer than ``limit`` bytes.
        """
        ...

    async def renew(self) -> None:
        """Open new connections for the requests from now on, as those kept may lead nowhere any more.

        What is under way goes on.
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
