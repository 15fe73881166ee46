"""Opening hours: whether a queue is open, and how many seconds it was open between two moments. Pure.

A queue is open while its own clock reads a time between opening and closing. Where the clocks are set
back in the night, an hour that is read twice counts twice; where they are set forward, the hour that is
never read counts not at all. Moments are epoch seconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from api_client.models.hours import OpeningHours, Span

_MINUTE: Final = 60
_DAY: Final = 24 * 3600
_WEEK: Final = 7 * _DAY
_MONDAY: Final = 3 * _DAY
"""The first second of 1970 was a Thursday's."""
_STRETCH: Final = 1 << 21
"""Seconds, 24 days: no zone sets its clocks twice within as many."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = 200_000_000_000.0
"""Epoch seconds that calendars can still name, in the year 8307."""


@lru_cache(maxsize=256)
def knows_zone(name: str) -> bool:
    """Whether this machine's calendar has the time zone."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def is_open(hours: OpeningHours | None, at: float) -> bool:
    """Whether the queue is open; one without hours always is."""
    if hours is None or not hours.kept:
        return True
    at = _nameable(at)
    rest = (at + _offset(hours.zone, math.floor(at)) + _MONDAY) % _WEEK
    return any(opens <= rest < closes for opens, closes in _spans(hours.week))


def seconds_open(hours: OpeningHours | None, start: float, end: float) -> float:
    """How many seconds from ``start`` to ``end`` the queue was open; 0 when the end comes first.

    Costs a look into a table for every 24 days between them.
    """
    if end <= start:
        return 0.0
    if hours is None or not hours.kept:
        return end - start
    parts = _evenly(hours.zone, _nameable(start), _nameable(end))
    week = _spans(hours.week)
    return sum(
        _passed(week, until + offset) - _passed(week, since + offset) for since, until, offset in parts
    )


def moment_after(hours: OpeningHours | None, start: float, seconds: float) -> float:
    """When the queue will have been open for ``seconds`` since ``start``; infinity when it never opens."""
    if hours is None or not hours.kept:
        return start + seconds
    week = sum(closes - opens for opens, closes in _spans(hours.week))
    if not week:
        return math.inf
    early, late = start, start + (seconds // week + 2) * _WEEK
    while late - early > 1e-3:  # noqa: PLR2004  a thousandth of a second, which nobody waits for
        middle = (early + late) / 2
        early, late = (early, middle) if seconds_open(hours, start, middle) >= seconds else (middle, late)
    return late


def _nameable(at: float) -> float:
    return min(max(at, 0.0), _LAST)


@lru_cache(maxsize=1024)
def _spans(week: tuple[Span | None, ...]) -> tuple[tuple[int, int], ...]:
    """From which second of the week to which it is open."""
    return tuple(
        (day * _DAY + span.opens * _MINUTE, day * _DAY + span.closes * _MINUTE)
        for day, span in enumerate(week)
        if span is not None
    )


def _passed(week: tuple[tuple[int, int], ...], wall: float) -> float:
    """Open seconds from a Monday long ago to a reading of the clock."""
    weeks, rest = divmod(wall + _MONDAY, _WEEK)
    whole = sum(closes - opens for opens, closes in week)
    return weeks * whole + sum(min(max(rest - opens, 0.0), closes - opens) for opens, closes in week)


def _evenly(zone: str, start: float, end: float) -> Iterator[tuple[float, float, int]]:
    """The time between two moments in parts within which the clock is not set, with its offset in each."""
    since = start
    for stretch in range(int(start // _STRETCH), int(end // _STRETCH) + 1):
        change, before, after = _change(zone, stretch)
        for until, offset in ((change, before), ((stretch + 1) * _STRETCH, after)):
            if since < min(until, end):
                yield since, min(until, end), offset
                since = min(until, end)


@lru_cache(maxsize=8192)
def _change(zone: str, stretch: int) -> tuple[int, int, int]:
    """When the clock is set within a stretch, and its offset before and after."""
    early, late = stretch * _STRETCH, (stretch + 1) * _STRETCH
    before, after = _offset(zone, early), _offset(zone, late)
    if before == after:
        return late, before, after
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (middle, late) if _offset(zone, middle) == before else (early, middle)
    return late, before, after


def _offset(zone: str, at: int) -> int:
    """Seconds that the zone's clock is ahead of UTC."""
    ahead = (_EPOCH + timedelta(seconds=at)).astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if ahead is None else int(ahead.total_seconds())
