"""A lead's desk that looks on: a connection, a state, a board and kept facts of its own, for any screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from agent_tui.bridge import SLICE, Bridge
from agent_tui.desk.events import DeskEvent, Ticked
from agent_tui.desk.metrics.board import Board
from agent_tui.desk.metrics.facts import Fact, milliseconds
from agent_tui.desk.model import DeskState
from agent_tui.desk.problems import Problem
from agent_tui.desk.rules import NONE_SETTLED, Rules
from agent_tui.desk.selectors import server_now
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.engine.thread import EngineThread

if TYPE_CHECKING:
    from agent_tui.engine.facts_kept import FactsKept
    from agent_tui.engine.overview import Overview
    from api_client.backend import Backend

_LOOK_BACK: Final = 24 * 3600.0
"""Seconds of kept facts that the board starts with."""


class LookoutMeans(Struct, frozen=True):
    """What a lookout works with."""

    connect: Callable[[], Backend]
    """Makes the backend; called on the lookout's own thread."""
    server: str
    """Names the server and account, so that facts find their board again."""
    facts: Path | None = None
    """The file of the facts; ``None`` keeps none."""
    rules: Rules = NONE_SETTLED
    """What the team has settled about its desk."""
    team: tuple[Path, ...] = ()
    """Folders of the team, in which its limits stand; the last is the nearest."""
    plans: Path | None = None
    """The file of what is settled about queues; ``None`` keeps none."""


class Lookout:
    """Follows every open conversation the signed-in person may see, beside any desk of theirs.

    Nothing of it is mixed with an agent's desk: a draft, a tab or a served queue is known there alone. For
    the painting thread, like the bridge; the connection has a thread of its own.

    Args:
        means: what it works with.
        start_failed: the sign-in did not work, and the lookout has ended.
    """

    def __init__(self, means: LookoutMeans, *, start_failed: Callable[[Problem], None]) -> None:
        self.state = DeskState(rules=means.rules)
        self.board = Board()
        self.changed: Callable[[], None] = _nothing
        """Told after each batch of events."""
        self.problem: Problem | None = None
        """Why the sign-in failed, if it did."""
        self.said: tuple[Displayable, float] = (NOTHING, 0.0)
        """What became of the lead's doings, and since when (local seconds) it is said, on whichever page."""
        self._start_failed = start_failed
        self._kept = _facts_kept(means)
        self._thread = EngineThread(lambda: _overview(means), "lookout")
        self.bridge = Bridge(
            self.state,
            perform=self._thread.submit,
            show=lambda _: None,
            changed=self._tell_changed,
            start_failed=self._failed,
            witness=self._witness,
        )

    @property
    def now(self) -> float:
        """The server's seconds, or those of the newest fact until its clock has been read."""
        return server_now(self.state, self.bridge.now()) or self.board.newest

    async def start(self) -> None:
        """Begin with what is kept, then look on. Keys have their turn meanwhile."""
        if self._kept is not None:
            since = milliseconds(time.time() - _LOOK_BACK)
            await self._restore(await asyncio.to_thread(self._kept.load, since))
        self.bridge.open()
        self._thread.start(self.bridge.deliver)

    async def _restore(self, facts: Sequence[Fact]) -> None:
        until = time.perf_counter() + SLICE
        for fact in facts:
            self.board.restore((fact,))
            if time.perf_counter() >= until:
                await asyncio.sleep(0)
                until = time.perf_counter() + SLICE

    def tick(self) -> None:
        """A second has gone by."""
        self.bridge.dispatch(Ticked())

    def stop(self) -> None:
        """Look no more; what is to be kept is written."""
        self.bridge.close()
        self._thread.stop()
        if self._kept is not None:
            self._kept.close()

    def _tell_changed(self) -> None:
        self.changed()

    def _witness(self, event: DeskEvent) -> None:
        facts = self.board.take(self.state, event, self.now)
        if facts and self._kept is not None:
            self._kept.keep(facts)

    def _failed(self, problem: Problem) -> None:
        self.problem = problem
        self._start_failed(problem)


def _nothing() -> None:
    """Nobody shows it yet."""


def _overview(means: LookoutMeans) -> Overview:
    from agent_tui.engine.intake_keeper import PlansKept  # noqa: PLC0415  as above
    from agent_tui.engine.overview import Overview  # noqa: PLC0415  the lookout's thread loads it

    kept = None if means.plans is None else PlansKept(means.plans, means.server)
    return Overview(means.connect, team=means.team, plans=kept)


def _facts_kept(means: LookoutMeans) -> FactsKept | None:
    if means.facts is None:
        return None
    from agent_tui.engine.facts_kept import FactsKept  # noqa: PLC0415  a workstation opens without it

    return FactsKept(means.facts, means.server)
