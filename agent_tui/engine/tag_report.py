"""What people ask about: the tags of conversations by queue and day, read from the backend."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Final

from msgspec import Struct

from agent_tui.engine.retrying import Retrying
from agent_tui.engine.timing import SystemTiming, Timing
from api_client.backend import Backend
from api_client.models.conversation import AssigneeFilter, Conversation, ConversationQuery
from api_client.models.identity import QueueId

LONGEST: Final = 600.0
"""Seconds of reading; a report that needs more says from when on it is whole."""
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
    whole_from: float
    """Those that began then (epoch seconds) or later were all read."""
    whole: bool
    """All that were asked about were."""


async def read(
    backend: Backend,
    since: float,
    progress: Callable[[int], None] = lambda _: None,
    *,
    timing: Timing | None = None,
    longest: float = LONGEST,
) -> Read:
    """The conversations that began at ``since`` (epoch seconds) or later, in any state, whoever has them.

    Page by page, from the newest doings back, until ``since`` is reached or ``longest`` seconds are over.
    ``progress`` is told after each page how many conversations have been looked at.

    Raises:
        ApiError: the server did not answer in a while.
    """
    clock = timing or SystemTiming()
    retrying, until = Retrying(clock), clock.now() + longest
    queues = await retrying.ask(backend.queues, patience=_PATIENCE)
    query = ConversationQuery(AssigneeFilter.ANYONE, status=None)
    found: dict[str, Conversation] = {}
    seen, reached, whole = 0, math.inf, False
    for number in itertools.count(1):
        page = await retrying.ask(partial(backend.conversations, query, number), patience=_PATIENCE)
        found |= {one.id: one for one in page.items if one.created_at >= since}
        seen += len(page.items)
        progress(seen)
        # Nothing is done before it has begun, so what began after the oldest doing seen has been seen.
        reached = min([reached, *(one.last_activity_at for one in page.items)])
        whole = not page.more or reached < since
        if whole or clock.now() >= until:
            break
    return Read(
        tuple(found.values()),
        {queue.id: queue.name for queue in queues},
        since if whole else reached,
        whole,
    )


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
