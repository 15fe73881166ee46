"""What happens at an agent's own desk, written down as facts: figures of their shift need no board."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from agent_tui.desk.events import CatalogLoaded, DeskEvent
from agent_tui.desk.metrics.facts import Fact, Kind, Named, NameKind, milliseconds
from agent_tui.desk.metrics.recorder import Recorder
from agent_tui.desk.metrics.shift import LOOK_BACK, Shift, shift_of
from agent_tui.desk.model import DeskState
from agent_tui.desk.selectors import server_now
from agent_tui.engine.facts_kept import FactsKept

_REMEMBERED: Final = 24 * 3600.0
"""Seconds of kept facts that tell what is known already."""


class OwnFacts:
    """Sees every event of one desk; belongs to the painting thread, the disk to a thread of its own.

    ``kept`` is closed with it.
    """

    def __init__(self, kept: FactsKept, state: DeskState, now: Callable[[], float]) -> None:
        self._kept = kept
        self._state = state
        self._now = now
        self._recorder = Recorder(everybody=False)
        self._newest = 0

    async def start(self) -> None:
        """Know what an earlier run has written down. Before the first event."""
        self._recorder, self._newest = await asyncio.to_thread(self._remembered)

    def _remembered(self) -> tuple[Recorder, int]:
        recorder, newest = Recorder(everybody=False), 0
        for fact in self._kept.load(milliseconds(time.time() - _REMEMBERED)):
            recorder.remember(fact)
            newest = max(newest, fact.at)
        # Nobody looked since: who was there then has to be seen again to count as there.
        absent = [Fact(Kind.WENT, newest, agent=agent) for agent in sorted(recorder.there)]
        for fact in absent:
            recorder.remember(fact)
        self._kept.keep(absent)
        return recorder, newest

    def witness(self, event: DeskEvent) -> None:
        """The state has taken this in."""
        now = server_now(self._state, self._now()) or self._newest / 1000
        facts = self._recorder.facts_of(self._state, event, now)
        if facts:
            self._newest = max(self._newest, facts[-1].at)
            self._kept.keep(facts)
        if isinstance(event, CatalogLoaded):
            self._kept.keep_names(names_of(self._state))

    async def shift(self) -> Shift | None:
        """The agent's shift up to now; ``None`` before they have done anything."""
        me = self._state.me
        if me is None:
            return None
        now = milliseconds(server_now(self._state, self._now()) or self._newest / 1000)
        facts = await asyncio.wrap_future(self._kept.load_own(me.id, now - LOOK_BACK))
        return await asyncio.to_thread(shift_of, facts, me.id, now)

    def close(self) -> None:
        """Write what is left."""
        self._kept.close()


def names_of(state: DeskState) -> list[Named]:
    """What queues and colleagues are called, and who works at this desk."""
    me = [] if state.me is None else [Named(NameKind.ME, state.me.id, state.me.name)]
    queues = [Named(NameKind.QUEUE, info.id, info.name) for info in state.queues.values()]
    return me + queues + [Named(NameKind.AGENT, one.id, one.name) for one in state.colleagues.values()]
