"""An address is asked with a bare HEAD; nothing inside of the house is asked at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from agent_tui.desk.linkbook import Health
from agent_tui.engine.link_probe import asked, judged, probe

STATUSES = {"/ok": 200, "/moved": 302, "/gone": 404, "/closed": 403, "/no-head": 405, "/broken": 500}


class _Site(HTTPServer):
    """Pages by their status; remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.requests: list[tuple[str, str, set[str]]] = []

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Page(BaseHTTPRequestHandler):
    server: _Site

    def do_HEAD(self) -> None:
        self.server.requests.append((self.command, self.path, {name.lower() for name in self.headers}))
        self.send_response(STATUSES[self.path])
        if self.path == "/moved":
            self.send_header("Location", self.server.address("/gone"))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[_Site]:
    server = _Site()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "health"),
    [
        ("/ok", Health.ANSWERS),
        ("/moved", Health.ANSWERS),
        ("/gone", Health.DEAD),
        ("/closed", Health.ANSWERS),
        ("/no-head", Health.ANSWERS),
        ("/broken", Health.SILENT),
    ],
)
def test_an_answer_is_judged_kindly(site: _Site, path: str, health: Health) -> None:
    assert judged(site.address(path)) is health
    assert len(site.requests) == 1, "what a page sends on to is not followed"


def test_nothing_of_the_agents_goes_along(site: _Site) -> None:
    judged(site.address("/ok"))
    ((method, _, headers),) = site.requests
    assert method == "HEAD"
    assert headers <= {"host", "user-agent", "accept", "accept-encoding", "connection"}


async def test_a_name_that_leads_into_the_house_is_not_asked(site: _Site) -> None:
    assert asked(site.address("/ok")) is Health.SILENT
    assert await probe(f"http://localhost:{site.server_port}/ok") is Health.SILENT
    assert site.requests == []


def test_nobody_listening_is_silence_and_not_a_dead_page() -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        port = closed.server_port
    assert judged(f"http://127.0.0.1:{port}/") is Health.SILENT
