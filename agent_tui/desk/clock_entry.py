"""Times of day as a person types them: ``15:45``, ``9-16:30``, ``+20``; and when that is. Pure."""

from __future__ import annotations

import enum
import re
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from api_client.models.hours import ALL_DAY, DAY_MINUTES, Span

_CLOCK: Final = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?")
_FROM_NOW: Final = re.compile(r"\+\s*([0-9]{1,4})")
_TO: Final = re.compile(r"\s*[-–—]\s*")
_CLOSED: Final = {"", "-", "closed", "shut", "kiinni", "suljettu", "stängt", "stängd", "gesloten", "dicht"}
_HOUR: Final = 60


class Mistake(enum.Enum):
    """What is wrong with what was typed."""

    NOT_A_TIME = "not a time"
    NOT_HOURS = "not hours"
    ENDS_BEFORE = "ends before it begins"
    OVER_MIDNIGHT = "over midnight"
    PAST = "past"


class Mistyped(ValueError):
    """It is not understood, or cannot be."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.value)
        self.mistake = mistake


def minute_of(text: str) -> int:
    """The minute of the day of ``9``, ``9:05``, ``9.05`` or ``0905``; 24:00 is the last.

    Raises:
        Mistyped: it is no time of day.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise Mistyped(Mistake.NOT_A_TIME)
    minute = int(found[1]) * _HOUR + int(found[2] or 0)
    if minute > DAY_MINUTES or int(found[2] or 0) >= _HOUR:
        raise Mistyped(Mistake.NOT_A_TIME)
    return minute


def span_of(text: str) -> Span | None:
    """The hours of a day, such as ``9-16:30`` or ``0-24``; ``None`` for a closed one (``-``, ``closed``).

    Raises:
        Mistyped: it is neither, or a day cannot have such hours.
    """
    if text.strip().casefold() in _CLOSED:
        return None
    parts = _TO.split(text.strip())
    if len(parts) != 2:  # noqa: PLR2004  from and to
        raise Mistyped(Mistake.NOT_HOURS)
    opens, closes = map(minute_of, parts)
    if opens == closes:
        raise Mistyped(Mistake.ENDS_BEFORE)
    if opens > closes:
        raise Mistyped(Mistake.OVER_MIDNIGHT)
    return ALL_DAY if (opens, closes) == (0, DAY_MINUTES) else Span(opens, closes)


def moment_of(text: str, zone: str, now: float, *, today: bool) -> float:
    """The next time the clock of ``zone`` reads what is typed, or ``+20`` minutes from now.

    Args:
        text: as typed.
        zone: name of the time zone.
        now: epoch seconds.
        today: a time that has passed is a mistake; else it is tomorrow's.

    Raises:
        Mistyped: it is no time of day, or has passed.
    """
    later = _FROM_NOW.fullmatch(text.strip())
    if later is not None:
        return now + int(later[1]) * 60
    minute, here = minute_of(text), datetime.fromtimestamp(now, ZoneInfo(zone))
    at = _on(here, 0, minute)
    if at > now:
        return at
    if today:
        raise Mistyped(Mistake.PAST)
    return _on(here, 1, minute)


def _on(here: datetime, days: int, minute: int) -> float:
    # By the clock on the wall: the night in which clocks are set is an hour shorter or longer.
    day = here.date() + timedelta(days=days + minute // DAY_MINUTES)
    clock = time(minute % DAY_MINUTES // _HOUR, minute % _HOUR)
    return datetime.combine(day, clock, here.tzinfo).timestamp()


def weekday_at(zone: str, at: float) -> int:
    """The day of the week there, from Monday as 0."""
    return datetime.fromtimestamp(at, ZoneInfo(zone)).weekday()


def clock_at(zone: str, at: float) -> tuple[int, int]:
    """Hour and minute there."""
    there = datetime.fromtimestamp(at, ZoneInfo(zone))
    return there.hour, there.minute
