"""Rows as a Chatwoot server sends them, and servers that misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

Row = dict[str, Any]
MakeRow = Callable[..., Row]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

MARA = {
    "id": 4,
    "name": "Mara Lindqvist",
    "available_name": "Mara",
    "avatar_url": "",
    "type": "user",
    "availability_status": "online",
    "thumbnail": "",
}
OLLE = {
    "additional_attributes": {"city": "Lund", "country_code": "SE"},
    "custom_attributes": {"plan": "pro", "visits": 3, "vip": True},
    "email": "olle@example.test",
    "id": 31,
    "identifier": None,
    "name": "Olle Persson",
    "phone_number": None,
    "thumbnail": "",
    "blocked": False,
    "type": "contact",
}


@pytest.fixture(scope="session")
def message_row() -> MakeRow:
    """A message as a request's answer holds it."""

    def make(**changes: Any) -> Row:
        row: Row = {
            "id": 901,
            "content": "Hej! The order is on its way.",
            "inbox_id": 2,
            "echo_id": "c0ffee12ab34",
            "conversation_id": 17,
            "message_type": 1,
            "content_type": "text",
            "status": "sent",
            "content_attributes": {},
            "created_at": 1781946123,
            "private": False,
            "source_id": None,
            "sender": dict(MARA),
        }
        return {**row, **changes}

    return make


@pytest.fixture(scope="session")
def pushed_message_row(message_row: MakeRow) -> MakeRow:
    """A message as the live connection pushes it."""

    def make(**changes: Any) -> Row:
        row = message_row(
            account_id=1,
            updated_at="2026-06-20T09:02:03.000Z",
            sender_type="User",
            sender_id=4,
            additional_attributes={},
            processed_message_content="Hej! The order is on its way.",
            conversation={"assignee_id": 4, "unread_count": 2, "last_activity_at": 1781946123},
        )
        return {**row, **changes}

    return make


@pytest.fixture(scope="session")
def conversation_row() -> MakeRow:
    """A conversation as a request's answer holds it."""

    def make(**changes: Any) -> Row:
        row: Row = {
            "meta": {
                "sender": {**OLLE, "last_activity_at": 1781946000, "created_at": 1780000000},
                "channel": "Channel::Api",
                "assignee": {"id": 4, "available_name": "Mara", "name": "Mara Lindqvist", "role": "agent"},
                "assignee_type": "User",
                "team": {"id": 3, "name": "workshop", "is_member": True},
                "hmac_verified": False,
            },
            "id": 17,
            "messages": [],
            "account_id": 1,
            "additional_attributes": {"browser_language": "sv", "referer": "https://kite.example.test/cart"},
            "agent_last_seen_at": 1781946100,
            "can_reply": True,
            "contact_last_seen_at": 0,
            "custom_attributes": {"order": "B-1044"},
            "inbox_id": 2,
            "labels": ["delivery"],
            "snoozed_until": None,
            "status": "open",
            "created_at": 1781940000,
            "updated_at": 1781946123.4471,
            "timestamp": 1781946123,
            "first_reply_created_at": 1781940200,
            "unread_count": 1,
            "last_activity_at": 1781946123,
            "priority": "high",
            "waiting_since": 0,
        }
        return {**row, **changes}

    return make


@pytest.fixture(scope="session")
def profile_row() -> MakeRow:
    """A profile."""

    def make(**changes: Any) -> Row:
        row: Row = {
            "access_token": "q7Wm2cYyq3m4TtR8d0uJkLzX",
            "account_id": 1,
            "available_name": "Mara",
            "email": "mara@example.test",
            "id": 4,
            "name": "Mara Lindqvist",
            "pubsub_token": "Vx81tJw5Qk2mFh3yRzB7nPcD",
            "role": "agent",
            "accounts": [{"id": 1, "name": "Kite Bikes", "role": "agent", "availability": "online"}],
        }
        return {**row, **changes}

    return make


@pytest.fixture
def listening() -> Callable[[Talk], AbstractAsyncContextManager[int]]:
    """A server that talks as told; gives its port."""

    @asynccontextmanager
    async def listen(talk: Talk) -> AsyncIterator[int]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await talk(reader, writer)
            except ConnectionError:
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            yield server.sockets[0].getsockname()[1]

    return listen
