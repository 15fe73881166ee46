"""Tags are counted by the day a conversation began and by its queue."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from agent_tui.engine.tag_report import TagCount, counted, read
from api_client.backend import Backend
from api_client.models.conversation import Conversation, ConversationPage, ConversationQuery, Status
from api_client.models.identity import ContactId, ConversationId, QueueId
from api_client.models.people import Contact, Queue
from tests.engine.stage import HandClock


def began(number: int, day: int, *tags: str, queue: str = "q1") -> Conversation:
    at = datetime(2026, 11, day, 12, tzinfo=UTC).timestamp()
    contact = Contact(ContactId(str(number)), "Somebody")
    here = QueueId(queue)
    return Conversation(
        ConversationId(str(number)), here, here, contact, Status.RESOLVED, at, at, at, tags=tags
    )


def test_the_newest_day_comes_first_and_in_it_what_is_asked_most() -> None:
    conversations = [
        began(1, 20, "login"),
        began(2, 21, "refund", "login"),
        began(3, 21, "refund"),
        began(4, 21),
        began(5, 21, "card", queue="q2"),
    ]
    assert counted(conversations, {QueueId("q1"): "Tax"}, UTC) == [
        TagCount("2026-11-21", "q2", "card", 1),
        TagCount("2026-11-21", "Tax", "refund", 2),
        TagCount("2026-11-21", "Tax", "", 1),
        TagCount("2026-11-21", "Tax", "login", 1),
        TagCount("2026-11-20", "Tax", "login", 1),
    ]


class Newest:
    """A backend with the newest conversations first, two on a page, each page an hour's work."""

    def __init__(self, clock: HandClock, *conversations: Conversation) -> None:
        self._clock = clock
        self._all = sorted(conversations, key=lambda one: one.last_activity_at, reverse=True)
        self.pages = 0

    async def queues(self) -> tuple[Queue, ...]:
        return ()

    async def conversations(self, _: ConversationQuery, page: int) -> ConversationPage:
        self.pages += 1
        self._clock.turn_to_next(self._clock.now() + 3600)
        here = self._all[2 * page - 2 : 2 * page]
        return ConversationPage(tuple(here), more=len(self._all) > 2 * page)


def newest(clock: HandClock, *days: int) -> Newest:
    return Newest(clock, *(began(number, day) for number, day in enumerate(days)))


def noon(day: int) -> float:
    return datetime(2026, 11, day, 12, tzinfo=UTC).timestamp()


async def test_it_is_read_until_everything_is_older_and_no_further() -> None:
    clock = HandClock()
    backend = newest(clock, 22, 22, 21, 21, 20, 20, 19, 19, 18)
    seen: list[int] = []
    found = await read(cast("Backend", backend), noon(20) - 60, seen.append, timing=clock, longest=10**6)
    assert (len(found.conversations), found.whole, backend.pages) == (6, True, 4)
    assert seen == [2, 4, 6, 8]


async def test_what_takes_too_long_is_not_whole_and_says_from_when_on_it_is() -> None:
    clock = HandClock()
    backend = newest(clock, 22, 22, 21, 21, 20, 20, 19, 19, 18)
    found = await read(cast("Backend", backend), noon(18) - 60, timing=clock, longest=7000.0)
    assert (len(found.conversations), found.whole, backend.pages) == (4, False, 2)
    assert found.whole_from == noon(21)
