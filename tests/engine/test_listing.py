"""Long lists: the first page says how many follow, and those are asked for side by side."""

from __future__ import annotations

import asyncio

from agent_tui.desk import events as d
from api_client.models.conversation import AssigneeFilter
from tests.engine.stage import PAGE, ScriptedBackend, Stage

MANY = 4 * PAGE + 1


async def test_the_pages_after_the_first_are_asked_for_together() -> None:
    backend = ScriptedBackend()
    for number in range(MANY):
        backend.waits(str(number + 1))
    gate = backend.gates["conversations"] = asyncio.Event()
    backend.connect()
    async with Stage(backend) as stage:
        await stage.until(lambda: len(asked(backend)) == 2)  # both lists
        gate.set()
        await stage.first(d.ConnectionOpened)
        listed = stage.all(d.ConversationsListed)[0]
        assert {chat.id for chat in listed.chats} == set(backend.chats)
        assert listed.whole
        pages = [page for whose, page in asked(backend) if whose is AssigneeFilter.UNASSIGNED]
        assert sorted(pages) == [1, 2, 3, 4, 5]


def asked(backend: ScriptedBackend) -> list[tuple[AssigneeFilter, int]]:
    """Which pages of which lists, in the order asked for."""
    return [given for name, given in backend.calls if name == "conversations" and isinstance(given, tuple)]
