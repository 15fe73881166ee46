"""A lead's board that was cut off for a moment asks for what changed, and lists everything behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from random import Random
from typing import cast

from agent_tui.bridge import Bridge
from agent_tui.desk import events as d
from agent_tui.desk.model import DeskState, Link
from agent_tui.engine.board_lists import BoardLists
from agent_tui.engine.overview import Overview
from agent_tui.engine.retrying import Retrying
from api_client.backend import Backend
from api_client.models.conversation import ConversationPage, ConversationQuery, Status
from api_client.models.identity import AgentId
from api_client.open import open_backend
from api_client.secret import Secret
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.engine.stage import MIKKO, HandClock, ScriptedBackend, ids
from tests.engine.wire import WireCustomer, call

Until = Callable[[Callable[[], bool]], Awaitable[None]]


async def test_changes_are_told_whosever_they_are_and_the_list_behind_is_whole() -> None:
    backend = ScriptedBackend()
    waits, closed = backend.waits("1"), backend.waits("2", MIKKO)
    backend.fresh.clear()
    backend.change(closed, status=Status.RESOLVED)
    told: list[d.DeskEvent] = []
    lists = BoardLists(backend, AgentId("7"), Retrying(HandClock(), Random(1)), told.append)
    assert await lists.changed(80.0)
    await lists.check()
    listed = [(ids(event.chats), event.whole) for event in told if isinstance(event, d.ConversationsListed)]
    assert listed == [({closed}, False), ({waits}, True)]


async def test_a_board_that_was_cut_off_is_live_again_with_one_list() -> None:
    served = EmbeddedDesk.of(load("tax"))
    asked: list[ConversationQuery] = []
    with closing(served.desk):
        async with served, following(served, asked) as (state, until):
            liisa, pekka = [await waiting(served, name) for name in ("Liisa", "Pekka")]
            await until(lambda: len(state.waiting.places) == 2)
            await served.stop()
            await until(lambda: state.connection.link is Link.LOST)
            place = f"/api/v1/accounts/{served.ready['account_id']}/conversations/{liisa.conversation}"
            await call(served, "POST", f"{place}/toggle_status", {"status": "resolved"}, token=lead(served))
            olli = await waiting(served, "Olli")
            asked.clear()
            await served.start()
            await until(lambda: state.connection.link is Link.LIVE)
            assert set(state.waiting.places) == {pekka.conversation, olli.conversation}
            assert [query.status for query in asked] == [None]


def lead(served: EmbeddedDesk) -> str:
    agents = cast("list[dict[str, str]]", served.ready["agents"])
    return next(agent["token"] for agent in agents if agent["role"] == "administrator")


async def waiting(served: EmbeddedDesk, name: str) -> WireCustomer:
    customer = await WireCustomer.arrive(served, name)
    await customer.say("Hei")
    return customer


@asynccontextmanager
async def following(
    served: EmbeddedDesk, asked: list[ConversationQuery]
) -> AsyncIterator[tuple[DeskState, Until]]:
    """What a board holds that follows, and how to wait for it; ``asked``: the lists it asks for."""
    changed = asyncio.Event()

    async def until(fact: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not fact():
                await changed.wait()
                changed.clear()

    def connect() -> Backend:
        backend = open_backend("chatwoot", served.url, Secret(lead(served)))
        listed = backend.conversations

        async def noted(query: ConversationQuery, page: int = 1) -> ConversationPage:
            asked.append(query)
            return await listed(query, page)

        backend.conversations = noted  # type: ignore[method-assign]
        return backend

    overview, state = Overview(connect), DeskState()
    bridge = Bridge(
        state,
        perform=overview.submit,
        show=lambda _: None,
        changed=changed.set,
        start_failed=lambda _: None,
    )
    bridge.open()
    running = asyncio.ensure_future(overview.run(bridge.deliver))
    yield state, until
    overview.stop()
    await running
    bridge.close()
