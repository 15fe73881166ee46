"""Questions about notifications: a person's list, its counts, and what they want to be told of."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

from practice.store.database import Database

PER_PAGE = 15

Kind = Literal[
    "conversation_creation",
    "conversation_assignment",
    "assigned_conversation_new_message",
    "conversation_mention",
    "participating_conversation_new_message",
]
FLAGS = tuple(f"{way}_{kind}" for way in ("email", "push") for kind in get_args(Kind))


class Notification(Struct, frozen=True):
    """Something about a conversation that one person is told, because of a message or of a colleague."""

    id: int
    user_id: int
    kind: Kind
    conversation_id: int
    message_id: int | None
    by_user_id: int | None
    read_at: float | None
    snoozed_until: float | None
    created_at: float
    updated_at: float
    last_activity_at: float


class Settings(Struct, frozen=True):
    """What a person wants to be told of, by e-mail and at once."""

    user_id: int
    email_flags: list[str]
    push_flags: list[str]


def notification(db: Database, notification_id: int) -> Notification | None:
    """The notification with this id."""
    return db.one(Notification, "FROM notifications WHERE id = ?", (notification_id,))


def listed(
    db: Database, user_id: int, *, read: bool, snoozed: bool, ascending: bool, page: int
) -> list[Notification]:
    """One page of a person's notifications; those read or put off only where asked for."""
    way = "ASC" if ascending else "DESC"
    where = f"WHERE user_id = ? AND {_shown(read=read, snoozed=snoozed)}"
    rest = f"FROM notifications {where} ORDER BY last_activity_at {way}, id {way} LIMIT ? OFFSET ?"
    return db.all(Notification, rest, (user_id, PER_PAGE, (page - 1) * PER_PAGE))


def count(db: Database, user_id: int, *, read: bool, snoozed: bool) -> int:
    """How many the list has over all its pages."""
    return db.count(
        f"FROM notifications WHERE user_id = ? AND {_shown(read=read, snoozed=snoozed)}", (user_id,)
    )


def unread_count(db: Database, user_id: int) -> int:
    """How many a person has not read and not put off."""
    return count(db, user_id, read=False, snoozed=False)


def _shown(*, read: bool, snoozed: bool) -> str:
    unread = "1" if read else "read_at IS NULL"
    awake = "1" if snoozed else "snoozed_until IS NULL"
    return f"{unread} AND {awake}"


def about(db: Database, user_id: int, conversation_id: int) -> list[Notification]:
    """A person's notifications about a conversation, oldest first."""
    rest = "FROM notifications WHERE user_id = ? AND conversation_id = ? ORDER BY id"
    return db.all(Notification, rest, (user_id, conversation_id))


def due(db: Database, now: float) -> list[Notification]:
    """Those whose snooze is over."""
    return db.all(Notification, "FROM notifications WHERE snoozed_until <= ? ORDER BY id", (now,))


def settings(db: Database, user_id: int) -> Settings:
    """What a person wants to be told of; at first, when a conversation is given to them."""
    found = db.one(Settings, "FROM notification_settings WHERE user_id = ?", (user_id,))
    return found or Settings(user_id, ["email_conversation_assignment"], ["push_conversation_assignment"])


def subscribed_to_new(db: Database) -> list[int]:
    """Ids of those who want to hear of every new conversation."""
    sql = (
        "SELECT user_id FROM notification_settings WHERE push_flags LIKE '%conversation_creation%'"
        " OR email_flags LIKE '%conversation_creation%' ORDER BY user_id"
    )
    return db.column(sql)
