"""Waiting for a backend's events in tests: by what is to happen, never by how long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from typing import Final, TypeVar

from api_client.backend import Backend
from api_client.models.events import BackendEvent, Connected

PATIENCE: Final = 15.0
"""Seconds after which what was waited for counts as not happening."""

_E = TypeVar("_E")


class Watch:
    """All events of one backend since it was watched, in order."""

    def __init__(self) -> None:
        self.seen: list[BackendEvent] = []
        self.ended = False
        self._news = asyncio.Condition()

    async def follow(self, backend: Backend) -> None:
        """Take events until there are no more."""
        try:
            async with aclosing(backend.events()) as events:  # type: ignore[type-var]
                async for event in events:
                    await self._take(event)
        finally:
            self.ended = True
            async with self._news:
                self._news.notify_all()

    async def find(
        self, kind: type[_E], like: Callable[[_E], bool] = lambda _: True, *, since: int = 0
    ) -> _E:
        """The first event of ``kind`` that is ``like`` that, seen already or to come; ``since`` skips some.

        Raises:
            TimeoutError: it does not come.
        """

        def match() -> _E | None:
            rest = self.seen[since:]
            return next((event for event in rest if isinstance(event, kind) and like(event)), None)

        try:
            async with asyncio.timeout(PATIENCE), self._news:
                await self._news.wait_for(lambda: match() is not None or self.ended)
        except TimeoutError:
            raise TimeoutError(f"no such {kind.__name__} among {len(self.seen)} events") from None
        found = match()
        if found is None:
            raise TimeoutError(f"the events ended without such a {kind.__name__}")
        return found

    async def _take(self, event: BackendEvent) -> None:
        async with self._news:
            self.seen.append(event)
            self._news.notify_all()


@asynccontextmanager
async def watching(backend: Backend) -> AsyncIterator[Watch]:
    """Watch a backend that is signed in, from the moment its live connection stands."""
    watch = Watch()
    following = asyncio.create_task(watch.follow(backend))
    try:
        await watch.find(Connected)
        yield watch
    finally:
        following.cancel()
        await asyncio.wait({following})
