"""Questions about messages: windows around a cursor, the newest, the unread."""

from __future__ import annotations

from msgspec import Struct

from practice.store.customers import like
from practice.store.database import Database
from practice.store.rows import ACTIVITY, INCOMING, OUTGOING, TEMPLATE, Message

LATEST, AFTER, BETWEEN = 20, 100, 1000
"""Rows in a window: before a cursor or newest, after one, between two."""
UNREAD_CAP = 10
VISIBLE_TO_CUSTOMER = f"private = 0 AND message_type != {ACTIVITY}"


class Window(Struct, frozen=True):
    """Which messages of a conversation are wanted.

    ``after`` alone leaves its own id out; together with ``before`` it includes it.
    """

    before: int | None = None
    after: int | None = None
    customer_visible: bool = False
    """Leaves out notes and activity."""


def message(db: Database, message_id: int) -> Message:
    """The message with this id, which must exist."""
    found = db.one(Message, "FROM messages WHERE id = ?", (message_id,))
    if found is None:
        raise LookupError(f"no message {message_id}")
    return found


def message_in(db: Database, conversation_id: int, message_id: int | None) -> Message | None:
    """The message with this id, if it belongs to the conversation."""
    return db.one(
        Message, "FROM messages WHERE id = ? AND conversation_id = ?", (message_id, conversation_id)
    )


def window(db: Database, conversation_id: int, wanted: Window) -> list[Message]:
    """The messages of a window, oldest first."""
    where = ["conversation_id = :conversation"]
    if wanted.customer_visible:
        where.append(VISIBLE_TO_CUSTOMER)
    parameters = {"conversation": conversation_id, "before": wanted.before, "after": wanted.after}
    if wanted.after is not None:
        forwards = "id > :after" if wanted.before is None else "id >= :after AND id < :before"
        limit = AFTER if wanted.before is None else BETWEEN
        rest = f"FROM messages WHERE {' AND '.join([*where, forwards])} ORDER BY id LIMIT {limit}"
        return _by_time(db.all(Message, rest, parameters))
    if wanted.before is not None:
        where.append("id < :before")
    rest = f"FROM messages WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT {LATEST}"
    return _by_time(db.all(Message, rest, parameters))


def _by_time(found: list[Message]) -> list[Message]:
    return sorted(found, key=lambda one: (one.created_at, one.id))


def customer_visible(db: Database, conversation_id: int) -> list[Message]:
    """Everything the customer may read, oldest first."""
    rest = f"FROM messages WHERE conversation_id = ? AND {VISIBLE_TO_CUSTOMER} ORDER BY id"
    return _by_time(db.all(Message, rest, (conversation_id,)))


def all_of(db: Database, conversation_id: int) -> list[Message]:
    """Every message of a conversation, oldest first."""
    return db.all(Message, "FROM messages WHERE conversation_id = ? ORDER BY id", (conversation_id,))


def newest(db: Database, conversation_id: int, condition: str = "1") -> Message | None:
    """The newest message that meets an SQL condition of ours."""
    rest = f"FROM messages WHERE conversation_id = ? AND {condition} ORDER BY id DESC LIMIT 1"
    return db.one(Message, rest, (conversation_id,))


def holding(db: Database, conversation_id: int, text: str) -> list[Message]:
    """What customer and staff wrote in a conversation that holds ``text``, oldest first."""
    rest = (
        "FROM messages WHERE conversation_id = ? AND message_type IN (0, 1)"
        " AND content LIKE ? ESCAPE '\\' ORDER BY id"
    )
    return db.all(Message, rest, (conversation_id, like(text)))


def unread_count(db: Database, conversation_id: int, seen_at: float | None) -> int:
    """Incoming messages since ``seen_at``, never above ``UNREAD_CAP``."""
    unread = (
        "SELECT 1 FROM messages WHERE conversation_id = ? AND message_type = ? AND created_at > ? LIMIT ?"
    )
    return db.count(f"FROM ({unread})", (conversation_id, INCOMING, seen_at or 0.0, UNREAD_CAP))


def count_since(db: Database, conversation_id: int, since: float) -> int:
    """How many messages of any kind the conversation got after ``since``."""
    return db.count("FROM messages WHERE conversation_id = ? AND created_at > ?", (conversation_id, since))


def unread_by_customer(db: Database, conversation_id: int, until: float) -> list[Message]:
    """What staff or the desk wrote until then and the customer has not read."""
    rest = (
        f"FROM messages WHERE conversation_id = ? AND message_type IN ({OUTGOING}, {TEMPLATE})"
        " AND private = 0 AND status IN ('sent', 'delivered') AND created_at <= ? ORDER BY id"
    )
    return db.all(Message, rest, (conversation_id, until))
