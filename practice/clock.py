"""The desk's clock: one that runs, as fast as asked, and one that a lesson or a test steps by hand."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the desk's time."""

    @property
    def speed(self) -> float:
        """How many times as fast as real time it runs."""
        ...

    def now(self) -> float:
        """Desk time as epoch seconds."""
        ...


class RunningClock:
    """Runs ``speed`` times as fast as real time, from ``start`` (epoch seconds; now, if left out).

    It follows the monotonic clock, so a correction of the machine's clock never moves desk time back.
    """

    def __init__(self, start: float | None = None, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError("the speed of a clock is above zero")
        self.start = time.time() if start is None else start
        self.speed = speed
        self._began = time.monotonic()

    def now(self) -> float:
        """Desk time as epoch seconds."""
        return self.start + (time.monotonic() - self._began) * self.speed


class SteppedClock:
    """Stands still until it is advanced. ``start`` is epoch seconds."""

    speed = 1.0
    """Whoever steps it takes a second for a second."""

    def __init__(self, start: float) -> None:
        self._now = start

    def now(self) -> float:
        """Desk time as epoch seconds."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Move on by ``seconds`` of desk time; time never goes back."""
        if seconds < 0:
            raise ValueError("desk time does not go back")
        self._now += seconds
