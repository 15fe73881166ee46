"""Asks an address whether it answers: nothing but a HEAD, without any token, on a thread of its own."""

from __future__ import annotations

import asyncio
import http.client
import ipaddress
import socket
import threading
import urllib.error
import urllib.request
from typing import Final
from urllib.parse import urlsplit

from agent_tui.desk.linkbook import Health

SECONDS: Final = 5.0
"""How long an address gets."""
_HEADERS: Final = {"User-Agent": "agent-tui link check", "Accept": "*/*"}
_GONE: Final = (404, 410)
_REFUSES_TO_SAY: Final = (401, 403, 405, 406, 429, 501)
"""Said by pages that are there and do not speak to programs."""
_SERVER_FAILS: Final = 500


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A page that sends on is there; where it sends to, perhaps into the house, is not followed."""

    def redirect_request(self, *_: object) -> None:
        """No further request."""


async def probe(url: str) -> Health:
    """What came of asking ``url``, within :data:`SECONDS` and a moment. Nothing is raised."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Health] = loop.create_future()

    def tell(health: Health) -> None:
        if not answer.done():
            answer.set_result(health)

    def work() -> None:
        health = asked(url)
        try:
            loop.call_soon_threadsafe(tell, health)
        except RuntimeError:
            return  # the program has ended meanwhile

    # A look-up of a name can hang for half a minute, and nobody who leaves waits for it.
    threading.Thread(target=work, name="link probe", daemon=True).start()
    try:
        return await asyncio.wait_for(answer, SECONDS + 1)
    except TimeoutError:
        return Health.SILENT


def asked(url: str) -> Health:
    """Ask, unless the name leads into the house. Blocks."""
    try:
        public = _leads_outside(urlsplit(url).hostname or "")
    except socket.gaierror as error:
        return Health.DEAD if error.errno == socket.EAI_NONAME else Health.SILENT
    except (OSError, ValueError):
        return Health.SILENT
    return judged(url) if public else Health.SILENT


def _leads_outside(host: str) -> bool:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return all(ipaddress.ip_address(str(at[0]).partition("%")[0]).is_global for *_, at in found)


def judged(url: str) -> Health:
    """What the address says to a HEAD, wherever it leads. Blocks."""
    opener = urllib.request.build_opener(_StayHere())
    request = urllib.request.Request(url, headers=_HEADERS, method="HEAD")  # noqa: S310  http and https only, by ``desk.addresses``
    try:
        with opener.open(request, timeout=SECONDS):
            return Health.ANSWERS
    except urllib.error.HTTPError as error:
        error.close()
        return _of_status(error.code)
    except (OSError, ValueError, http.client.HTTPException):
        return Health.SILENT


def _of_status(status: int) -> Health:
    if status in _GONE:
        return Health.DEAD
    return Health.SILENT if status >= _SERVER_FAILS and status not in _REFUSES_TO_SAY else Health.ANSWERS
