"""Times as the agent reads them: of day, days, and how long somebody has waited."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from math import isfinite

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.wording import clock, say

_MINUTE = 60
_HOUR = 3600


def _local(at: float, zone: tzinfo | None) -> datetime | None:
    """``at`` in ``zone`` (``None``: the machine's own); ``None`` for a time no calendar has."""
    try:
        return datetime.fromtimestamp(at, tz=UTC).astimezone(zone)
    except (OverflowError, OSError, ValueError):
        return None


def time_of_day(at: float, zone: tzinfo | None) -> Displayable:
    """``14:02``, five cells."""
    moment = _local(at, zone)
    return Displayable("--:--") if moment is None else clock(moment.hour, moment.minute)


def day_number(at: float, zone: tzinfo | None) -> int:
    """Grows by one from day to day in ``zone``."""
    return _day_of(at // _MINUTE, zone) if isfinite(at) else 0


@lru_cache(maxsize=256)
def _day_of(minute: float, zone: tzinfo | None) -> int:
    moment = _local(minute * _MINUTE, zone)
    return 0 if moment is None else moment.toordinal()


def day_name(at: float, zone: tzinfo | None) -> Displayable:
    """``Saturday 22 November``."""
    moment = _local(at, zone)
    if moment is None:
        return NOTHING
    weekday, month = weekdays()[moment.weekday()], _months()[moment.month - 1]
    return say("{weekday} {day} {month}", weekday=weekday, day=moment.day, month=month)


def waited(seconds: float) -> Displayable:
    """``4:07``, above an hour ``1:04:07``. A wait that a clock puts in the future has not begun."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // _HOUR, whole % _HOUR // _MINUTE, whole % _MINUTE
    return Displayable(f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}")


def weekdays() -> tuple[Displayable, ...]:
    """Their names, Monday first."""
    return (
        say("Monday"),
        say("Tuesday"),
        say("Wednesday"),
        say("Thursday"),
        say("Friday"),
        say("Saturday"),
        say("Sunday"),
    )


def _months() -> tuple[Displayable, ...]:
    return (
        say("January"),
        say("February"),
        say("March"),
        say("April"),
        say("May"),
        say("June"),
        say("July"),
        say("August"),
        say("September"),
        say("October"),
        say("November"),
        say("December"),
    )
