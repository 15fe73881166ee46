"""The server's clock, estimated from samples that are only good to an interval."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from api_client.models.events import ServerTime

NOTICEABLE: Final = 0.05
"""Seconds. A smaller change of the estimate is not worth a repaint."""
HEARTBEAT: Final = 1.0
"""Seconds. How often an unchanged estimate is told all the same: it shows that the server is there."""
DRIFT: Final = 200e-6
"""Seconds a second: how far two honest clocks may run apart."""


@dataclass(slots=True)
class ServerClock:
    """Offset of the server's clock: its epoch seconds minus our monotonic seconds.

    Each sample says that the offset lies in an interval. Intervals are intersected, so that many
    coarse samples (an HTTP date is good to a second) make a fine estimate. A sample that does not meet
    the interval wins over all before it: the server's clock was set, or runs at a speed of its own.
    """

    _low: float = field(default=float("-inf"), init=False)
    _high: float = field(default=float("inf"), init=False)
    _read_at: float = field(default=0.0, init=False)
    _told: float | None = field(default=None, init=False)
    _told_at: float = field(default=0.0, init=False)

    def hear(self, sample: ServerTime) -> float | None:
        """Take in a sample; returns the offset when it is worth telling, else ``None``."""
        self._narrow(sample)
        offset = (self._low + self._high) / 2
        changed = self._told is None or abs(offset - self._told) > NOTICEABLE
        if not changed and sample.received - self._told_at < HEARTBEAT:
            return None
        self._told, self._told_at = offset, sample.received
        return offset

    def _narrow(self, sample: ServerTime) -> None:
        slack = DRIFT * max(sample.received - self._read_at, 0.0)
        middle = sample.at - sample.received
        low, high = middle - sample.uncertainty, middle + sample.uncertainty
        meets = low <= self._high + slack and high >= self._low - slack
        self._low = max(low, self._low - slack) if meets else low
        self._high = min(high, self._high + slack) if meets else high
        self._read_at = sample.received
