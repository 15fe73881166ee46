"""The Chatwoot backend behaves as every backend does, against the practice desk by the wire."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from typing import Any, cast

import msgspec
import pytest

from api_client.backend import Backend
from api_client.chatwoot.signin import SignedIn, sign_in_with_password
from api_client.detect import detect
from api_client.errors import NotSignedIn
from api_client.models.identity import ConversationId, QueueId
from api_client.models.message import Upload
from api_client.open import open_backend
from api_client.secret import Secret
from api_client.testing.bench import Customer
from api_client.testing.suite import BackendBehaviour
from api_client.transport.address import parse_address
from api_client.transport.base import Form, HttpTransport, Request
from api_client.transport.http import HttpxTransport
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load


class PublicCustomer:
    """A customer who speaks by the public API."""

    def __init__(self, http: HttpTransport, place: str, conversation: str) -> None:
        self._http = http
        self._place = place
        self.conversation = ConversationId(conversation)

    @classmethod
    async def arrive(cls, http: HttpTransport, inbox: str, name: str) -> PublicCustomer:
        contacts = f"/public/api/v1/inboxes/{inbox}/contacts"
        contact = await ask(http, Request("POST", contacts, json={"name": name}))
        place = f"{contacts}/{contact['source_id']}/conversations"
        conversation = await ask(http, Request("POST", place, json={}))
        return cls(http, f"{place}/{conversation['id']}", str(conversation["id"]))

    async def say(self, text: str) -> None:
        await ask(self._http, Request("POST", f"{self._place}/messages", json={"content": text}))

    async def show(self, name: str, data: bytes) -> None:
        form = Form((("content", ""),), "attachments[]", (Upload(name, "application/octet-stream", data),))
        await ask(self._http, Request("POST", f"{self._place}/messages", form=form))

    async def receives(self) -> tuple[bytes, ...]:
        rows = await ask(self._http, Request("GET", f"{self._place}/messages"))
        sent = [file for row in rows if row["message_type"] == 1 for file in row.get("attachments", ())]
        return tuple([await self._bytes(file["data_url"]) for file in sent])

    async def _bytes(self, url: str) -> bytes:
        found = bytearray()
        await self._http.fetch(url, found.extend, limit=1 << 20)
        return bytes(found)

    async def hears(self) -> tuple[str, ...]:
        rows = await ask(self._http, Request("GET", f"{self._place}/messages"))
        return tuple(row["content"] for row in rows)

    async def read(self) -> None:
        await ask(self._http, Request("POST", f"{self._place}/update_last_seen"))

    async def type(self, *, on: bool) -> None:
        body = {"typing_status": "on" if on else "off"}
        await ask(self._http, Request("POST", f"{self._place}/toggle_typing", json=body))


async def ask(http: HttpTransport, request: Request) -> Any:
    response = await http.send(request)
    assert response.status == 200, response.body
    return msgspec.json.decode(response.body) if response.body else None


class PracticeBench:
    """A practice desk without invented customers."""

    def __init__(self, desk: EmbeddedDesk) -> None:
        self._desk = desk
        agents = cast("list[dict[str, str]]", desk.ready["agents"])
        tokens = [agent["token"] for agent in agents if agent["role"] == "agent"]
        self._inbox: dict[str, Any] = cast("list[dict[str, Any]]", desk.ready["inboxes"])[0]
        self.queue = QueueId(f"inbox:{self._inbox['id']}")
        self._http = HttpxTransport(parse_address(desk.url))
        self._opened: list[Backend] = []
        self.lead = self.with_token(next(one["token"] for one in agents if one["role"] != "agent"))
        self.agent_a = self.with_token(tokens[0])
        self.agent_b = self.with_token(tokens[1])

    async def customer(self, name: str, first_words: str) -> Customer:
        customer = await PublicCustomer.arrive(self._http, self._inbox["identifier"], name)
        await customer.say(first_words)
        return customer

    def with_token(self, token: str) -> Backend:
        backend = open_backend("chatwoot", self._desk.url, Secret(token))
        self._opened.append(backend)
        return backend

    def nowhere(self) -> Backend:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        return open_backend("chatwoot", f"127.0.0.1:{port}", Secret("anything"))

    async def stop(self) -> None:
        await self._desk.stop()

    async def start(self) -> None:
        await self._desk.start()

    async def aclose(self) -> None:
        await self._http.aclose()
        for backend in self._opened:
            await backend.aclose()


@pytest.fixture
async def bench() -> AsyncIterator[PracticeBench]:
    async with EmbeddedDesk.of(load("tax")) as desk:
        bench = PracticeBench(desk)
        await bench.agent_a.sign_in()
        await bench.agent_b.sign_in()
        await bench.lead.sign_in()
        yield bench
        await bench.aclose()


class TestChatwootOnThePracticeDesk(BackendBehaviour):
    """Every test of the suite."""


async def test_the_practice_desk_is_found_and_signed_in_to_by_password() -> None:
    async with EmbeddedDesk.of(load("tax")) as desk:
        agent = cast("list[dict[str, str]]", desk.ready["agents"])[0]
        found = await detect(desk.url.removeprefix("http://"))
        assert (found.kind, found.url) == ("chatwoot", desk.url)
        outcome = await sign_in_with_password(desk.url, agent["email"], Secret(agent["password"]))
        assert isinstance(outcome, SignedIn)
        assert outcome.token == Secret(agent["token"])
        with pytest.raises(NotSignedIn):
            await sign_in_with_password(desk.url, agent["email"], Secret("not-the-word"))
