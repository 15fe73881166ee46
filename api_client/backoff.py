"""How long to wait before the next attempt: full jitter, so that a hundred agents do not return as one."""

from __future__ import annotations

from random import Random
from typing import Final

BASE: Final = 0.5
"""Seconds; the first wait is at most this long."""
CAP: Final = 30.0
"""Seconds; no wait of our own choosing is longer."""
FLOOR: Final = 0.1
"""Seconds; no wait is shorter, so that luck never makes a tight loop."""
HEALTHY_AFTER: Final = 20.0
"""Seconds that a connection must stay up before its loss counts as a first one again."""
_MOST_DOUBLINGS: Final = 16


class Backoff:
    """Grows with each failure. ``random`` is handed in, so that a test knows what comes."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._failures = 0

    def next_wait(self, *, healthy_for: float = 0.0, asked: float | None = None) -> float:
        """Seconds until the next attempt.

        Args:
            healthy_for: how long the connection just lost had been up. A server that accepts and drops
                at once is a failing server, so only a healthy while starts the count again.
            asked: the server's Retry-After in seconds; the wait is never shorter.
        """
        if healthy_for >= HEALTHY_AFTER:
            self._failures = 0
        most = min(CAP, BASE * 2 ** min(self._failures, _MOST_DOUBLINGS))
        self._failures += 1
        return max(self._random.uniform(0, most), FLOOR, asked or 0.0)
