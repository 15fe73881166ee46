"""HTTP over httpx. No other module imports httpx, and nothing of httpx leaves this one."""

from __future__ import annotations

import asyncio
import io
import logging
import ssl
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import httpx

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
    ServerFault,
    TooLarge,
)
from api_client.secret import Secret
from api_client.transport.address import Address
from api_client.transport.base import MAX_BODY, Form, Request, Response, Take
from api_client.transport.leading import MOST_HOPS, Hop, first_hop, next_hop
from api_client.transport.tls import distrust, trust
from api_client.transport.unpacking import ASKED_FOR, Unpacker

_TIMEOUT: Final = httpx.Timeout(10, connect=5, pool=5)
_LIMITS: Final = httpx.Limits(max_connections=20, max_keepalive_connections=10, keepalive_expiry=15)
"""An agent's requests come in small groups with pauses; a kept connection saves each group its handshake."""
_WHOLE_ANSWER: Final = 30.0
"""Seconds for a whole answer: the time-outs above restart with every byte of a slow drip."""
_SLOWEST: Final = 32 * 1024
"""Bytes a second that a file must make on its way; slower counts as stuck."""
_READ: Final = httpx.ByteStream(b"")
"""The body of an answer that has been read."""
_ACCEPT: Final = {"Accept-Encoding": ASKED_FOR}

MAPPED: Final[tuple[tuple[type[Exception], type[ApiError], str], ...]] = (
    (httpx.ConnectError, ConnectFailed, "no connection"),
    (httpx.ConnectTimeout, ConnectFailed, "no connection in time"),
    (httpx.PoolTimeout, ConnectFailed, "too many requests at once"),
    (httpx.ProxyError, ConnectFailed, "the proxy did not connect"),
    (httpx.InvalidURL, BadAddress, "not an address"),
    (httpx.UnsupportedProtocol, BadAddress, "not an address of the web"),
    (httpx.DecodingError, BadAnswer, "the answer cannot be unpacked"),
    (httpx.TooManyRedirects, BadAnswer, "sent from address to address"),
    (httpx.HTTPStatusError, BadAnswer, "an answer of an unexpected kind"),
    (httpx.CookieConflict, BadAnswer, "the answer sets the same cookie twice"),
    (httpx.HTTPError, AnswerLost, "the connection broke"),
    (httpx.StreamError, AnswerLost, "the connection broke"),
    (TimeoutError, AnswerLost, "no whole answer in time"),
    (OSError, ConnectFailed, "no connection"),
    (Exception, AnswerLost, "the request failed"),
)
"""Foreign errors and where they belong, nearest kin first; the last catches what nobody foresaw."""


def map_error(error: Exception, address: Address) -> ApiError:
    """The place in our tree of anything that httpx may raise; its text names the kind and the host only."""
    place = f"{address.host}:{address.port}"
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return CertificateRefused(f"{place} could not prove who it is")
    for foreign, ours, words in MAPPED:
        if isinstance(error, foreign):
            return ours(f"{place}: {words} ({type(error).__name__})")
    return AnswerLost(f"{place}: the request failed")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


