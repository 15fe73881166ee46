"""An event loop whose time passes only when somebody waits, and at once."""

from __future__ import annotations

import asyncio
import selectors
from typing import Any

from practice.clock import SteppedClock

MORNING = 1_790_000_000.0
"""Epoch seconds of the server's clock when the loop's own shows 0."""


class _Impatient(selectors.SelectSelector):
    """Moves the hands instead of waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.hands = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("everybody waits, and nothing will ever happen")
        self.hands += max(timeout, 0.0)
        return super().select(0)


class SteppedLoop(asyncio.SelectorEventLoop):
    """Runs what is ready; when nothing is, the next timer's moment has come."""

    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        """Seconds since it was made."""
        return self._impatient.hands


class LoopTiming:
    """The engine's clock, and a backend's two, by a loop's hands."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def now(self) -> float:
        """Seconds of the loop."""
        return self._loop.time()

    monotonic = now

    def time(self) -> float:
        """Epoch seconds."""
        return MORNING + self._loop.time()

    async def sleep(self, seconds: float) -> None:
        """Sleep on the loop."""
        await asyncio.sleep(seconds)


class ServerClock(SteppedClock):
    """A desk's clock that goes with a loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(MORNING)
        self._loop = loop

    def now(self) -> float:
        """Desk time as epoch seconds."""
        return super().now() + self._loop.time()
