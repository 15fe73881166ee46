"""A practice desk whose every word is hostile: each string of its answers and frames that is not protocol."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import threading
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from practice.embedded import EmbeddedDesk
from practice.serving import DeskServer
from tests.hostile.corpus import ALL, HOSTILE

_PROTOCOL: Final = frozenset(
    {
        *("id", "type", "event", "status", "message_type", "content_type", "file_type", "sender_type"),
        *("channel", "channel_type", "role", "availability", "availability_status", "assignee_type"),
        *("identifier", "pubsub_token", "access_token", "api_access_token", "website_token", "uuid"),
        *("source_id", "echo_id", "locale", "browser_language", "priority", "timezone", "version"),
        *("created_at", "updated_at", "timestamp", "confirmed", "slug", "portal_slug", "data_url"),
    }
)
"""Fields that hold the protocol's own words; what a person or a company wrote stands in all others."""
REFUSED: Final = "/contacts/"
"""A change of what stands here is refused, in hostile words."""


class Poisoner:
    """Around a desk's application. Every string gets a hostile beginning, the next one each time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._next = itertools.cycle(HOSTILE.values())
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or a live connection on."""
        if scope["type"] == "http" and scope["method"] == "PUT" and REFUSED in scope["path"]:
            await _refuse(send)
        elif scope["type"] == "http":
            await self._app(scope, receive, self._spoiling_answers(send))
        elif scope["type"] == "websocket":
            await self._app(scope, receive, self._spoiling_frames(send))
        else:
            await self._app(scope, receive, send)

    def _spoiling_answers(self, send: Send) -> Send:
        body, begun = bytearray(), [Message]

        async def spoil(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun[0] = message  # type: ignore[call-overload]
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                whole = self._spoilt(bytes(body))
                await send(_with_headers(begun[0], len(whole)))  # type: ignore[arg-type]
                await send({"type": "http.response.body", "body": whole})

        return spoil

    def _spoiling_frames(self, send: Send) -> Send:
        async def spoil(message: Message) -> None:
            if message.get("text"):
                frame = json.loads(message["text"])
                told = frame.get("message")
                if isinstance(told, dict) and "data" in told:
                    told["data"] = self._poisoned(told["data"])
                    message = {**message, "text": json.dumps(frame)}
            await send(message)

        return spoil

    def _spoilt(self, body: bytes) -> bytes:
        try:
            value = json.loads(body)
        except ValueError:
            return body
        with self._lock:
            return json.dumps(self._poisoned(value)).encode()

    def _poisoned(self, value: Any, key: str = "") -> Any:
        """Lists keep their field's name. A message gets all there is, and a file."""
        if isinstance(value, dict):
            row = {name: self._poisoned(one, name) for name, one in value.items()}
            return _message(row) if "message_type" in row and "content" in row else row
        if isinstance(value, list):
            return [self._poisoned(one, key) for one in value]
        if isinstance(value, str) and key not in _PROTOCOL:
            return f"{next(self._next)}{value}"
        return value


def _message(row: dict[str, Any]) -> dict[str, Any]:
    file = {
        "id": 1,
        "file_type": "file",
        "fallback_title": ALL,
        "data_url": f"http://x.test/{ALL}",
        "file_size": 9,
    }
    failed = {**(row.get("content_attributes") or {}), "external_error": ALL}
    return {**row, "content": f"{ALL} {row['content']}", "content_attributes": failed, "attachments": [file]}


def _with_headers(start: Message, length: int) -> Message:
    kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    eight = "\x9b2J\x9d0;owned\x9c".encode("latin-1")
    added = [
        (b"content-length", str(length).encode()),
        (b"server", b"owned " + eight),
        (b"x-request-id", eight),
        (b"content-disposition", b'attachment; filename="' + eight + b'"'),
    ]
    return {**start, "headers": [*kept, *added]}


async def _refuse(send: Send) -> None:
    body = json.dumps({"message": ALL, "error": ALL}).encode()
    head = [(b"content-type", b"application/json"), (b"retry-after", "\x9b2J".encode("latin-1"))]
    await send({"type": "http.response.start", "status": 422, "headers": head})
    await send({"type": "http.response.body", "body": body})


class HostileDesk(EmbeddedDesk):
    """An embedded desk that says nothing without poison."""

    async def _serve(self, bound: socket.socket, started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._server = DeskServer(self.desk, on_started=started.set)
        self._server.config.app = Poisoner(self._server.config.app)  # type: ignore[arg-type]
        await self._server.serve(sockets=[bound])
