"""Who takes too long over a request is cut off; whoever listens on a live connection is not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from websockets.sync.client import connect

from practice.bounds import Bounds
from practice.clock import RunningClock
from practice.desk import Desk
from practice.embedded import EmbeddedDesk
from tests.practice.server.house import SMALL

HEAD = b"POST /api/v1/accounts/1/contacts HTTP/1.1\r\nHost: localhost\r\n"
FULL = HEAD + b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"


@pytest.fixture(scope="module")
def served() -> Iterator[EmbeddedDesk]:
    bounds = Bounds(head_seconds=0.3, body_seconds=0.3)
    with EmbeddedDesk(Desk(SMALL, RunningClock(), seed_number=1, bounds=bounds)) as embedded:
        yield embedded
    embedded.desk.close()


def _heard(served: EmbeddedDesk, said: bytes, drip: bytes = b"") -> bytes:
    """All that the server says to one who begins so, and goes on a byte at a time, until it hangs up."""
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=5)) as one:
        one.sendall(said)
        stopped = threading.Event()

        def go_on() -> None:
            while drip and not stopped.wait(0.05):
                try:
                    one.sendall(drip)
                except OSError:
                    return

        dripping = threading.Thread(target=go_on)
        dripping.start()
        heard = b""
        try:
            while chunk := one.recv(4096):
                heard += chunk
        except ConnectionResetError:
            pass  # as good as a goodbye
        finally:
            stopped.set()
            dripping.join()
        return heard


@pytest.mark.parametrize(
    ("said", "drip"),
    [(b"", b""), (HEAD, b""), (HEAD, b"x"), (FULL, b""), (FULL, b" ")],
    ids=["nothing", "half a head", "a head by drops", "half a body", "a body by drops"],
)
def test_who_never_finishes_a_request_is_cut_off(served: EmbeddedDesk, said: bytes, drip: bytes) -> None:
    assert b"200 OK" not in _heard(served, said, drip)


def test_many_idlers_do_not_keep_anybody_waiting(served: EmbeddedDesk) -> None:
    idlers = [socket.create_connection(("127.0.0.1", served.port), timeout=5) for _ in range(100)]
    try:
        assert httpx.get(f"{served.url}/api", timeout=5).status_code == 200
    finally:
        for idler in idlers:
            idler.close()


def test_a_live_connection_may_be_silent(served: EmbeddedDesk) -> None:
    with connect(f"ws://127.0.0.1:{served.port}/cable") as cable:
        assert "welcome" in str(cable.recv(timeout=5))
        assert "ping" in str(cable.recv(timeout=10))
