"""What the full search finds, on the wire."""

from __future__ import annotations

from practice.dialect.context import Context
from practice.dialect.messages import sender
from practice.dialect.times import epoch
from practice.store import conversations, customers, messages, people
from practice.store.messages import VISIBLE_TO_CUSTOMER
from practice.store.rows import Contact, Conversation, Json, Message
from practice.store.seed import ACCOUNT_ID


def found_contact(row: Contact) -> Json:
    """A contact."""
    return {
        "email": row.email,
        "id": row.id,
        "name": row.name,
        "phone_number": row.phone_number,
        "identifier": row.identifier,
        "additional_attributes": row.additional_attributes,
        "last_activity_at": epoch(row.last_activity_at),
    }


def _found_inbox(desk: Context, inbox_id: int) -> Json | None:
    row = people.inbox(desk.db, inbox_id)
    if row is None:
        return None
    return {
        "id": row.id,
        "channel_id": row.channel_id,
        "name": row.name,
        "channel_type": "Channel::Api",
    }


def _bare_message(row: Message) -> Json:
    return {
        "id": row.id,
        "content": row.content,
        "message_type": row.message_type,
        "conversation_id": row.conversation_id,
        "created_at": epoch(row.created_at),
        "content_type": row.content_type,
        "status": row.status,
        "content_attributes": row.content_attributes,
        "inbox_id": row.inbox_id,
        "private": row.private,
        "source_id": row.source_id,
    }


def found_conversation(desk: Context, row: Conversation) -> Json:
    """A conversation with its newest message; the agent is left out when there is none."""
    newest = messages.newest(desk.db, row.id, VISIBLE_TO_CUSTOMER)
    contact = customers.contact(desk.db, row.contact_id)
    found: Json = {
        "id": row.id,
        "account_id": ACCOUNT_ID,
        "created_at": epoch(row.created_at),
        "message": _bare_message(newest) if newest else None,
        "contact": found_contact(contact) if contact else None,
        "inbox": _found_inbox(desk, row.inbox_id),
    }
    user = people.user(desk.db, row.assignee_id)
    if user is not None:
        found["agent"] = {
            "id": user.id,
            "available_name": user.display_name,
            "email": user.email,
            "name": user.name,
            "role": user.role,
        }
    return found


def listed_conversation(desk: Context, row: Conversation) -> Json:
    """A conversation in the search for conversations alone."""
    return {**found_conversation(desk, row), "additional_attributes": row.additional_attributes}


def found_message(desk: Context, row: Message) -> Json:
    """A message with its inbox and its sender."""
    found = {**_bare_message(row), "inbox": _found_inbox(desk, row.inbox_id)}
    who = sender(desk, row)
    if who is not None:
        found["sender"] = who
    its = conversations.conversation(desk.db, row.conversation_id)
    contact = customers.contact(desk.db, its.contact_id) if its else None
    return {**found, "contact": found_contact(contact) if contact else None}
