"""A desk inside another program: its server in a thread of its own, on loopback. For tests and lessons."""

from __future__ import annotations

import asyncio
import inspect
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import Self, TypeVar, cast, overload

from practice.clock import Clock, RunningClock
from practice.desk import Desk
from practice.scenario.model import Scenario
from practice.serving import DeskServer, listening_socket, url_of

Result = TypeVar("Result")

HOST = "127.0.0.1"
PATIENCE = 10.0


class EmbeddedDesk:
    """Serves ``desk`` while the ``async with`` lasts.

    The port is free choice (``port=0``) the first time and stays the same from then on, so that a test
    can :meth:`stop` the server for a while and :meth:`start` it again. The desk outlives its server.
    """

    def __init__(self, desk: Desk, *, port: int = 0, throttle_local: bool = False) -> None:
        self.desk = desk
        self.port = port
        self._throttle_local = throttle_local
        self._server: DeskServer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @classmethod
    def of(
        cls, scenario: Scenario, *, clock: Clock | None = None, seed: int | None = 1, port: int = 0
    ) -> Self:
        """An embedded desk with a database in memory."""
        return cls(Desk(scenario, clock or RunningClock(), seed_number=seed), port=port)

    @property
    def url(self) -> str:
        """Where it answers, e.g. ``http://127.0.0.1:49152``."""
        return f"http://{HOST}:{self.port}"

    @property
    def ready(self) -> dict[str, object]:
        """What ``practice serve`` prints when it is ready."""
        return self.desk.ready(self.url)

    def start_now(self) -> None:
        """Start the server and wait until it answers, unless it runs; for code without a loop."""
        if self._thread is not None:
            return
        bound = listening_socket(HOST, self.port)
        self.port = int(url_of(HOST, bound).rpartition(":")[2])
        started = threading.Event()
        self.desk.url = self.url
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(bound, started)), name="practice desk", daemon=True
        )
        self._thread.start()
        if not started.wait(PATIENCE):
            raise TimeoutError("the practice desk did not start")

    async def _serve(self, bound: socket.socket, started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._server = DeskServer(self.desk, on_started=started.set, throttle_local=self._throttle_local)
        await self._server.serve(sockets=[bound])

    def stop_now(self) -> None:
        """Stop the server and wait until its port is free, if it runs; for code without a loop."""
        thread, loop, server = self._thread, self._loop, self._server
        if thread is None or loop is None or server is None:
            return
        loop.call_soon_threadsafe(server.stop)
        thread.join(PATIENCE)
        if thread.is_alive():
            raise TimeoutError("the practice desk did not stop")
        self._thread = self._loop = self._server = None

    async def start(self) -> None:
        """Start the server, on the port it had before if it had one."""
        await asyncio.to_thread(self.start_now)

    async def stop(self) -> None:
        """Stop the server; the desk keeps what it remembers."""
        await asyncio.to_thread(self.stop_now)

    @overload
    async def call(self, work: Callable[[], Awaitable[Result]]) -> Result: ...

    @overload
    async def call(self, work: Callable[[], Result]) -> Result: ...

    async def call(self, work: Callable[[], Awaitable[Result] | Result]) -> Result:
        """Run ``work`` on the server's loop and hand back its result; awaits what it returns."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_run(work), self._running_loop()))

    def call_now(self, work: Callable[[], Awaitable[Result] | Result]) -> Result:
        """:meth:`call` for code without a loop."""
        return asyncio.run_coroutine_threadsafe(_run(work), self._running_loop()).result(PATIENCE)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("the practice desk's server does not run")
        return self._loop

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def __enter__(self) -> Self:
        self.start_now()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop_now()


async def _run(work: Callable[[], Awaitable[Result] | Result]) -> Result:
    result = work()
    if inspect.isawaitable(result):
        return await cast("Awaitable[Result]", result)
    return result
