"""Both transports to a practice desk inside this process; what each request and frame meets is scripted."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from starlette.applications import Starlette

from api_client.errors import AnswerLost, ConnectFailed
from api_client.transport.address import Address
from api_client.transport.base import Request, Response, Socket, Take
from api_client.transport.memory import MemorySocket, socket_pair

LATE: Final = 1.5
"""Seconds by which something comes late."""

Asgi = MutableMapping[str, Any]


class Network:
    """What is the matter between one client and the server, and the server's side of the wires."""

    def __init__(self, app: Starlette, loop: asyncio.AbstractEventLoop) -> None:
        self.app = app
        self.loop = loop
        self.requests: deque[str] = deque()
        """What the next requests meet."""
        self.frames: deque[str] = deque()
        """What the next frames of the live connection meet."""
        self.rest = True
        """Whether requests get through."""
        self.cable = True
        """Whether the live connection opens."""
        self._work: set[asyncio.Task[Any]] = set()
        self._ends: set[MemorySocket] = set()

    def calm(self) -> None:
        """From now on everything gets through as it is."""
        self.requests.clear()
        self.frames.clear()
        self.rest = self.cable = True

    async def cut(self) -> None:
        """Break the live connections."""
        for end in list(self._ends):
            await end.aclose()

    def spawn(self, work: Any) -> asyncio.Task[Any]:
        """Something the server does whatever becomes of the client."""
        task = self.loop.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        return task

    async def join(self, end: MemorySocket) -> None:
        """Serve the far end of a live connection until it closes."""
        self._ends.add(end)
        begun = False
        held: list[str] = []

        async def receive() -> Asgi:
            nonlocal begun
            if not begun:
                begun = True
                return {"type": "websocket.connect"}
            try:
                return {"type": "websocket.receive", "text": str(await end.receive())}
            except AnswerLost:
                return {"type": "websocket.disconnect", "code": 1006}

        async def send(message: Asgi) -> None:
            if message["type"] == "websocket.send":
                for text in self._passed(message["text"], held):
                    await end.send(text)
            elif message["type"] == "websocket.close":
                await end.aclose()

        try:
            await self.app(_scope("websocket", "GET", "/cable"), receive, send)
        except AnswerLost:
            await end.aclose()
        finally:
            self._ends.discard(end)

    def _passed(self, text: str, held: list[str]) -> list[str]:
        before = held[:]
        held.clear()
        match self.frames.popleft() if self.frames else "":
            case "lost":
                return before
            case "doubled":
                return [text, text, *before]
            case "overtaken":
                held.append(text)
                return before
            case _:
                return [text, *before]


class WiredHttp:
    """Requests of one client; a dead one's get nowhere."""

    def __init__(self, network: Network, token: str) -> None:
        self._network = network
        self._token = token
        self.dead = False

    async def send(self, request: Request) -> Response:
        """Send and wait, whatever is the matter."""
        network, sent_at = self._network, self._network.loop.time()
        if self.dead or not network.rest:
            await asyncio.sleep(0)
            raise ConnectFailed("nobody answers")
        meets = network.requests.popleft() if network.requests else ""
        status, headers, body = await _SPOILT.get(meets, _plain)(lambda: self._deed(request))
        if self.dead:
            raise AnswerLost("nobody is left to hear it")
        return Response(status, headers, body, sent_at, network.loop.time())

    async def _deed(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """The server's work goes on when the client does not wait for it."""
        return await asyncio.shield(self._network.spawn(self._asked(request)))

    async def _asked(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        body = b"" if request.json is None else msgspec.json.encode(request.json)
        scope = _scope("http", request.method, request.path, request.query)
        own = {"api_access_token": self._token, "content-length": str(len(body))}
        scope["headers"] += [(name.encode(), value.encode()) for name, value in own.items()]
        told: list[Asgi] = []

        async def receive() -> Asgi:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Asgi) -> None:
            told.append(message)

        await self._network.app(scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in told[0]["headers"]}
        return told[0]["status"], headers, b"".join(one.get("body", b"") for one in told[1:])

    async def fetch(self, url: str, take: Take, *, limit: int) -> None:
        """No files here."""
        del take, limit
        raise ConnectFailed(url)

    async def renew(self) -> None:
        """Nothing is kept."""

    async def aclose(self) -> None:
        """Nothing to close."""


class WiredSockets:
    """Live connections of one client."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.dead = False

    async def connect(self, address: Address, path: str, subprotocols: tuple[str, ...] = ()) -> Socket:
        """Open one, if that is possible now."""
        del address, path, subprotocols
        if self.dead or not self._network.cable:
            raise ConnectFailed("nobody answers")
        here, there = socket_pair()
        self._network.spawn(self._network.join(there))
        return here


Answer = tuple[int, dict[str, str], bytes]
Deed = Callable[[], Awaitable[Answer]]


async def _plain(deed: Deed) -> Answer:
    return await deed()


async def _refused(_deed: Deed) -> Answer:
    raise ConnectFailed("refused")


async def _lost_before(_deed: Deed) -> Answer:
    raise AnswerLost("lost on the way there")


async def _lost_after(deed: Deed) -> Answer:
    await deed()
    raise AnswerLost("lost on the way back")


async def _done_late(deed: Deed) -> Answer:
    async def later() -> None:
        await asyncio.sleep(LATE)
        await deed()

    asyncio.get_running_loop().create_task(later())
    raise AnswerLost("given up too early")


async def _slow(deed: Deed) -> Answer:
    answer = await deed()
    await asyncio.sleep(LATE)
    return answer


async def _busy(_deed: Deed) -> Answer:
    return 429, {"retry-after": "2"}, b"{}"


async def _fault(_deed: Deed) -> Answer:
    return 500, {}, b"{}"


async def _fault_after(deed: Deed) -> Answer:
    await deed()
    return 500, {}, b"{}"


async def _html_after(deed: Deed) -> Answer:
    await deed()
    return 502, {}, b"<html>Bad gateway</html>"


async def _garbled(deed: Deed) -> Answer:
    status, headers, body = await deed()
    return status, headers, body[: len(body) // 2]


_SPOILT: Final[dict[str, Callable[[Deed], Awaitable[Answer]]]] = {
    "refused": _refused,
    "lost before": _lost_before,
    "lost after": _lost_after,
    "done late": _done_late,
    "slow": _slow,
    "429": _busy,
    "500": _fault,
    "500 after": _fault_after,
    "502 after": _html_after,
    "garbled": _garbled,
}
REQUEST_FAULTS = ("", *_SPOILT)
FRAME_FAULTS = ("", "lost", "doubled", "overtaken")


def _scope(kind: str, method: str, path: str, query: tuple[tuple[str, str], ...] = ()) -> Asgi:
    return {
        "type": kind,
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "http" if kind == "http" else "ws",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": urlencode(query).encode(),
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
        "subprotocols": ["actioncable-v1-json"],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }
