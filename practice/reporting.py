"""Reports from figures: sums, averages, and figures over time, by the caller's own clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Literal

from practice.changes.measuring import FIRST_RESPONSE, REPLY_TIME, RESOLUTION
from practice.store import reports
from practice.store.database import Database
from practice.store.reports import Range, Row, Scope
from practice.store.rows import INCOMING, OUTGOING, Json

Group = Literal["hour", "day", "week", "month", "year"]
MOST_BUCKETS = 10_000

COUNTED = {
    "conversations_count": "conversations that began",
    "incoming_messages_count": "messages of customers",
    "outgoing_messages_count": "replies and notes of staff",
    "resolutions_count": "times a conversation was resolved",
    "bot_resolutions_count": "none: the desk has no bots",
    "bot_handoffs_count": "none: the desk has no bots",
}
AVERAGED = {
    "avg_first_response_time": FIRST_RESPONSE,
    "avg_resolution_time": RESOLUTION,
    "reply_time": REPLY_TIME,
}
SUMMARY = (
    "conversations_count",
    "incoming_messages_count",
    "outgoing_messages_count",
    "avg_first_response_time",
    "avg_resolution_time",
    "resolutions_count",
    "reply_time",
)


class Report:
    """Figures about a scope; ``business`` counts only the time in which queues were open."""

    def __init__(self, db: Database, scope: Scope, *, business: bool = False) -> None:
        self._db = db
        self._scope = scope
        self._business = business

    def rows(self, metric: str, span: Range) -> list[Row]:
        """What a metric is made of, unsorted."""
        match metric:
            case "conversations_count":
                return reports.conversations(self._db, self._scope, span)
            case "incoming_messages_count":
                return reports.messages(self._db, self._scope, span, INCOMING)
            case "outgoing_messages_count":
                return reports.messages(self._db, self._scope, span, OUTGOING)
            case "resolutions_count":
                return self._measured(RESOLUTION, span)
            case "bot_resolutions_count" | "bot_handoffs_count":
                return []
            case _:
                return self._measured(AVERAGED[metric], span)

    def _measured(self, name: str, span: Range) -> list[Row]:
        return reports.measured(self._db, name, self._scope, span, business=self._business)

    def value(self, metric: str, span: Range) -> float | None:
        """A metric over a whole range: a count, or an average that is ``None`` when there is nothing."""
        rows = self.rows(metric, span)
        return average(rows) if metric in AVERAGED else len(rows)

    def summary(self, span: Range) -> Json:
        """The usual metrics of a range, and of the one before it."""
        now = {metric: self.value(metric, span) for metric in SUMMARY}
        return {**now, "previous": {metric: self.value(metric, span.before()) for metric in SUMMARY}}

    def over_time(self, metric: str, span: Range, group: Group, offset_hours: float) -> list[Json]:
        """A metric by hour, day, week, month or year of a clock ``offset_hours`` ahead of UTC."""
        zone = timezone(timedelta(hours=offset_hours))
        found: dict[float, list[Row]] = {start: [] for start in _starts(span, group, zone)}
        for row in self.rows(metric, span):
            found[_start_of(row[0], group, zone).timestamp()].append(row)
        return [_point(metric, start, rows) for start, rows in found.items()]


def _point(metric: str, start: float, rows: Sequence[Row]) -> Json:
    if metric in AVERAGED:
        return {"value": average(rows), "timestamp": int(start), "count": len(rows)}
    return {"value": len(rows), "timestamp": int(start)}


def average(rows: Sequence[Row]) -> float | None:
    """The mean of what was measured, if anything was."""
    return sum(value for _, value in rows) / len(rows) if rows else None


_FLOOR: dict[Group, Callable[[datetime], datetime]] = {
    "hour": lambda hour: hour,
    "day": lambda hour: hour.replace(hour=0),
    "week": lambda hour: hour.replace(hour=0) - timedelta(days=(hour.weekday() + 1) % 7),
    "month": lambda hour: hour.replace(hour=0, day=1),
    "year": lambda hour: hour.replace(hour=0, day=1, month=1),
}
_LONGEST: dict[Group, timedelta] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}


def _start_of(at: float, group: Group, zone: timezone) -> datetime:
    """When the hour, day, week (from Sunday), month or year around a moment began."""
    return _FLOOR[group](datetime.fromtimestamp(at, zone).replace(minute=0, second=0, microsecond=0))


def _starts(span: Range, group: Group, zone: timezone) -> Iterator[float]:
    start = _start_of(span.since, group, zone)
    while start.timestamp() <= span.until:
        yield start.timestamp()
        start = _start_of((start + _LONGEST[group]).timestamp(), group, zone)


def is_bearable(span: Range, group: Group) -> bool:
    """Whether a figure over time has a number of points that somebody could look at."""
    return span.until - span.since <= MOST_BUCKETS * _LONGEST[group].total_seconds()
