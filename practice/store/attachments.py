"""Questions about attachments."""

from __future__ import annotations

from practice.store.database import Database
from practice.store.rows import Attachment

PER_PAGE = 100


def of_message(db: Database, message_id: int) -> list[Attachment]:
    """A message's attachments in the order they were sent."""
    return db.all(Attachment, "FROM attachments WHERE message_id = ? ORDER BY id", (message_id,))


def by_key(db: Database, key: str) -> Attachment | None:
    """The attachment that is served under this key."""
    return db.one(Attachment, "FROM attachments WHERE key = ?", (key,))


def of_conversation(db: Database, conversation_id: int, page: int) -> tuple[list[Attachment], int]:
    """One page of a conversation's attachments, newest first, and how many there are on all pages."""
    where = "FROM attachments WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ?)"
    skip = (page - 1) * PER_PAGE
    found = db.all(Attachment, f"{where} ORDER BY id DESC LIMIT {PER_PAGE} OFFSET ?", (conversation_id, skip))
    return found, db.count(where, (conversation_id,))
