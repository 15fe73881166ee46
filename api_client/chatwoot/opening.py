"""Chatwoot's ``working_hours`` as opening hours, and back; what an inbox says by itself.

What cannot be understood is a queue without hours.
"""

from __future__ import annotations

from typing import Any

from api_client.chatwoot.reading import integer, load, mapping, text
from api_client.models.hours import ALL_DAY, DAY_MINUTES, OpeningHours, Span
from api_client.models.intake import Intake, IntakeChanges

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


def intake(body: bytes) -> Intake:
    """How an inbox takes customers in; a greeting that is switched off is none."""
    inbox = mapping(load(body))
    greets = inbox.get("greeting_enabled") is True
    return Intake(
        opening_hours(inbox),
        text(inbox.get("out_of_office_message")),
        text(inbox.get("greeting_message")) if greets else "",
    )


def changed(changes: IntakeChanges) -> dict[str, Any]:
    """The body of a change."""
    body: dict[str, Any] = {}
    if changes.hours is not None:
        body |= {
            "working_hours_enabled": changes.hours.kept,
            "working_hours": [_day(number, span) for number, span in enumerate(changes.hours.week, start=1)],
            "timezone": changes.hours.zone,
        }
    if changes.closed_message is not None:
        body["out_of_office_message"] = changes.closed_message
    if changes.greeting is not None:
        body |= {"greeting_enabled": bool(changes.greeting), "greeting_message": changes.greeting}
    return body


def _day(number: int, span: Span | None) -> dict[str, Any]:
    """A day as the server has it: it knows no 24:00, so a day that ends there ends a minute before."""
    opens, closes = (None, None) if span is None else (span.opens, min(span.closes, DAY_MINUTES - 1))
    return {
        "day_of_week": number % _DAYS,
        "closed_all_day": span is None,
        "open_all_day": span == ALL_DAY,
        "open_hour": None if opens is None else opens // _HOUR,
        "open_minutes": None if opens is None else opens % _HOUR,
        "close_hour": None if closes is None else closes // _HOUR,
        "close_minutes": None if closes is None else closes % _HOUR,
    }
