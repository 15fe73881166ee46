"""Transcripts: written as the e-mail would be, and kept on the desk. None is ever sent."""

from __future__ import annotations

from practice.desk import Change
from practice.dialect.times import plain
from practice.store import customers, messages, people
from practice.store.rows import Conversation, Message


def keep_transcript(change: Change, conversation: Conversation, address: str) -> None:
    """Write down what the customer may read, for this address."""
    told = messages.customer_visible(change.db, conversation.id)
    row = {
        "conversation_id": conversation.id,
        "email": address,
        "content": "\n\n".join(_line(change, one) for one in told),
        "created_at": change.now,
    }
    change.db.insert("transcripts", row)


def _line(change: Change, row: Message) -> str:
    return f"{plain(row.created_at)} {_writer(change, row)}:\n{row.content or ''}"


def _writer(change: Change, row: Message) -> str:
    if row.sender_type == "Contact":
        contact = customers.contact(change.db, row.sender_id)
        return contact.name if contact else ""
    user = people.user(change.db, row.sender_id)
    return user.display_name if user else people.account(change.db).name
