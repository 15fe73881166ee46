"""Ratings that customers give."""

from __future__ import annotations

from practice.announcing import MessageEvent
from practice.desk import Change
from practice.store import messages, surveys
from practice.store.rows import Conversation, Json, Message

LOCKED_AFTER = 14 * 24 * 3600.0
"""So long after it was sent, a survey takes an answer."""


def is_locked(row: Message, now: float) -> bool:
    """Whether it is too late to answer a survey."""
    return now - row.created_at > LOCKED_AFTER


def rate(change: Change, conversation: Conversation, row: Message, rating: int, feedback: str) -> Message:
    """A customer answers a survey, or answers it anew."""
    answer: Json = {"csat_survey_response": {"rating": rating, "feedback_message": feedback}}
    attributes = {**row.content_attributes, "submitted_values": answer}
    change.db.update("messages", row.id, {"content_attributes": attributes, "updated_at": change.now})
    previous = {"content_attributes": [row.content_attributes, attributes]}
    change.events.append(MessageEvent("message.updated", row.id, previous=previous))
    _remember(change, conversation, row, {"rating": rating, "feedback": feedback, "updated_at": change.now})
    return messages.message(change.db, row.id)


def _remember(change: Change, conversation: Conversation, row: Message, columns: Json) -> None:
    known = surveys.to_message(change.db, row.id)
    if known is not None:
        change.db.update("survey_answers", known.id, columns)
        return
    about = {
        "message_id": row.id,
        "conversation_id": conversation.id,
        "contact_id": conversation.contact_id,
        "assignee_id": conversation.assignee_id,
        "created_at": change.now,
    }
    change.db.insert("survey_answers", {**about, **columns})
