"""Opening hours: whether a queue is open, and how long it was between two moments.

A week is what the wire has: seven days, 0 being Sunday, each closed, open, or open from one time to
another, by the queue's own time zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from practice.store.rows import Inbox, Json

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
LONGEST_SPAN = timedelta(days=400)

Span = tuple[float, float]


def day(number: int, *, opens: tuple[int, int] | None = None, closes: tuple[int, int] | None = None) -> Json:
    """A day as the wire has it: closed, or open from one (hour, minute) to another."""
    shut = opens is None or closes is None
    return {
        "day_of_week": number,
        "closed_all_day": shut,
        "open_hour": opens[0] if opens else None,
        "open_minutes": opens[1] if opens else None,
        "close_hour": closes[0] if closes else None,
        "close_minutes": closes[1] if closes else None,
        "open_all_day": False,
    }


def always_open() -> list[Json]:
    """A week without closing time."""
    return [
        {**day(number, opens=(0, 0), closes=(23, 59)), "open_all_day": True} for number in range(len(DAYS))
    ]


def is_open(inbox: Inbox, at: float) -> bool:
    """Whether a queue is open at a moment (epoch seconds); one without hours always is."""
    if not inbox.working_hours_enabled:
        return True
    zone = ZoneInfo(inbox.timezone)
    today = datetime.fromtimestamp(at, zone).date()
    return any(start <= at < end for start, end in _spans_of(inbox.working_hours, zone, today))


def seconds_open(inbox: Inbox, start: float, end: float) -> float:
    """How many seconds between two moments the queue was open; spans of years are cut."""
    if not inbox.working_hours_enabled:
        return end - start
    zone = ZoneInfo(inbox.timezone)
    first = datetime.fromtimestamp(start, zone).date()
    last = min(datetime.fromtimestamp(end, zone).date(), first + LONGEST_SPAN)
    days = (first + timedelta(days=past) for past in range((last - first).days + 1))
    spans = (span for one in days for span in _spans_of(inbox.working_hours, zone, one))
    return sum(max(0.0, min(end, closes) - max(start, opens)) for opens, closes in spans)


def _spans_of(week: Sequence[Json], zone: ZoneInfo, which: date) -> Iterator[Span]:
    for one in week:
        if one["day_of_week"] != which.isoweekday() % 7 or one["closed_all_day"]:
            continue
        if one["open_all_day"]:
            yield _moment(which, time(), zone), _moment(which + timedelta(days=1), time(), zone)
            continue
        opens, closes = (
            time(one["open_hour"], one["open_minutes"]),
            time(one["close_hour"], one["close_minutes"]),
        )
        yield _moment(which, opens, zone), _moment(which, closes, zone)


def _moment(which: date, clock: time, zone: ZoneInfo) -> float:
    return datetime.combine(which, clock, zone).timestamp()
