"""WebSockets over websockets. No other module imports websockets, and nothing of it leaves this one."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Iterator
from typing import Final, cast

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConcurrencyError,
    ConnectionClosed,
    InvalidHandshake,
    InvalidProxy,
    InvalidStatus,
    InvalidURI,
    ProxyError,
    WebSocketException,
)
from websockets.typing import Subprotocol

from api_client.errors import (
    AnswerLost,
    ApiError,
    BadAddress,
    BadAnswer,
    CertificateRefused,
    ConnectFailed,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RateLimited,
    ServerFault,
)
from api_client.transport.address import Address
from api_client.transport.base import MAX_FRAME, Socket
from api_client.transport.retry_after import retry_after
from api_client.transport.tls import trust

_OPEN_TIMEOUT: Final = 8.0
_CLOSE_TIMEOUT: Final = 2.0
_PING: Final = 10.0
_SERVER_ERRORS: Final = 500

# Its debug log shows whole frames, the subscription's token among them.
_log = logging.getLogger("api_client.socket")
_log.setLevel(logging.WARNING)

MAPPED: Final[tuple[tuple[type[Exception], type[ApiError], str], ...]] = (
    (ConnectionClosed, AnswerLost, "the connection closed"),
    (InvalidURI, BadAddress, "not an address"),
    (InvalidProxy, ConnectFailed, "the proxy's address is wrong"),
    (ProxyError, ConnectFailed, "the proxy did not connect"),
    (InvalidHandshake, BadAnswer, "no live connection is offered there"),
    (ConcurrencyError, AnswerLost, "the connection is read twice"),
    (WebSocketException, BadAnswer, "the live connection makes no sense"),
    (TimeoutError, ConnectFailed, "no connection in time"),
    (EOFError, ConnectFailed, "the connection broke"),
    (OSError, ConnectFailed, "no connection"),
    (Exception, AnswerLost, "the live connection failed"),
)
"""Foreign errors and where they belong, nearest kin first; the last catches what nobody foresaw."""
_STATUSES: Final[dict[int, type[ApiError]]] = {401: NotSignedIn, 403: NotAllowed, 404: NotFound}


def map_error(error: Exception, address: Address) -> ApiError:
    """The place in our tree of anything that websockets may raise; names the kind and the host only."""
    place = f"{address.host}:{address.port}"
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return CertificateRefused(f"{place} could not prove who it is")
    if isinstance(error, InvalidStatus):
        return _refused_handshake(error, place)
    for foreign, ours, words in MAPPED:
        if isinstance(error, foreign):
            return ours(f"{place}: {words} ({type(error).__name__})")
    return AnswerLost(f"{place}: the live connection failed")


def _refused_handshake(error: InvalidStatus, place: str) -> ApiError:
    status = error.response.status_code
    words = f"{place} refuses a live connection with status {status}"
    wait = retry_after(error.response.headers.get("Retry-After"))
    if status == 429:  # noqa: PLR2004  HTTP's own number
        return RateLimited(words, retry_after=wait)
    if status >= _SERVER_ERRORS:
        return ServerFault(words, retry_after=wait)
    return _STATUSES.get(status, BadAnswer)(words)


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


class _Connect(connect):
    """A connection attempt that stays at its address: a redirect could carry the token elsewhere."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


class WebSocketsTransport:
    """Opens WebSockets with the websockets library."""

    async def connect(self, address: Address, path: str, subprotocols: tuple[str, ...] = ()) -> Socket:
        """Open a socket at ``path``; see :class:`.base.SocketTransport`."""
        problem: ApiError
        try:
            return _WebSocket(await _open(address, path, subprotocols), address)
        except Exception as error:  # noqa: BLE001  the seam is total: nothing foreign passes it
            problem = map_error(error, address)
        raise problem


async def _open(address: Address, path: str, subprotocols: tuple[str, ...]) -> ClientConnection:
    return await _Connect(
        address.socket_url(path),
        subprotocols=[cast("Subprotocol", name) for name in subprotocols] or None,
        compression=None,  # small frames: packing them costs more than it saves
        ssl=trust() if address.scheme == "https" else None,
        proxy=None if address.loopback else True,
        open_timeout=_OPEN_TIMEOUT,
        close_timeout=_CLOSE_TIMEOUT,
        ping_interval=_PING,
        ping_timeout=_PING,
        max_size=MAX_FRAME,
        max_queue=(1, 0),  # whoever rests between frames finds the rest in one read
        logger=_log,
    )


class _WebSocket:
    def __init__(self, connection: ClientConnection, address: Address) -> None:
        self._connection = connection
        self._address = address

    async def send(self, text: str) -> None:
        problem: ApiError
        try:
            await self._connection.send(text)
        except Exception as error:  # noqa: BLE001  the seam is total
            problem = map_error(error, self._address)
        else:
            return
        raise problem

    async def receive(self) -> str | bytes:
        problem: ApiError
        try:
            # Bytes spare a decoding: what reads the frame takes UTF-8 as it is.
            return await self._connection.recv(decode=False)
        except Exception as error:  # noqa: BLE001  the seam is total
            problem = map_error(error, self._address)
        raise problem

    async def aclose(self) -> None:
        try:
            async with asyncio.timeout(_CLOSE_TIMEOUT + 1):
                await self._connection.close()
        except (OSError, WebSocketException):  # it is gone, which is what was asked for
            return
