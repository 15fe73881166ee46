"""The customers' way in: the desk's own HTTP routes, called inside this process one after another.

A call goes through the same application that serves the network, without a socket, and is awaited, so
the order in which customers act is the order in which the desk sees it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import msgspec

Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]
"""An ASGI application."""

REFUSED = 400


class DoorError(Exception):
    """The desk refused a call: ``status`` is the HTTP status."""

    def __init__(self, method: str, path: str, status: int) -> None:
        super().__init__(f"{method} {path} was answered with status {status}")
        self.status = status


class Door:
    """Calls ``application`` as an HTTP client on this machine would; ``headers`` go with every call."""

    def __init__(self, application: Application, headers: Mapping[str, str] | None = None) -> None:
        self._application = application
        self._headers = {"host": "localhost", "content-type": "application/json", **(headers or {})}

    async def call(self, method: str, path: str, body: object = None) -> Any:
        """Send ``body`` as JSON; the decoded JSON of the answer, ``None`` when that is empty.

        Raises:
            DoorError: the status is 400 or above.
        """
        content = b"" if body is None else msgspec.json.encode(body)
        exchange = _Exchange(content)
        await self._application(self._scope(method, path, content), exchange.receive, exchange.send)
        if exchange.status >= REFUSED:
            raise DoorError(method, path, exchange.status)
        return msgspec.json.decode(exchange.answer) if exchange.answer else None

    def _scope(self, method: str, path: str, content: bytes) -> Message:
        headers = {**self._headers, "content-length": str(len(content))}
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 0),
            "server": ("127.0.0.1", 0),
        }


class _Exchange:
    """One request's body and what came back."""

    def __init__(self, content: bytes) -> None:
        self.status = 0
        self.answer = b""
        self._content = content

    async def receive(self) -> Message:
        return {"type": "http.request", "body": self._content, "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.answer += message.get("body", b"")
