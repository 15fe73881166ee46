"""A desk without a screen on a practice desk's real sockets, and customers who come by the public door."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, cast

from agent_tui.bridge import Bridge
from agent_tui.desk import events as d
from agent_tui.desk.effects import Notify, ScreenEffect
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import Notice
from agent_tui.desk.transcript import Fate
from agent_tui.engine.carrying import CarryingMeans
from agent_tui.engine.drafts import DraftStore, MemoryDrafts
from agent_tui.engine.engine import Engine
from agent_tui.engine.sending import SendingLimits
from agent_tui.engine.session import Pace
from agent_tui.engine.thread import EngineThread
from api_client.backend import Backend
from api_client.models.identity import ConversationId, EchoId
from api_client.open import open_backend
from api_client.secret import Secret
from practice.app import create_app
from practice.customers.door import Door
from practice.embedded import EmbeddedDesk

BRISK = Pace(seen=0.05, sending=SendingLimits(settle=0.1))
"""A server on this machine needs no more to finish a request whose answer got lost."""


class WireCustomer:
    """Writes whether the desk's server listens or not: their messages are on the desk all the same."""

    def __init__(self, served: EmbeddedDesk, place: str, conversation: str) -> None:
        self._served = served
        self._place = place
        self.conversation = ConversationId(conversation)

    @classmethod
    async def arrive(cls, served: EmbeddedDesk, name: str, *, queue: str = "", **about: object) -> Self:
        """Into the queue of this name, or into the first; ``about`` is what else is known of the person."""
        inboxes = cast("list[dict[str, Any]]", served.ready["inboxes"])
        inbox = next(one["identifier"] for one in inboxes if queue in {"", one["name"]})
        contacts = f"/public/api/v1/inboxes/{inbox}/contacts"
        contact = await call(served, "POST", contacts, {"name": name, **about})
        place = f"{contacts}/{contact['source_id']}/conversations"
        begun = await call(served, "POST", place, {})
        return cls(served, f"{place}/{begun['id']}", str(begun["id"]))

    async def say(self, text: str) -> None:
        await call(self._served, "POST", f"{self._place}/messages", {"content": text})

    async def once_more(self, words: str, **about: object) -> WireCustomer:
        """The same person in a new conversation; ``about`` is what the page tells of it."""
        conversations = self._place.rpartition("/")[0]
        begun = await call(self._served, "POST", conversations, about)
        again = WireCustomer(self._served, f"{conversations}/{begun['id']}", str(begun["id"]))
        await again.say(words)
        return again

    async def rates(self, rating: int) -> None:
        """Answer the survey."""
        rows = await call(self._served, "GET", f"{self._place}/messages")
        survey = next(row["id"] for row in rows if row["content_type"] == "input_csat")
        answer = {"submitted_values": {"csat_survey_response": {"rating": rating}}}
        await call(self._served, "PATCH", f"{self._place}/messages/{survey}", answer)

    async def hears(self) -> list[str]:
        return [row["content"] for row in await call(self._served, "GET", f"{self._place}/messages")]


async def call(served: EmbeddedDesk, method: str, path: str, body: object = None, *, token: str = "") -> Any:
    """Through the front door of the desk, on its server's loop while it has one; staff have a ``token``."""
    door = Door(create_app(served.desk), {"api_access_token": token} if token else None)
    if served._loop is None:
        return await door.call(method, path, body)
    return await served.call(lambda: door.call(method, path, body))


class WireDesk:
    """State, bridge, engine and backend of one agent."""

    def __init__(
        self,
        served: EmbeddedDesk,
        *,
        agent: int = 0,
        open_drafts: Callable[[], DraftStore] = MemoryDrafts,
        change: Callable[[Backend], None] = lambda _: None,
        carrying: CarryingMeans | None = None,
        pace: Pace = BRISK,
    ) -> None:
        token = cast("list[dict[str, str]]", served.ready["agents"])[agent]["token"]

        def connect() -> Backend:
            backend = open_backend("chatwoot", served.url, Secret(token))
            change(backend)
            return backend

        self._engine = Engine(connect, open_drafts, "practice", pace=pace, carrying=carrying)
        self._thread = EngineThread(lambda: self._engine)
        self._changed = asyncio.Event()
        self._echoes = itertools.count(1)
        self.told: list[Notice] = []
        """What stood on the screen, oldest first."""
        self.bridge = Bridge(
            DeskState(),
            perform=self._engine.submit,
            show=self._show,
            changed=self._changed.set,
            start_failed=lambda _: None,
        )

    def _show(self, effect: ScreenEffect) -> None:
        if isinstance(effect, Notify):
            self.told.append(effect.notice)

    @property
    def state(self) -> DeskState:
        return self.bridge.state

    def chat(self, conversation: ConversationId) -> Chat:
        return self.state.chats[conversation]

    def log(self, conversation: ConversationId) -> list[str]:
        """Texts of people in a conversation, as on the screen."""
        return [
            line.text
            for line in self.chat(conversation).transcript.lines
            if line.mine or line.kind.value == "customer"
        ]

    def fates(self, conversation: ConversationId) -> set[Fate]:
        return {line.fate for line in self.chat(conversation).transcript.lines if line.mine}

    async def __aenter__(self) -> Self:
        self.bridge.open()
        self._thread.start(self.bridge.deliver)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert await asyncio.to_thread(self._thread.stop)
        self.bridge.close()

    async def until(self, condition: Callable[[], bool], within: float = 20.0) -> None:
        async with asyncio.timeout(within):
            while not condition():
                await self._changed.wait()
                self._changed.clear()

    async def take(self, conversation: ConversationId) -> None:
        await self.until(lambda: conversation in self.state.chats)
        self.bridge.dispatch(d.ConversationPicked(conversation))
        await self.until(lambda: conversation in self.state.tabs)
        self.bridge.dispatch(d.TabSelected(conversation))
        await self.until(lambda: self.chat(conversation).transcript.fetched)

    def reply(self, conversation: ConversationId, text: str) -> None:
        echo = EchoId(f"echo-{next(self._echoes)}")
        self.bridge.dispatch(d.ReplySubmitted(conversation, text, note=False, echo=echo))
