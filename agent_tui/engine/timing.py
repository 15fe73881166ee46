"""Time as the engine sees it: a port, so that tests turn the hands themselves."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Timing(Protocol):
    """A monotonic clock and a way to wait by it."""

    def now(self) -> float:
        """Seconds of the client's monotonic clock."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds; cancelling it is safe."""
        ...


class SystemTiming:
    """The machine's own clock."""

    def now(self) -> float:
        """Seconds of :func:`time.monotonic`, the clock ``ServerTime.received`` is read from."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Sleep on the running loop."""
        await asyncio.sleep(seconds)


async def wait_at_most(timing: Timing, seconds: float, event: asyncio.Event) -> bool:
    """Wait until ``event`` is set, at most ``seconds``; returns whether it was."""
    if event.is_set():
        return True
    waiting = asyncio.ensure_future(event.wait())
    limit = asyncio.ensure_future(timing.sleep(max(seconds, 0.0)))
    try:
        await asyncio.wait((waiting, limit), return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
        limit.cancel()
    return event.is_set()
