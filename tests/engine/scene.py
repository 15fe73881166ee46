"""An agent's desk, a colleague and a customer on one practice desk, and a door between desk and server."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from agent_tui.desk import events as d
from agent_tui.desk.model import Chat
from agent_tui.engine.carrying import CarryingMeans
from agent_tui.keymap import ASKS
from api_client.backend import Backend
from api_client.errors import NotAllowed
from api_client.models.conversation import Conversation, Status
from api_client.models.identity import AgentId, ConversationId
from api_client.models.people import Availability
from api_client.open import open_backend
from api_client.secret import Secret
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer, WireDesk

SHOUT = (sys.executable, "-c", "import sys; print(sys.stdin.read().upper()[:40])")
_OPERATIONS = {"conversation", *(name for names in ASKS.values() for name in names)}


class Door:
    """What the agent's desk asks of the server goes through here."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._first: Callable[[], Awaitable[object]] | None = None
        self._before: frozenset[str] = frozenset()
        self._closed: frozenset[str] = frozenset()

    def install(self, backend: Backend) -> None:
        """Stand before each operation that an action asks for."""
        for name in _OPERATIONS:
            setattr(backend, name, self._guarded(name, getattr(backend, name)))

    def close(self, operations: Iterable[str]) -> None:
        """These are refused from now on, as a server does whose role does not allow them."""
        self._closed = frozenset(operations)

    def let_first(self, act: Callable[[], Awaitable[object]], *, before: Iterable[str]) -> None:
        """Somebody else is faster than the next of these operations, by as little as can be."""
        self._first, self._before = act, frozenset(before)

    def _guarded(self, name: str, do: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def asked(*args: Any, **kwargs: Any) -> Any:
            if name in self._closed:
                raise NotAllowed("not for this role")
            if self._first is not None and name in self._before:
                first, self._first = self._first, None
                await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_awaited(first), self._loop))
            return await do(*args, **kwargs)

        return asked


async def _awaited(act: Callable[[], Awaitable[object]]) -> None:
    await act()


class Scene:
    """Olga has asked something. ``other`` is the colleague's connection."""

    def __init__(
        self, served: EmbeddedDesk, desk: WireDesk, other: Backend, olga: WireCustomer, door: Door
    ) -> None:
        self.served = served
        self.desk = desk
        self.other = other
        self.olga = olga
        self.door = door
        self.receiver = AgentId("")
        """A third agent, who may be given the conversation."""
        self.earlier = olga.conversation
        """Another conversation of Olga's, once she has one."""

    @property
    def id(self) -> ConversationId:
        """Olga's conversation."""
        return self.olga.conversation

    @property
    def chat(self) -> Chat:
        """As the agent's desk has it."""
        return self.desk.chat(self.id)

    @property
    def me(self) -> AgentId:
        """The agent."""
        assert self.desk.state.me is not None
        return self.desk.state.me.id

    async def there(self) -> Conversation:
        """As the server has it."""
        return await self.other.conversation(self.id)

    async def them(self) -> AgentId:
        """The colleague."""
        return (await self.other.sign_in()).agent.id

    def do(self, event: d.DeskEvent) -> None:
        """The agent does it."""
        self.desk.bridge.dispatch(event)

    async def until(self, fact: Callable[[], bool]) -> None:
        """Wait for something at the agent's desk."""
        await self.desk.until(fact)

    async def told(self, notice: type) -> None:
        """Wait for words of this kind before the agent's eyes."""
        await self.until(lambda: any(isinstance(one, notice) for one in self.desk.told))

    async def until_there(self, fact: Callable[[Conversation], bool]) -> None:
        """Wait until the server has it so."""
        async with asyncio.timeout(10):
            while not fact(await self.there()):
                pass  # asking takes its time

    async def until_known_as(self, availability: Availability) -> None:
        """Wait until colleagues see the agent so."""
        async with asyncio.timeout(10):
            while (self.me, availability) not in {
                (one.id, one.availability) for one in await self.other.agents()
            }:
                pass  # asking takes its time

    async def taken_by_colleague(self) -> None:
        """The colleague assigns it to themselves, whoever has it."""
        await self.other.assign(self.id, await self.them())

    async def closed(self) -> None:
        """The agent has closed it."""
        self.do(d.ResolveRequested(self.id))
        await self.until(lambda: self.id not in self.desk.state.tabs)
        await self.until(lambda: self.chat.status is Status.RESOLVED)

    async def opened_by_colleague(self) -> None:
        """The colleague opens the closed conversation for themselves."""
        await self.other.set_status(self.id, Status.OPEN)
        await self.taken_by_colleague()

    async def came_before(self) -> None:
        """Olga's conversation was not her first."""
        again = await self.olga.once_more("And another thing")
        self.earlier = again.conversation
        self.chat.previous = None

    @asynccontextmanager
    async def shut_out(self) -> AsyncIterator[None]:
        """Meanwhile the agent belongs to no queue and no team: the server refuses."""
        db, me = self.served.desk.db, int(self.me)
        served = "SELECT inbox_id FROM inbox_members WHERE user_id = ?"
        inboxes = await self.served.call(partial(db.column, served, (me,)))
        try:
            await self.served.call(partial(db.run, "DELETE FROM inbox_members WHERE user_id = ?", (me,)))
            await self.served.call(partial(db.run, "DELETE FROM team_members WHERE user_id = ?", (me,)))
            yield
        finally:
            for inbox in inboxes:
                row = (inbox, me)
                await self.served.call(partial(db.run, "INSERT INTO inbox_members VALUES (?, ?)", row))


@asynccontextmanager
async def scene(served: EmbeddedDesk, folder: Path, *, mine: bool, rows: int = 0) -> AsyncIterator[Scene]:
    """``mine``: the agent has taken Olga's conversation and sees it; else she waits.

    ``rows``: messages she has added to her question.
    """
    agents: Any = served.ready["agents"]
    door = Door()
    carrying = CarryingMeans(folder, {"shout": SHOUT})
    olga = await WireCustomer.arrive(served, "Olga")
    await olga.say("Which tax card do I need?")
    for number in range(rows):
        await olga.say(f"row {number}")
    other = open_backend("chatwoot", served.url, Secret(agents[1]["token"]))
    await other.sign_in()
    try:
        async with WireDesk(served, change=door.install, carrying=carrying) as desk:
            at = Scene(served, desk, other, olga, door)
            await at.until(lambda: at.id in desk.state.waiting and bool(desk.state.queues))
            if mine:
                await desk.take(at.id)
            try:
                yield at
            finally:
                for conversation in {olga.conversation, at.earlier}:
                    await other.set_status(conversation, Status.RESOLVED)
    finally:
        await other.aclose()
