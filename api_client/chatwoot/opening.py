"""Chatwoot's ``working_hours`` as opening hours. What cannot be understood is a queue without hours."""

from __future__ import annotations

from typing import Any

from api_client.chatwoot.reading import integer, mapping, text
from api_client.models.hours import ALL_DAY, DAY_MINUTES, OpeningHours, Span

_DAYS = 7
_HOUR = 60


def opening_hours(inbox: dict[str, Any]) -> OpeningHours | None:
    """The hours in an inbox's answer; ``None`` when it tells none.

    Chatwoot counts the days from Sunday on. A day that is missing or makes no sense is a closed one.
    """
    days = inbox.get("working_hours")
    if not isinstance(days, list) or not days:
        return None
    by_number = {integer(day.get("day_of_week")): day for day in map(mapping, days)}
    week = tuple(_span(by_number.get((day + 1) % _DAYS)) for day in range(_DAYS))
    return OpeningHours(
        text(inbox.get("timezone")) or "UTC", week, inbox.get("working_hours_enabled") is True
    )


def _span(day: dict[str, Any] | None) -> Span | None:
    if day is None or day.get("closed_all_day") is True:
        return None
    if day.get("open_all_day") is True:
        return ALL_DAY
    opens = _minute(day.get("open_hour"), day.get("open_minutes"))
    closes = _minute(day.get("close_hour"), day.get("close_minutes"))
    if opens is None or closes is None or not 0 <= opens < closes <= DAY_MINUTES:
        return None
    return Span(opens, closes)


def _minute(hour: Any, minutes: Any) -> int | None:
    whole = integer(hour)
    return None if whole is None else whole * _HOUR + (integer(minutes) or 0)
