"""Questions about ratings: single ones, filtered pages, and their sums."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from practice.store.database import Database

PER_PAGE = 25
ORDERS = {"created_at": "created_at, id", "-created_at": "created_at DESC, id DESC", "rating": "rating, id"}


class SurveyAnswer(Struct, frozen=True):
    """How a customer rated a conversation, 1 to 5; ``assignee_id`` is who had it when it was resolved."""

    id: int
    message_id: int
    conversation_id: int
    contact_id: int
    assignee_id: int | None
    rating: int
    feedback: str
    created_at: float
    updated_at: float


class Wanted(Struct, frozen=True, kw_only=True):
    """Which ratings; times are epoch seconds."""

    since: float | None = None
    until: float | None = None
    user_ids: tuple[int, ...] = ()
    inbox_id: int | None = None
    team_id: int | None = None
    rating: int | None = None


def to_message(db: Database, message_id: int) -> SurveyAnswer | None:
    """The rating that was given to a survey."""
    return db.one(SurveyAnswer, "FROM survey_answers WHERE message_id = ?", (message_id,))


def listed(db: Database, wanted: Wanted, *, sort: str, page: int) -> list[SurveyAnswer]:
    """One page of ratings, the newest first unless sorted otherwise."""
    where, parameters = _condition(wanted)
    order = ORDERS.get(sort, ORDERS["-created_at"])
    rest = (
        f"FROM survey_answers WHERE {where} ORDER BY {order} LIMIT {PER_PAGE} OFFSET {(page - 1) * PER_PAGE}"
    )
    return db.all(SurveyAnswer, rest, parameters)


def ratings(db: Database, wanted: Wanted) -> list[int]:
    """Every rating."""
    where, parameters = _condition(wanted)
    return db.column(f"SELECT rating FROM survey_answers WHERE {where}", parameters)  # noqa: S608  parts are ours


def sent(db: Database, wanted: Wanted) -> int:
    """How many surveys were sent in the time; who had the conversation and the rating do not count here."""
    parameters = {"since": wanted.since or 0.0, "until": _until(wanted), "inbox": wanted.inbox_id}
    where = "content_type = 'input_csat' AND created_at >= :since AND created_at <= :until"
    if wanted.inbox_id is not None:
        where += " AND inbox_id = :inbox"
    return db.count(f"FROM messages WHERE {where}", parameters)


def _until(wanted: Wanted) -> float:
    return float("inf") if wanted.until is None else wanted.until


def _condition(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parameters: dict[str, Any] = {
        "since": wanted.since or 0.0,
        "until": _until(wanted),
        "inbox": wanted.inbox_id,
        "team": wanted.team_id,
        "rating": wanted.rating,
    }
    where = ["created_at >= :since", "created_at <= :until"]
    if wanted.user_ids:
        marks = ", ".join(f":user{place}" for place in range(len(wanted.user_ids)))
        where.append(f"assignee_id IN ({marks})")
        parameters |= {f"user{place}": user_id for place, user_id in enumerate(wanted.user_ids)}
    for column, value in (("inbox", wanted.inbox_id), ("team", wanted.team_id)):
        if value is not None:
            where.append(f"conversation_id IN (SELECT id FROM conversations WHERE {column}_id = :{column})")  # noqa: S608  ours
    if wanted.rating is not None:
        where.append("rating = :rating")
    return " AND ".join(where), parameters
