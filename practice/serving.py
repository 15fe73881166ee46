"""A desk's HTTP and WebSocket server: uvicorn, stopped by an event and polite to open cables."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable, Generator

import uvicorn

from practice.app import create_app
from practice.desk import Desk
from practice.patience import patient

GOODBYE_SECONDS = 1.0
FRAME_LIMIT = 1024 * 1024


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket bound to this address; raises ``OSError`` when that fails, e.g. because it is in use.

    The protocol is named because asyncio sends small frames at once (TCP_NODELAY) only where it is.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen()
    except OSError:
        bound.close()
        raise
    return bound


def url_of(host: str, bound: socket.socket) -> str:
    """The address that clients use."""
    port = bound.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class DeskServer(uvicorn.Server):
    """Serves one desk on one loop until :meth:`stop`; leaves signals to whoever started it.

    ``on_started`` is called once the server takes connections. With ``throttle_local`` the limits on calls
    hold for this machine too.
    """

    def __init__(self, desk: Desk, on_started: Callable[[], None], *, throttle_local: bool = False) -> None:
        config = uvicorn.Config(
            create_app(desk, throttle_local=throttle_local),
            ws="websockets-sansio",
            http=patient(desk.bounds),
            ws_max_size=FRAME_LIMIT,
            date_header=False,
            server_header=False,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=2,
        )
        super().__init__(config)
        self._desk = desk
        self._on_started = on_started
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Have :meth:`serve` come to an end; call it on the server's loop."""
        self.should_exit = True
        self._stopped.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Take no signals."""
        yield

    async def main_loop(self) -> None:
        """Wait for :meth:`stop` instead of looking every tenth of a second."""
        await self.on_tick(0)
        self._on_started()
        await self._stopped.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye on the cables, give them a moment to take it, then close everything."""
        self._desk.cables.restart()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self._desk.cables.all_gone()
        await super().shutdown(sockets)
