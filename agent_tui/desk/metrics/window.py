"""Measurements of the last so many seconds, or of a whole period: count, sum and percentiles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import deque


class Window:
    """Measurements whose time is later than ``now - length``. All in milliseconds.

    One that comes costs a search by halves; one that leaves, the same.
    """

    def __init__(self, length: int) -> None:
        self._length = length
        self._entries: deque[tuple[int, int]] = deque()
        self._sorted: list[int] = []
        self._sum = 0

    def add(self, at: int, value: int = 0) -> None:
        """A measurement taken at ``at``. It may come late, as after a lost connection."""
        place = len(self._entries)
        while place and self._entries[place - 1][0] > at:
            place -= 1
        self._entries.insert(place, (at, value))
        insort(self._sorted, value)
        self._sum += value

    def move_to(self, now: int) -> None:
        """Let go of what is ``length`` old or older."""
        while self._entries and self._entries[0][0] <= now - self._length:
            _, value = self._entries.popleft()
            del self._sorted[bisect_left(self._sorted, value)]
            self._sum -= value

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def mean(self) -> float | None:
        """The mean, ``None`` of nothing."""
        return self._sum / len(self._sorted) if self._sorted else None

    def percentile(self, percent: int) -> int | None:
        """The smallest value that ``percent`` of all do not exceed (nearest rank); ``None`` of nothing."""
        return _nearest_rank(self._sorted, percent)

    def at_most(self, value: int) -> int:
        """How many are ``value`` or less."""
        return bisect_right(self._sorted, value)


class Whole:
    """Measurements of a whole period, whenever they were taken. Put in order when they are looked at."""

    def __init__(self) -> None:
        self._values: list[int] = []
        self._in_order = True
        self._sum = 0

    def add(self, _at: int, value: int = 0) -> None:
        """One more."""
        self._values.append(value)
        self._in_order = False
        self._sum += value

    def move_to(self, now: int) -> None:
        """Nothing is let go of."""

    def __len__(self) -> int:
        return len(self._values)

    @property
    def mean(self) -> float | None:
        """The mean, ``None`` of nothing."""
        return self._sum / len(self._values) if self._values else None

    def percentile(self, percent: int) -> int | None:
        """As :meth:`Window.percentile`."""
        return _nearest_rank(self._ordered(), percent)

    def at_most(self, value: int) -> int:
        """How many are ``value`` or less."""
        return bisect_right(self._ordered(), value)

    def _ordered(self) -> list[int]:
        if not self._in_order:
            self._values.sort()
            self._in_order = True
        return self._values


def _nearest_rank(ordered: list[int], percent: int) -> int | None:
    count = len(ordered)
    return ordered[max(0, -(-percent * count // 100) - 1)] if count else None
