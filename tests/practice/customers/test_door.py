"""Calling an ASGI application in this process."""

from __future__ import annotations

import json
from typing import Any

import pytest

from practice.customers.door import Door, DoorError, Message


class Application:
    """Answers what it is told to and remembers what it was asked."""

    def __init__(self, status: int, *chunks: bytes) -> None:
        self.status = status
        self.chunks = chunks
        self.scope: Message = {}
        self.body = b""

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        self.scope = scope
        self.body = (await receive())["body"]
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        for chunk in self.chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body"})


async def test_a_call_sends_json_and_decodes_the_answer() -> None:
    application = Application(200, b'{"id":', b" 31}")

    answer = await Door(application, {"api_access_token": "t"}).call("POST", "/contacts", {"name": "Zoë"})

    assert answer == {"id": 31}
    assert json.loads(application.body) == {"name": "Zoë"}
    assert application.scope["path"] == "/contacts"
    headers = dict(application.scope["headers"])
    assert headers[b"content-length"] == str(len(application.body)).encode()
    assert headers[b"api_access_token"] == b"t"


async def test_an_empty_answer_is_nothing() -> None:
    application = Application(200)

    assert await Door(application).call("GET", "/") is None
    assert application.body == b""


async def test_a_refusal_is_an_error_that_names_the_call() -> None:
    with pytest.raises(DoorError, match="POST /messages was answered with status 422") as caught:
        await Door(Application(422, b"{}")).call("POST", "/messages", {})

    assert caught.value.status == 422
