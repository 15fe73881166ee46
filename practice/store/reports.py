"""Figures of the desk, from conversations, messages and what was measured when they were answered.

A scope is what a figure is about: the account, an agent, an inbox, a label or a team. A moment counts when
it is in a range, both ends included. See ``docs/practice.md`` for each formula in words.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from practice.store.conversations import UNATTENDED
from practice.store.database import Database

ScopeType = Literal["account", "agent", "inbox", "label", "team"]
Row = tuple[float, float]
"""A moment and what was measured then: seconds, or 1 for what is only counted."""

OF_CONVERSATIONS: dict[ScopeType, str] = {
    "account": "1",
    "agent": "assignee_id = :id",
    "inbox": "inbox_id = :id",
    "team": "team_id = :id",
    "label": "id IN (SELECT conversation_id FROM conversation_labels"
    " WHERE title = (SELECT title FROM labels WHERE labels.id = :id))",
}


class Scope(Struct, frozen=True):
    """What a figure is about; ``id`` is of no account for the account."""

    type: ScopeType = "account"
    id: int | None = None


class Range(Struct, frozen=True):
    """From when to when, in epoch seconds."""

    since: float
    until: float

    def before(self) -> Range:
        """The range of the same length that ends where this one begins."""
        return Range(self.since - (self.until - self.since), self.since)


def _within(scope: Scope) -> str:
    return f"conversation_id IN (SELECT id FROM conversations WHERE {OF_CONVERSATIONS[scope.type]})"  # noqa: S608  ours


def _rows(db: Database, sql: str, scope: Scope, span: Range, **more: Any) -> list[Row]:
    parameters = {"id": scope.id, "since": span.since, "until": span.until, **more}
    found = db.pairs(f"{sql} AND created_at >= :since AND created_at <= :until", parameters)
    return [(float(at), float(value)) for at, value in found]


def conversations(db: Database, scope: Scope, span: Range) -> list[Row]:
    """Conversations that began."""
    sql = f"SELECT created_at, 1 FROM conversations WHERE {OF_CONVERSATIONS[scope.type]}"  # noqa: S608  ours
    return _rows(db, sql, scope, span)


def messages(db: Database, scope: Scope, span: Range, kind: int) -> list[Row]:
    """Messages of a type; an agent's outgoing ones are those they wrote, wherever that was."""
    where = _within(scope)
    if scope.type == "agent" and kind == 1:
        where = "sender_type = 'User' AND sender_id = :id"
    sql = f"SELECT created_at, 1 FROM messages WHERE message_type = :kind AND {where}"  # noqa: S608  ours
    return _rows(db, sql, scope, span, kind=kind)


def measured(db: Database, name: str, scope: Scope, span: Range, *, business: bool) -> list[Row]:
    """What was measured under a name, in seconds or in seconds while the queue was open."""
    column = "business_seconds" if business else "seconds"
    where = "user_id = :id" if scope.type == "agent" else _within(scope)
    sql = f"SELECT created_at, {column} FROM measurements WHERE name = :name AND {where}"  # noqa: S608  ours
    return _rows(db, sql, scope, span, name=name)


class Live(Struct, frozen=True):
    """How things stand now."""

    open: int
    unattended: int
    unassigned: int
    pending: int


_LIVE = (
    "total(status = 'open'), "
    f"total(status = 'open' AND {UNATTENDED}), "
    "total(status = 'open' AND assignee_id IS NULL), "
    "total(status = 'pending')"
)


def live(db: Database, team_id: int | None = None) -> Live:
    """How the account's conversations stand, or a team's."""
    where = "1" if team_id is None else "team_id = :team"
    sql = f"SELECT {_LIVE} FROM conversations WHERE {where}"  # noqa: S608  parts are ours
    return Live(*(int(number) for number in db.values(sql, {"team": team_id})))


def live_by(db: Database, column: Literal["assignee_id", "team_id"]) -> dict[int | None, Live]:
    """How conversations stand, by who or which team has them; ``None`` is nobody."""
    sql = f"SELECT {column}, {_LIVE} FROM conversations WHERE status = 'open' GROUP BY {column}"  # noqa: S608  ours
    return {row[0]: Live(*(int(number) for number in row[1:])) for row in db.tuples(sql)}


def statuses(db: Database, span: Range) -> dict[str, int]:
    """How many conversations that began in a range have which status now."""
    sql = (
        "SELECT status, count(*) FROM conversations WHERE created_at >= ? AND created_at <= ? GROUP BY status"
    )
    return dict(db.pairs(sql, (span.since, span.until)))
