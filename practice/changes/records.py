"""The small steps that changes are made of: touch a conversation, add a message, leave an activity line."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from practice.announcing import ConversationEvent, MessageEvent
from practice.desk import Change
from practice.store import conversations, messages
from practice.store.rows import ACTIVITY, Contact, Conversation, Json, Message, User


class Upload(Struct, frozen=True):
    """A file that comes with a message; ``name`` is whatever the sender calls it."""

    name: str
    data: bytes


class Draft(Struct, frozen=True, kw_only=True):
    """A message to be."""

    kind: int
    """One of the message types of :mod:`practice.store.rows`."""
    content: str
    sender: User | Contact | None = None
    private: bool = False
    content_type: str = "text"
    content_attributes: Json = field(default_factory=dict)
    source_id: str | None = None
    files: tuple[Upload, ...] = ()


def existing(change: Change, conversation_id: int) -> Conversation:
    """The conversation as it stands inside the change."""
    found = conversations.conversation(change.db, conversation_id)
    if found is None:
        raise LookupError(f"no conversation {conversation_id}")
    return found


def touch(change: Change, conversation_id: int, **columns: Any) -> None:
    """Set columns of a conversation, and that it changed now."""
    change.db.update("conversations", conversation_id, {**columns, "updated_at": change.now})


def tell(change: Change, conversation_id: int, *names: str) -> None:
    """Have events about a conversation told, in this order."""
    change.events.extend(ConversationEvent(name, conversation_id) for name in names)


def add_message(change: Change, conversation: Conversation, draft: Draft) -> Message:
    """Store a message and move the conversation to the top; tells nothing yet."""
    sender_type = None if draft.sender is None else type(draft.sender).__name__
    row = {
        "conversation_id": conversation.id,
        "inbox_id": conversation.inbox_id,
        "message_type": draft.kind,
        "content": draft.content or None,
        "content_type": draft.content_type,
        "content_attributes": draft.content_attributes,
        "status": "sent",
        "private": draft.private,
        "source_id": draft.source_id,
        "sender_type": sender_type,
        "sender_id": draft.sender.id if draft.sender else None,
        "created_at": change.now,
        "updated_at": change.now,
    }
    message_id = change.db.insert("messages", row)
    touch(change, conversation.id, last_activity_at=change.now)
    return messages.message(change.db, message_id)


def activity(change: Change, conversation: Conversation, text: str) -> None:
    """Leave a line that says what was done."""
    row = add_message(change, conversation, Draft(kind=ACTIVITY, content=text))
    change.events.append(MessageEvent("message.created", row.id))


def actor(change: Change) -> str:
    """Who acts, as activity lines name them."""
    return change.by.name if change.by else "System"
