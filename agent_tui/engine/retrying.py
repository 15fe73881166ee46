"""How often and how patiently a request is repeated that may be repeated freely."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from msgspec import Struct, field

from agent_tui.engine.timing import Timing, wait_at_most
from api_client.backoff import Backoff
from api_client.errors import AnswerLost, ApiError, ConnectFailed, RateLimited, ServerFault

T = TypeVar("T")

PASSING = (ConnectFailed, AnswerLost, RateLimited, ServerFault)
"""Troubles that may be gone a moment later."""


def asked_to_wait(error: ApiError) -> float | None:
    """Seconds the server asked for, when it did."""
    return error.retry_after if isinstance(error, RateLimited | ServerFault) else None


class Retrying(Struct):
    """Repeats requests that do no harm twice: reads, and writes that say how things shall be."""

    timing: Timing
    chance: random.Random = field(default_factory=random.Random)

    def backoff(self) -> Backoff:
        """Growing pauses for one piece of work."""
        return Backoff(self.chance)

    async def ask(
        self, request: Callable[[], Awaitable[T]], *, patience: float, live: asyncio.Event | None = None
    ) -> T:
        """The request's answer, asked for again on passing trouble for about ``patience`` seconds.

        ``live``: the connection coming back ends a pause early.

        Raises:
            ApiError: the last trouble, or one that will not pass.
        """
        until = self.timing.now() + patience
        backoff = self.backoff()
        while True:
            try:
                return await request()
            except PASSING as error:
                pause = backoff.next_wait(asked=asked_to_wait(error))
                if self.timing.now() + pause > until:
                    raise
            await self.pause(pause, live)

    async def pause(self, seconds: float, live: asyncio.Event | None) -> None:
        """Wait; ``live`` being set meanwhile ends the wait."""
        if live is None or live.is_set():
            await self.timing.sleep(seconds)
        else:
            await wait_at_most(self.timing, seconds, live)
