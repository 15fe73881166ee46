"""What reports are made of: how long first replies, later replies and resolutions took."""

from __future__ import annotations

from practice.desk import Change
from practice.opening import seconds_open
from practice.store import people
from practice.store.rows import Conversation

FIRST_RESPONSE, REPLY_TIME, RESOLUTION = "first_response", "reply_time", "conversation_resolved"


def measure(change: Change, name: str, conversation: Conversation, since: float) -> None:
    """Remember that something took from ``since`` until now, of which the queue was open so long."""
    inbox = people.inbox(change.db, conversation.inbox_id)
    row = {
        "name": name,
        "conversation_id": conversation.id,
        "inbox_id": conversation.inbox_id,
        "user_id": conversation.assignee_id or (change.by.id if change.by else None),
        "seconds": change.now - since,
        "business_seconds": seconds_open(inbox, since, change.now) if inbox else change.now - since,
        "created_at": change.now,
    }
    change.db.insert("measurements", row)
