"""What people ask about: the tags of conversations by queue and day, read from the backend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Final

from msgspec import Struct

from agent_tui.engine.retrying import Retrying
from agent_tui.engine.timing import SystemTiming
from api_client.backend import Backend
from api_client.models.conversation import AssigneeFilter, Conversation, ConversationQuery
from api_client.models.identity import QueueId

MOST_PAGES: Final = 400
"""Pages read; a report that needs more says that it is not whole."""
_PATIENCE: Final = 30.0


class TagCount(Struct, frozen=True):
    """How many conversations of a queue that began on a day have a tag."""

    day: str
    """``2026-11-22``."""
    queue: str
    tag: str
    """Empty: no tag at all."""
    conversations: int


class Read(Struct, frozen=True):
    """Conversations that began in the time asked about."""

    conversations: tuple[Conversation, ...]
    queues: dict[QueueId, str]
    whole: bool
    """All of them were read."""


async def read(backend: Backend, since: float) -> Read:
    """The conversations that began at ``since`` (epoch seconds) or later, in any state, whoever has them.

    Raises:
        ApiError: the server did not answer in a while.
    """
    retrying = Retrying(SystemTiming())
    queues = await retrying.ask(backend.queues, patience=_PATIENCE)
    query = ConversationQuery(AssigneeFilter.ANYONE, status=None)
    found: dict[str, Conversation] = {}
    whole = False
    for number in range(1, MOST_PAGES + 1):
        page = await retrying.ask(partial(backend.conversations, query, number), patience=_PATIENCE)
        found |= {one.id: one for one in page.items if one.created_at >= since}
        # The list goes from the newest doings back, and nothing is done before it has begun.
        if not page.more or all(one.last_activity_at < since for one in page.items):
            whole = True
            break
    return Read(tuple(found.values()), {queue.id: queue.name for queue in queues}, whole)


def counted(
    conversations: Iterable[Conversation], queues: dict[QueueId, str], zone: tzinfo | None = None
) -> list[TagCount]:
    """The counts by day, queue and number, the newest day first; ``zone`` says when a day begins."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in conversations:
        day = datetime.fromtimestamp(one.created_at, UTC).astimezone(zone).date().isoformat()
        counts.update((day, queues.get(one.queue, one.queue), tag) for tag in one.tags or ("",))
    rows = [TagCount(*key, number) for key, number in counts.items()]
    rows.sort(key=lambda row: (row.queue.casefold(), -row.conversations, row.tag.casefold()))
    rows.sort(key=lambda row: row.day, reverse=True)
    return rows
