"""Full search: conversations by their customer, contacts, and messages by their text."""

from __future__ import annotations

from practice.store.conversations import visible
from practice.store.customers import MATCHING, like
from practice.store.database import Database
from practice.store.rows import Contact, Conversation, Message, User

PER_PAGE = 15
REMEMBERED = 90 * 24 * 3600.0
"""So far back messages are looked through."""


def _page(page: int) -> str:
    return f"LIMIT {PER_PAGE} OFFSET {(page - 1) * PER_PAGE}"


def conversations(db: Database, viewer: User, text: str, page: int) -> list[Conversation]:
    """One page of what ``viewer`` sees, by number or by who the customer is; the latest first."""
    theirs = f"contact_id IN (SELECT id FROM contacts WHERE {MATCHING})"  # noqa: S608  constant
    matching = f"(CAST(id AS TEXT) LIKE :like ESCAPE '\\' OR {theirs})"
    rest = f"FROM conversations WHERE {visible(viewer)} AND {matching} ORDER BY id DESC {_page(page)}"
    return db.all(Conversation, rest, {"viewer": viewer.id, "like": like(text)})


def contacts(db: Database, text: str, page: int) -> list[Contact]:
    """One page of customers by name or address; those heard of lately come first."""
    rest = f"FROM contacts WHERE {MATCHING} ORDER BY last_activity_at DESC NULLS LAST, id {_page(page)}"
    return db.all(Contact, rest, {"like": like(text)})


def messages(db: Database, viewer: User, text: str, page: int, now: float) -> list[Message]:
    """One page of what was written lately where ``viewer`` sees it, newest first."""
    rest = (
        f"FROM messages WHERE {visible(viewer)} AND message_type IN (0, 1, 3) AND created_at > :since"
        f" AND content LIKE :like ESCAPE '\\' ORDER BY id DESC {_page(page)}"
    )
    parameters = {"viewer": viewer.id, "like": like(text), "since": now - REMEMBERED}
    return db.all(Message, rest, parameters)
