"""What the engine does with addresses beside the backend."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from agent_tui.desk.effects import CheckLink
from agent_tui.desk.events import DeskEvent, LinkChecked
from agent_tui.desk.linkbook import Health
from agent_tui.engine.link_probe import probe
from agent_tui.engine.tasks import Tasks

_AT_ONCE: Final = 4
"""Addresses asked at the same time."""

LinkEffect = CheckLink
"""Effects that are for :class:`Linkwork`."""


@dataclass(frozen=True, slots=True)
class LinkMeans:
    """What it works with."""

    ask: Callable[[str], Awaitable[Health]] = probe
    """Asks an address whether it answers; raises nothing."""


class Linkwork:
    """Made and used on the engine's loop. ``tasks`` carry what takes time."""

    def __init__(self, means: LinkMeans, emit: Callable[[DeskEvent], None], tasks: Tasks) -> None:
        self._means = means
        self._emit = emit
        self._tasks = tasks
        self._places = asyncio.Semaphore(_AT_ONCE)

    def perform(self, effect: LinkEffect) -> None:
        """Do it; what comes of it is told as an event."""
        self._tasks.spawn(self._check(effect.url))

    async def _check(self, url: str) -> None:
        async with self._places:
            health = await self._means.ask(url)
        self._emit(LinkChecked(url, health))
