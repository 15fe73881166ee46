"""A proxy on loopback that loses, delays, doubles, cuts, reorders and spoils what passes it, by a seed."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Final, Self

from tests.chaos.frames import FrameFaults, read_frame

_COMPRESSION: Final = b"sec-websocket-extensions:"
"""Frames that are compressed together cannot be taken apart."""
Serve = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]

_HTML: Final = b"<html><body>Bad gateway</body></html>"
_OVERTAKEN_FOR: Final = 0.5
"""Seconds that an answer waits for another one to pass it."""


class Proxy:
    """Stands between a client and ``port``.

    ``fault_rate`` of the requests meet with something, and ``frame_rate`` of the live connection's frames.
    """

    def __init__(self, port: int, seed: int, fault_rate: float, frame_rate: float = 0.0) -> None:
        self._target = port
        self._chance = random.Random(seed)
        self._rate = fault_rate
        self._frame_rate = frame_rate
        self._answered = asyncio.Event()
        self._served: set[asyncio.Task[None]] = set()
        self._cables: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.cable = True
        """Whether live connections are let through."""
        self.rest = True
        """Whether requests are let through."""
        self.faults: Counter[str] = Counter()
        self._kinds: dict[str, Serve] = {
            "refused": self._refuse,
            "answer lost": self._lose,
            "answer cut short": self._truncate,
            "half closed": self._half_close,
            "answer doubled": self._double,
            "delayed": self._delay,
            "answer overtaken": self._let_pass,
            "429": self._busy,
            "500": self._fault,
            "502 in html": self._bad_gateway,
            "html after the deed": self._html,
        }

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._begin, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._served:
            task.cancel()
        await asyncio.gather(*self._served, return_exceptions=True)

    def cut(self) -> None:
        """Break every live connection without a goodbye."""
        for writer in list(self._cables):
            writer.transport.abort()

    def calm(self) -> None:
        """From now on everything passes as it is."""
        self._rate = self._frame_rate = 0.0
        self.cable = self.rest = True

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._accept(reader, writer))
        self._served.add(task)
        task.add_done_callback(self._served.discard)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _request(reader)
            if b"upgrade: websocket" in request.lower():
                await self._pass_cable(request, reader, writer)
            elif self.rest:
                await self._serve(request, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            self.faults["broken by the other side"] += 1
        finally:
            writer.close()

    async def _serve(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        if self._chance.random() >= self._rate:
            writer.write(await self._answer(request))
        else:
            kind = self._chance.choice(list(self._kinds))
            self.faults[kind] += 1
            await self._kinds[kind](request, writer)
        await writer.drain()
        self._answered.set()

    async def _answer(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._target)
        writer.write(request)
        try:
            return await reader.read(-1)
        finally:
            writer.close()

    async def _refuse(self, _request: bytes, _writer: asyncio.StreamWriter) -> None:
        """The connection closes before anybody has read the request."""

    async def _lose(self, request: bytes, _writer: asyncio.StreamWriter) -> None:
        await self._answer(request)

    async def _truncate(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        answer = await self._answer(request)
        writer.write(answer[: len(answer) // 2])

    async def _half_close(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write_eof()
        await self._answer(request)

    async def _double(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(await self._answer(request) * 2)

    async def _delay(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self._chance.uniform(0.01, 0.3))
        writer.write(await self._answer(request))

    async def _let_pass(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        answer = await self._answer(request)
        self._answered.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_OVERTAKEN_FOR):
                await self._answered.wait()
        writer.write(answer)

    async def _busy(self, _request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(_made("429 Too Many Requests", b"{}", "Retry-After: 0\r\n"))

    async def _fault(self, _request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(_made("500 Internal Server Error", b"{}"))

    async def _bad_gateway(self, _request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(_made("502 Bad Gateway", _HTML))

    async def _html(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        await self._answer(request)
        writer.write(_made("502 Bad Gateway", _HTML))

    async def _pass_cable(
        self, request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if not self.cable:
            return
        there, onward = await asyncio.open_connection("127.0.0.1", self._target)
        onward.write(request)
        self._cables |= {writer, onward}
        try:
            await asyncio.gather(_pump(reader, onward), self._pass_frames(there, writer))
        finally:
            onward.close()
            self._cables -= {writer, onward}

    async def _pass_frames(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readuntil(b"\r\n\r\n"))
        faults = FrameFaults(self._chance, self._frame_rate, self.faults)
        try:
            while True:
                for frame in faults.passed(await read_frame(reader)):
                    writer.write(frame)
                await writer.drain()
        finally:
            writer.close()


def _made(status: str, body: bytes, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n"
    return head.encode() + body


async def _request(reader: asyncio.StreamReader) -> bytes:
    """One request; it asks for the connection to be closed after its answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    if b"upgrade: websocket" in head.lower():
        return b"\r\n".join(line for line in lines if not line.lower().startswith(_COMPRESSION))
    size = next((int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0)
    kept = [line for line in lines if line and not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*kept, b"Connection: close", b"", b""]) + await reader.readexactly(size)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
    writer.close()
