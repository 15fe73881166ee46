"""Questions about conversations: the filtered lists with their counts, and single ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from practice.store.customers import like
from practice.store.database import Database
from practice.store.rows import Conversation, User

PER_PAGE = 25
OF_CONTACT = 20

ORDERS = {
    "last_activity_at_desc": "last_activity_at DESC",
    "last_activity_at_asc": "last_activity_at ASC",
    "created_at_desc": "created_at DESC",
    "created_at_asc": "created_at ASC",
    "priority_desc": "{priority} DESC, last_activity_at DESC",
    "priority_asc": "{priority} = 0, {priority} ASC, last_activity_at DESC",
    "priority_desc_created_at_asc": "{priority} DESC, created_at ASC",
    "waiting_since_asc": "waiting_since ASC NULLS LAST",
    "waiting_since_desc": "waiting_since DESC NULLS LAST",
    "unread": "{unread} DESC, last_activity_at DESC",
}
LEGACY_ORDERS = {
    "latest": "last_activity_at_desc",
    "sort_on_created_at": "created_at_asc",
    "sort_on_priority": "priority_desc",
    "sort_on_waiting_since": "waiting_since_asc",
}
PRIORITY_RANK = (
    "CASE priority WHEN 'urgent' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END"
)
UNREAD = (
    "EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id AND message_type = 0"
    " AND messages.created_at > ifnull(agent_last_seen_at, 0))"
)

UNATTENDED = "(first_reply_created_at IS NULL OR waiting_since IS NOT NULL)"
SAID = (
    "id IN (SELECT conversation_id FROM messages"
    " WHERE message_type IN (0, 1) AND content LIKE :text ESCAPE '\\')"
)
LABELLED = "SELECT conversation_id FROM conversation_labels WHERE title IN"

Assigned = Literal["me", "unassigned", "assigned", "all"]


class Filter(Struct, frozen=True, kw_only=True):
    """Which conversations of those that ``viewer`` sees.

    ``status`` may be ``all``; ``updated_after`` is epoch seconds.
    """

    viewer: User
    status: str = "open"
    assigned: Assigned = "all"
    inbox_id: int | None = None
    team_id: int | None = None
    labels: list[str] = field(default_factory=list)
    kind: str | None = None
    """``mention``, ``participating`` or ``unattended``."""
    text: str | None = None
    source_id: str | None = None
    updated_after: float | None = None


class Counts(Struct, frozen=True):
    """How many conversations pass a filter, whoever they are assigned to."""

    mine_count: int
    assigned_count: int
    unassigned_count: int
    all_count: int


def conversation(db: Database, conversation_id: int) -> Conversation | None:
    """The conversation with this id."""
    return db.one(Conversation, "FROM conversations WHERE id = ?", (conversation_id,))


def by_uuid(db: Database, uuid: str) -> Conversation | None:
    """The conversation that customers know by this id."""
    return db.one(Conversation, "FROM conversations WHERE uuid = ?", (uuid,))


def counts(db: Database, wanted: Filter) -> Counts:
    """The counts of a filter; ``assigned`` and paging do not touch them."""
    return counts_where(db, *_condition(wanted))


def counts_where(db: Database, where: str, parameters: Mapping[str, object]) -> Counts:
    """The counts of an SQL condition of ours, whose parameters hold the id of the ``viewer``."""
    numbers = "total(assignee_id = :viewer), count(assignee_id), total(assignee_id IS NULL), count(*)"
    sql = f"SELECT {numbers} FROM conversations WHERE {where}"  # noqa: S608  parts are ours
    return Counts(*(int(number) for number in db.values(sql, parameters)))


def listed(db: Database, wanted: Filter, *, sort: str, page: int | None) -> list[Conversation]:
    """One page of a filter's conversations, or all without a page; an unknown ``sort`` means the default."""
    where, parameters = _condition(wanted)
    match wanted.assigned:
        case "me":
            where += " AND assignee_id = :viewer"
        case "unassigned":
            where += " AND assignee_id IS NULL"
        case "assigned":
            where += " AND assignee_id IS NOT NULL"
        case "all":
            pass
    order = ORDERS.get(LEGACY_ORDERS.get(sort, sort), ORDERS["last_activity_at_desc"])
    by = order.format(priority=PRIORITY_RANK, unread=UNREAD)
    rest = f"FROM conversations WHERE {where} ORDER BY {by}, id DESC"
    if page is not None:
        rest += f" LIMIT {PER_PAGE} OFFSET {(page - 1) * PER_PAGE}"
    return db.all(Conversation, rest, parameters)


