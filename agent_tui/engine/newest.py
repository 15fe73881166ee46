"""Requests of which only the newest matters: read marks, typing marks, availability, re-reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from agent_tui.engine.tasks import Tasks
from agent_tui.engine.timing import Timing

V = TypeVar("V")


class NewestOnly(Generic[V]):
    """Per key one request at a time; of those that pile up behind it only the newest is made.

    The first goes out at once, the next at least ``interval`` seconds after it, so a burst costs two.
    """

    def __init__(
        self, perform: Callable[[V], Awaitable[None]], tasks: Tasks, timing: Timing, *, interval: float = 0.0
    ) -> None:
        self._perform = perform
        self._tasks = tasks
        self._timing = timing
        self._interval = interval
        self._waiting: dict[Hashable, V] = {}
        self._busy: set[Hashable] = set()

    def put(self, key: Hashable, value: V) -> None:
        """Make this request now, or when the one under way for ``key`` is done."""
        self._waiting[key] = value
        if key not in self._busy:
            self._busy.add(key)
            self._tasks.spawn(self._work(key))

    async def _work(self, key: Hashable) -> None:
        try:
            while key in self._waiting:
                await self._perform(self._waiting.pop(key))
                if self._interval:
                    await self._timing.sleep(self._interval)
        finally:
            self._busy.discard(key)