class HttpxTransport:
    """One pool of connections to one installation.

    The pool is made at the first request, on the loop that sends it.

    Args:
        address: where the installation is; the plain-http rule has been applied to it already.
        secrets: headers that prove who asks, added to every request.
        headers: other headers for every request.
        monotonic: the clock that stamps requests and answers.
    """

    def __init__(
        self,
        address: Address,
        *,
        secrets: Mapping[str, Secret] | None = None,
        headers: Mapping[str, str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.address = address
        self._secrets = dict(secrets or {})
        self._headers = dict(headers or {})
        self._monotonic = monotonic
        self._client: httpx.AsyncClient | None = None
        self._busy: Counter[httpx.AsyncClient] = Counter()
        """Requests under way, by pool."""

    async def send(self, request: Request) -> Response:
        """Send and wait for the whole answer, whatever its status; see :class:`.base.HttpTransport`."""
        problem: ApiError
        handing = Handing(request.form)
        try:
            async with asyncio.timeout(_WHOLE_ANSWER + handing.size / _SLOWEST):
                return await self._send(request, handing)
        except ApiError:
            raise
        except Exception as error:  # noqa: BLE001  the seam is total: nothing foreign passes it
            problem = map_error(error, self.address)
        if not handing.whole and isinstance(problem, AnswerLost):
            problem = ConnectFailed(f"{problem}, with part of the files still here")
        # Raised out here so that no frame of httpx, whose locals hold the token, hangs on to it.
        raise problem

    async def fetch(self, url: str, take: Take, *, limit: int) -> None:
        """Get a file, redirects followed; see :class:`.base.HttpTransport`."""
        problem: ApiError
        try:
            async with asyncio.timeout(_WHOLE_ANSWER + limit / _SLOWEST):
                return await self._fetch(first_hop(self.address, url), take, limit)
        except ApiError:
            raise
        except Exception as error:  # noqa: BLE001  the seam is total: nothing foreign passes it
            problem = map_error(error, self.address)
        raise problem

    async def _fetch(self, hop: Hop, take: Take, limit: int) -> None:
        for _ in range(MOST_HOPS + 1):
            # One that leads elsewhere gets a client of its own, which has never seen the token.
            using = self._using() if hop.trusted else _stranger(hop)
            async with using as client, _answered(client, "GET", hop.url) as answer:
                if not answer.is_redirect:
                    await _taken(answer, take, limit)
                    return
                hop = next_hop(self.address, hop, answer.headers.get("location", ""))
        raise BadAnswer("sent from address to address")

    async def renew(self) -> None:
        """Leave the pool, which is closed as soon as nothing is under way in it."""
        left, self._client = self._client, None
        if left is not None and not self._busy[left]:
            with suppress(OSError, httpx.HTTPError):  # it is left either way
                await left.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        pools = set(self._busy) if self._client is None else {self._client, *self._busy}
        self._client = None
        for pool in pools:
            await pool.aclose()

    @asynccontextmanager
    async def _using(self) -> AsyncIterator[httpx.AsyncClient]:
        client = self._ready_client()
        self._busy[client] += 1
        try:
            yield client
        finally:
            self._busy[client] -= 1
            if not self._busy[client]:
                del self._busy[client]
                if client is not self._client:
                    await client.aclose()

    async def _send(self, request: Request, handing: Handing) -> Response:
        sent_at = self._monotonic()
        async with (
            self._using() as client,
            _answered(
                client,
                request.method,
                self.address.base + request.path,
                params=request.query or None,
                json=request.json,
                data=handing.fields,
                files=handing.files,
                headers=request.headers,
            ) as answer,
        ):
            received_at = self._monotonic()
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Response(answer.status_code, headers, await _body(answer), sent_at, received_at)

    def _ready_client(self) -> httpx.AsyncClient:
        if self._client is None:
            if not all(secret.sendable for secret in self._secrets.values()):
                raise NotSignedIn("the token holds characters that no token has")
            self._client = _client(self.address)
            self._client.headers.update(self._headers)
            self._client.headers.update({name: secret.reveal() for name, secret in self._secrets.items()})
        return self._client


class Handing:
    """A form on its way into a request: what of its files has been handed over."""

    def __init__(self, form: Form | None) -> None:
        self._form = form
        self._done = 0
        self.size = 0 if form is None else form.size
        self.fields = None if form is None else dict(form.fields)
        self.files = None
        if form is not None:
            self.files = [
                (form.name, (file.name, _Counted(file.data, self._handed), file.kind)) for file in form.files
            ]

    @property
    def whole(self) -> bool:
        """Whether the server may have all of it."""
        return self._done >= self.size

    def _handed(self, count: int) -> None:
        self._done += count
        if self._form is not None and self._form.progress is not None:
            self._form.progress(self._done, self.size)


class _Counted(io.BytesIO):
    """Tells how many bytes are read."""

    def __init__(self, data: bytes, told: Callable[[int], None]) -> None:
        super().__init__(data)
        self._told = told

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes."""
        chunk = super().read(size)
        if chunk:
            self._told(len(chunk))
        return chunk


def _stranger(hop: Hop) -> httpx.AsyncClient:
    _hush()
    return httpx.AsyncClient(
        verify=trust() if hop.encrypted else distrust(),
        timeout=_TIMEOUT,
        follow_redirects=False,
        trust_env=hop.encrypted,
        headers=_ACCEPT,
    )


async def _taken(answer: httpx.Response, take: Take, limit: int) -> None:
    _refuse(answer.status_code)
    told = answer.headers.get("content-length", "")
    if told.isascii() and told.isdecimal() and int(told) > limit:
        raise TooLarge(f"the file has {told} bytes")
    size = 0
    async for chunk in _unpacked(answer):
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"the file is longer than {limit} bytes")
        take(chunk)


def _refuse(status: int) -> None:
    if status in {401, 403}:
        raise NotAllowed(f"status {status} for the file")
    if status in {404, 410}:
        raise NotFound("the file is no longer there")
    if status in range(500, 600):
        raise ServerFault(f"status {status} for the file")
    if status != 200:  # noqa: PLR2004  HTTP's own number
        raise BadAnswer(f"status {status} for the file")


def _client(address: Address) -> httpx.AsyncClient:
    _hush()
    return httpx.AsyncClient(
        verify=trust() if address.scheme == "https" else distrust(),
        timeout=_TIMEOUT,
        limits=_LIMITS,
        follow_redirects=False,
        trust_env=not address.loopback,
        headers=_ACCEPT,
    )


@asynccontextmanager
async def _answered(
    client: httpx.AsyncClient, method: str, url: str, **sent: Any
) -> AsyncIterator[httpx.Response]:
    """The answer to a request, its body still to be read.

    httpx joins an answer and its body in a circle, and both stay until the garbage is collected, which is
    seldom: it costs keys. Nothing is left to be read afterwards, so the circle is opened.
    """
    async with client.stream(method, url, **sent) as answer:
        yield answer
    answer.stream = _READ


async def _unpacked(answer: httpx.Response) -> AsyncIterator[bytes]:
    """The answer's bytes; httpx would unpack a whole piece of it at once, however large that becomes."""
    unpacker = Unpacker(answer.headers.get("content-encoding", ""))
    async for packed in answer.aiter_raw():
        for piece in unpacker.feed(packed):
            yield piece
    unpacker.close()


def _hush() -> None:
    """Keep both libraries' logs above the levels at which they write addresses and headers."""
    for name in ("httpx", "httpcore"):
        logger = logging.getLogger(name)
        if logger.level < logging.WARNING:
            logger.setLevel(logging.WARNING)


async def _body(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in _unpacked(answer):
        body += chunk
        if len(body) > MAX_BODY:
            raise BadAnswer(f"the answer is longer than {MAX_BODY} bytes")
    return bytes(body)
