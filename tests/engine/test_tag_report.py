"""Tags are counted by the day a conversation began and by its queue."""

from __future__ import annotations

from datetime import UTC, datetime

from agent_tui.engine.tag_report import TagCount, counted
from api_client.models.conversation import Conversation, Status
from api_client.models.identity import ContactId, ConversationId, QueueId
from api_client.models.people import Contact


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
