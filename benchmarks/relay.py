"""A wire on this machine with a known delay that can be cut: a TCP relay on a thread of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine
from typing import Any, Final, Self

_PIECE: Final = 65_536
_CABLE: Final = b"GET /cable"
"""Begins the live connection; every other one carries requests."""


class Relay:
    """Hands all on to a server on 127.0.0.1, each direction ``delay`` seconds late. Use it in a ``with``.

    Opening a connection costs nothing, as if it had been kept. The methods are for the thread that made it.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self.delay = 0.0
        self.cabled_at = 0.0
        """When (``perf_counter``) the client last began a live connection."""
        self.carried_at = 0.0
        """When the last piece came, of whatever connection."""
        self.held: list[float] = []
        """Seconds that pieces were held back while the wire had a delay: longer than it on a busy machine."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="relay", daemon=True)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """End every connection; new ones are refused."""
        self._do(self._cut())

    def mend(self) -> None:
        """Take connections again, at the same address."""
        self._do(self._mend())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _mend(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        if self._server is not None:
            self._server.close()
        ending = list(self._open)
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._open.add(task)
        try:
            inner, outer = await asyncio.open_connection("127.0.0.1", self._target)
            try:
                await _until_one_ends(self._carry(reader, outer), self._carry(inner, writer))
            finally:
                outer.close()
        except (OSError, asyncio.CancelledError):
            pass  # the wire is cut, or an end has gone
        finally:
            writer.close()
            self._open.discard(task)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.ensure_future(self._deliver(on_the_way, writer))
        try:
            piece = b"-"
            while piece:
                piece = await reader.read(_PIECE)
                now = self.carried_at = time.perf_counter()
                if piece.startswith(_CABLE):
                    self.cabled_at = now
                on_the_way.put_nowait((now + self.delay, piece))
            await delivering
        finally:
            delivering.cancel()

    async def _deliver(
        self, on_the_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        """Each piece when it is due, until an empty one: the end."""
        piece = b"-"
        while piece:
            due, piece = await on_the_way.get()
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if self.delay:
                self.held.append(time.perf_counter() - due + self.delay)
            writer.write(piece)
            await writer.drain()


async def _until_one_ends(*ways: Coroutine[Any, Any, None]) -> None:
    running = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in running:
            way.cancel()
        await asyncio.gather(*running, return_exceptions=True)
