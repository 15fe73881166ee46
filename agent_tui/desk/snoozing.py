"""Until when a conversation can sleep: what is offered, and what a typed time means."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Final

MORNING: Final = time(8)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})\Z")
_LAST_HOUR, _LAST_MINUTE = 23, 59
_MOST_MINUTES: Final = 60 * 24 * 30


def offered(now: datetime) -> list[datetime]:
    """In a while, in an hour, in three, tomorrow morning, on Monday morning."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), MORNING, now.tzinfo)
    monday = datetime.combine(now.date() + timedelta(days=7 - now.weekday()), MORNING, now.tzinfo)
    soon = [now + timedelta(minutes=minutes) for minutes in (20, 60, 180)]
    return [*soon, tomorrow, *([] if monday == tomorrow else [monday])]


def typed(words: str, now: datetime) -> datetime | None:
    """``14:30`` is today, or tomorrow when that is past; a number is so many minutes from now."""
    words = words.strip()
    if words.isascii() and words.isdecimal() and 0 < int(words) <= _MOST_MINUTES:
        return now + timedelta(minutes=int(words))
    found = _CLOCK.match(words)
    if found is None or int(found[1]) > _LAST_HOUR or int(found[2]) > _LAST_MINUTE:
        return None
    at = datetime.combine(now.date(), time(int(found[1]), int(found[2])), now.tzinfo)
    return at if at > now else at + timedelta(days=1)
