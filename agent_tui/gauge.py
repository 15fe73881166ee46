"""How fast the screen answers: the last keys from their arrival to the screen, and what frames cost."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

KEPT: Final = 200
"""Keys and frames that the figures are made of: the last ones, so that they say how it is now."""
_UNANSWERED: Final = 0.25
"""Seconds. What is painted later than this after a key was looked at is no answer to it."""


class Gauge:
    """Fed by whoever takes keys and whoever paints. Times are seconds of ``now``, a monotonic clock."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._arrived: float | None = None
        self._taken: tuple[float, float] | None = None
        self._spent = 0.0
        self._keys: deque[float] = deque(maxlen=KEPT)
        self._frames: deque[float] = deque(maxlen=KEPT)

    def key_arrived(self, at: float) -> None:
        """A key came from the terminal. One that comes before the last was taken is not measured."""
        if self._arrived is None:
            self._arrived = at

    def key_taken(self) -> None:
        """What the key means is done from here on."""
        if self._arrived is not None:
            self._taken, self._arrived = (self._arrived, self._now()), None

    def elsewhere(self) -> None:
        """The keys are for another screen."""
        self._arrived = self._taken = None

    def spent(self, seconds: float) -> None:
        """Part of a frame is done that took so long."""
        self._spent += seconds

    def painted(self, since: float) -> None:
        """The rest of a frame, begun at ``since``, has gone to the terminal."""
        now = self._now()
        self._frames.append(self._spent + now - since)
        self._spent = 0.0
        if self._taken is not None:
            arrived, taken = self._taken
            self._taken = None
            if since - taken < _UNANSWERED:
                self._keys.append(now - arrived)

    @property
    def key_to_paint(self) -> float | None:
        """Seconds that 95 of 100 of the last keys did not exceed; ``None`` before the first."""
        return _p95(self._keys)

    @property
    def frame(self) -> float | None:
        """The same of frames: work for the processor, without the waiting between them."""
        return _p95(self._frames)


def _p95(values: Iterable[float]) -> float | None:
    ranked = sorted(values)
    return ranked[(95 * len(ranked) + 99) // 100 - 1] if ranked else None