def _condition(wanted: Filter) -> tuple[str, dict[str, object]]:
    parameters: dict[str, object] = {
        "viewer": wanted.viewer.id,
        "status": wanted.status,
        "inbox": wanted.inbox_id,
        "team": wanted.team_id,
        "source": wanted.source_id,
        "updated_after": wanted.updated_after,
    }
    where = [visible(wanted.viewer)]
    if wanted.text:
        where.append(SAID)
        parameters["text"] = like(wanted.text)
    elif wanted.status != "all":
        where.append("status = :status")
    if wanted.inbox_id is not None:
        where.append("inbox_id = :inbox")
    if wanted.team_id is not None:
        where.append("team_id = :team")
    if wanted.labels:
        marks = ", ".join(f":label{place}" for place in range(len(wanted.labels)))
        where.append(f"id IN ({LABELLED} ({marks}))")
        parameters |= {f"label{place}": title for place, title in enumerate(wanted.labels)}
    if wanted.source_id is not None:
        where.append("contact_inbox_id IN (SELECT id FROM contact_inboxes WHERE source_id = :source)")
    if wanted.updated_after is not None:
        where.append("updated_at > :updated_after")
    where.append(_of_kind(wanted.kind))
    return " AND ".join(where), parameters


def visible(viewer: User) -> str:
    """The SQL condition of what ``:viewer`` sees in lists: their inboxes, or everything."""
    if viewer.is_administrator:
        return "1"
    return "inbox_id IN (SELECT inbox_id FROM inbox_members WHERE user_id = :viewer)"


def _of_kind(kind: str | None) -> str:
    participating = "id IN (SELECT conversation_id FROM participants WHERE user_id = :viewer"
    match kind:
        case "unattended":
            return UNATTENDED
        case "participating":
            return f"{participating})"
        case "mention":
            return f"{participating} AND mentioned = 1)"
        case _:
            return "1"


def of_contact(db: Database, contact_id: int, viewer: User) -> list[Conversation]:
    """A contact's newest conversations that ``viewer`` sees."""
    rest = (
        f"FROM conversations WHERE contact_id = :contact AND {visible(viewer)}"
        f" ORDER BY last_activity_at DESC, id DESC LIMIT {OF_CONTACT}"
    )
    return db.all(Conversation, rest, {"contact": contact_id, "viewer": viewer.id})


def of_session(db: Database, contact_inbox_id: int) -> list[Conversation]:
    """A customer session's conversations, oldest first."""
    return db.all(
        Conversation, "FROM conversations WHERE contact_inbox_id = ? ORDER BY id", (contact_inbox_id,)
    )


def due(db: Database, now: float) -> list[Conversation]:
    """Snoozed conversations whose time has come."""
    return db.all(
        Conversation, "FROM conversations WHERE status = 'snoozed' AND snoozed_until <= ? ORDER BY id", (now,)
    )


def last_responding(db: Database, conversation_id: int) -> int | None:
    """Id of the user who wrote to the customer last."""
    sql = (
        "SELECT sender_id FROM messages WHERE conversation_id = ? AND message_type = 1 AND private = 0"
        " AND sender_type = 'User' ORDER BY id DESC LIMIT 1"
    )
    return next(iter(db.column(sql, (conversation_id,))), None)


def open_count(db: Database, user_id: int) -> int:
    """How many open conversations somebody has."""
    return db.count("FROM conversations WHERE status = 'open' AND assignee_id = ?", (user_id,))


def busy_due(db: Database, now: float) -> list[Conversation]:
    """Conversations whose customer is to be told by now that the desk is busy."""
    return db.all(Conversation, "FROM conversations WHERE busy_due <= ? ORDER BY id", (now,))


def participants(db: Database, conversation_id: int) -> list[User]:
    """Who takes part, by name."""
    took_part = "SELECT user_id FROM participants WHERE conversation_id = ?"
    return db.all(User, f"FROM users WHERE id IN ({took_part}) ORDER BY name, id", (conversation_id,))


def remove_participant(db: Database, conversation_id: int, user_id: int) -> None:
    """Forget that a user takes part."""
    db.run("DELETE FROM participants WHERE conversation_id = ? AND user_id = ?", (conversation_id, user_id))


def labels_of(db: Database, conversation_id: int) -> list[str]:
    """A conversation's label titles in the order they were set."""
    sql = "SELECT title FROM conversation_labels WHERE conversation_id = ? ORDER BY position"
    return db.column(sql, (conversation_id,))


def replace_labels(db: Database, conversation_id: int, titles: list[str]) -> None:
    """Set a conversation's labels, dropping what it had."""
    db.run("DELETE FROM conversation_labels WHERE conversation_id = ?", (conversation_id,))
    for position, title in enumerate(titles):
        db.run("INSERT INTO conversation_labels VALUES (?, ?, ?)", (conversation_id, position, title))


def add_participant(db: Database, conversation_id: int, user_id: int, *, mentioned: bool = False) -> None:
    """Remember that a user takes part, and whether they were mentioned by name."""
    sql = (
        "INSERT INTO participants VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET mentioned = max(mentioned, excluded.mentioned)"
    )
    db.run(sql, (conversation_id, user_id, int(mentioned)))
