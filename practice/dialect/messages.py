"""Messages on the wire: the REST form, the pushed form, and what the customer's side gets."""

from __future__ import annotations

from practice.dialect.attachments import attachments_of
from practice.dialect.context import Context
from practice.dialect.customers import pushed_contact
from practice.dialect.people import pushed_user
from practice.dialect.times import epoch, iso
from practice.store import conversations, customers, messages, people
from practice.store.rows import Json, Message
from practice.store.seed import ACCOUNT_ID


def sender(desk: Context, row: Message) -> Json | None:
    """Who wrote it, in the pushed form; activity and automatic messages have no one."""
    if row.sender_type == "User":
        user = people.user(desk.db, row.sender_id)
        return pushed_user(user, desk.presence.status_of(user)) if user else None
    if row.sender_type == "Contact":
        contact = customers.contact(desk.db, row.sender_id)
        return pushed_contact(contact) if contact else None
    return None


def message(desk: Context, row: Message, echo_id: str | None = None) -> Json:
    """The REST form. ``echo_id`` stands only in the answer to the call that gave it."""
    answer: Json = {
        "id": row.id,
        "content": row.content,
        "inbox_id": row.inbox_id,
        "conversation_id": row.conversation_id,
        "message_type": row.message_type,
        "content_type": row.content_type,
        "status": row.status,
        "content_attributes": row.content_attributes,
        "created_at": epoch(row.created_at),
        "private": row.private,
        "source_id": row.source_id,
    }
    _add(answer, "echo_id", echo_id)
    _add(answer, "sender", sender(desk, row))
    _add(answer, "attachments", attachments_of(desk, row))
    return answer


def _add(answer: Json, key: str, value: object) -> None:
    if value is not None:
        answer[key] = value


def pushed_message(desk: Context, row: Message, echo_id: str | None = None) -> Json:
    """The pushed form, which also stands inside REST conversations."""
    pushed: Json = {
        "id": row.id,
        "content": row.content,
        "account_id": ACCOUNT_ID,
        "inbox_id": row.inbox_id,
        "conversation_id": row.conversation_id,
        "message_type": row.message_type,
        "created_at": epoch(row.created_at),
        "updated_at": iso(row.updated_at),
        "private": row.private,
        "status": row.status,
        "source_id": row.source_id,
        "content_type": row.content_type,
        "content_attributes": row.content_attributes,
        "sender_type": row.sender_type,
        "sender_id": row.sender_id,
        "external_source_ids": {},
        "additional_attributes": {},
        "processed_message_content": row.content,
        "sentiment": {},
        "conversation": _conversation_of(desk, row),
    }
    _add(pushed, "echo_id", echo_id)
    _add(pushed, "sender", sender(desk, row))
    _add(pushed, "attachments", attachments_of(desk, row))
    return pushed


def _conversation_of(desk: Context, row: Message) -> Json:
    conversation = conversations.conversation(desk.db, row.conversation_id)
    if conversation is None:
        raise LookupError(f"message {row.id} has no conversation")
    session = customers.session(desk.db, conversation.contact_inbox_id)
    return {
        "assignee_id": conversation.assignee_id,
        "unread_count": messages.unread_count(desk.db, conversation.id, conversation.agent_last_seen_at),
        "last_activity_at": epoch(conversation.last_activity_at),
        "contact_inbox": {"source_id": session.source_id if session else None},
    }


def public_message(desk: Context, row: Message) -> Json:
    """What the customer's side gets."""
    answer: Json = {
        "id": row.id,
        "content": row.content,
        "message_type": row.message_type,
        "content_type": row.content_type,
        "content_attributes": row.content_attributes,
        "created_at": epoch(row.created_at),
        "conversation_id": row.conversation_id,
    }
    _add(answer, "sender", sender(desk, row))
    _add(answer, "attachments", attachments_of(desk, row))
    return answer
