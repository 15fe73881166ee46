"""The server goes away for a moment, much happens meanwhile, and the desk knows it when it is back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from msgspec.structs import replace

from agent_tui.desk.model import Link
from agent_tui.desk.notice import ClosedElsewhere
from api_client.backend import Backend
from api_client.errors import AnswerLost
from api_client.models.conversation import ConversationPage, ConversationQuery
from practice.embedded import EmbeddedDesk
from tests.engine.wire import BRISK, WireCustomer, WireDesk, call

NEVER = replace(BRISK, check=(3600.0, 3600.0), poll_cut_off=(3600.0, 3600.0))
"""Nothing is listed whole behind what changed."""
AT_ONCE = replace(BRISK, check=(0.0, 0.1), poll_cut_off=(3600.0, 3600.0))


def as_ever(_: Backend) -> None:
    """All requests are answered."""


def without_changes(backend: Backend) -> None:
    """Of all lists, the one of what changed gets lost."""
    listed = backend.conversations

    async def lossy(query: ConversationQuery, page: int = 1) -> ConversationPage:
        if query.updated_within is not None:
            raise AnswerLost("lost on the way back")
        return await listed(query, page)

    backend.conversations = lossy  # type: ignore[method-assign]


async def waits(served: EmbeddedDesk, name: str) -> WireCustomer:
    customer = await WireCustomer.arrive(served, name)
    await customer.say("Hei")
    return customer


def by_colleague(served: EmbeddedDesk) -> Callable[[str, WireCustomer, str, object], Awaitable[Any]]:
    """What a colleague does to a customer's conversation, whether the server listens or not."""
    token = cast("list[dict[str, str]]", served.ready["agents"])[1]["token"]

    async def act(method: str, customer: WireCustomer, what: str, body: object = None) -> Any:
        place = f"/api/v1/accounts/{served.ready['account_id']}/conversations/{customer.conversation}"
        return await call(served, method, f"{place}/{what}", body, token=token)

    return act


async def lost(desk: WireDesk, served: EmbeddedDesk) -> None:
    await served.stop()
    await desk.until(lambda: desk.state.connection.link is Link.LOST)


async def back(desk: WireDesk, served: EmbeddedDesk) -> None:
    await served.start()
    await desk.until(lambda: desk.state.connection.link is Link.LIVE)


@pytest.mark.parametrize("change", [as_ever, without_changes])
async def test_once_live_again_the_desk_knows_who_came_wrote_and_was_closed_or_taken(
    served: EmbeddedDesk, change: Callable[[Backend], None]
) -> None:
    liisa, pekka, anna, sven = [await waits(served, name) for name in ("Liisa", "Pekka", "Anna", "Sven")]
    act = by_colleague(served)
    async with WireDesk(served, change=change, pace=NEVER) as desk:
        await desk.take(pekka.conversation)
        await desk.take(liisa.conversation)
        deleted = desk.chat(liisa.conversation).transcript.lines[-1].key
        await lost(desk, served)
        await liisa.say("Vielä yksi asia")
        await act("DELETE", liisa, f"messages/{deleted}", None)
        await act("POST", pekka, "toggle_status", {"status": "resolved"})
        await act("POST", anna, "assignments", {"assignee_id": (await me(served, 1))["id"]})
        olli = await waits(served, "Olli")
        await back(desk, served)
        assert set(desk.state.waiting.places) == {sven.conversation, olli.conversation}
        assert desk.state.tabs == [liisa.conversation]
        assert [notice.customer for notice in desk.told if isinstance(notice, ClosedElsewhere)] == ["Pekka"]
        await desk.until(lambda: desk.log(liisa.conversation)[-1] == "Vielä yksi asia")
        await desk.until(lambda: deleted in gone(desk, liisa))


async def test_the_list_behind_finds_what_no_list_of_changes_tells(served: EmbeddedDesk) -> None:
    liisa, pekka = [await waits(served, name) for name in ("Liisa", "Pekka")]
    async with WireDesk(served, pace=AT_ONCE) as desk:
        await desk.until(lambda: len(desk.state.waiting.places) == 2)
        await lost(desk, served)
        served.desk.db.run("PRAGMA foreign_keys = OFF")
        served.desk.db.run("DELETE FROM conversations WHERE id = ?", (int(liisa.conversation),))
        await back(desk, served)
        await desk.until(lambda: set(desk.state.waiting.places) == {pekka.conversation})


async def me(served: EmbeddedDesk, agent: int) -> Any:
    token = cast("list[dict[str, str]]", served.ready["agents"])[agent]["token"]
    return await call(served, "GET", "/api/v1/profile", token=token)


def gone(desk: WireDesk, customer: WireCustomer) -> set[str]:
    """Ids of lines that are shown as deleted."""
    lines = desk.chat(customer.conversation).transcript.lines
    return {str(line.key) for line in lines if line.deleted}
