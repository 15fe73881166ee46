"""``agent-tui queues``: who waits where and how long, for scripts, wallboards and collectors of figures."""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import TYPE_CHECKING, Final

from agent_tui.bridge import Bridge
from agent_tui.cli.connection import Connection, saved_connection
from agent_tui.cli.parser import Given
from agent_tui.cli.queue_output import Told, as_json, as_line, as_table
from agent_tui.cli.scraped import scraped
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.metrics.board import Board
from agent_tui.desk.metrics.facts import Fact, milliseconds
from agent_tui.desk.metrics.report import report
from agent_tui.desk.model import DeskState
from agent_tui.desk.problems import Problem
from agent_tui.desk.selectors import queue_rows, server_now
from agent_tui.desk.text import clean_line
from agent_tui.engine.facts_kept import FactsKept
from agent_tui.engine.intake_keeper import PlansKept
from agent_tui.engine.overview import Overview
from agent_tui.launch import Exit, Refusal, start_refusal
from agent_tui.settings import rules
from agent_tui.wording import say

if TYPE_CHECKING:
    from agent_tui.engine.scraping import Scraping

KNOWN_WITHIN: Final = 60.0
"""Seconds the server gets to tell who waits: thousands of customers take many pages."""
_CLOCK_WITHIN: Final = 2.0
"""Seconds to learn the server's clock; then ours stands in."""
_LOOK_BACK: Final = 24 * 3600.0
"""Seconds of kept facts that the figures start with."""

Show = Callable[[Told], str]


def queues(around: Surroundings, given: Given) -> int:
    """Print who waits; returns the exit code.

    Raises:
        Refusal: a wrong option, no connection, or the sign-in does not work.
    """
    if given.every is not None and given.every < 1:
        raise Refusal(say("--every takes a number of seconds from 1 on."), Exit.WRONG_USAGE)
    settings = around.settings(given)
    connection = saved_connection(around, settings)
    forever = given.watch or given.every is not None or given.metrics is not None
    show = as_json if given.json else as_line if forever else as_table
    try:
        with around.logging(), scraped(given.metrics) as scraping:
            with closing(FactsKept(around.places.facts, connection.server)) as kept:
                facts = kept.load(milliseconds(time.time() - _LOOK_BACK))
            state = DeskState(rules=rules(settings))
            # What a board has settled is told, and never done from here: no second passes in this state.
            state.intaking.restored(PlansKept(around.places.plans, connection.server).load())
            watching = _Watching(state, connection, facts, show)
            asyncio.run(watching.run(forever=forever, every=given.every, scraping=scraping))
    except KeyboardInterrupt:
        return Exit.DONE
    return Exit.DONE


class _Watching:
    """A board without a screen. It starts with the facts kept, and keeps none itself."""

    def __init__(self, state: DeskState, connection: Connection, facts: Iterable[Fact], show: Show) -> None:
        self._where = connection.settings.url
        self._show = show
        self._state = state
        self._board = Board()
        self._board.restore(facts)
        self._overview = Overview(connection.connect)
        self._changed = asyncio.Event()
        self._problem: Problem | None = None
        self._bridge = Bridge(
            self._state,
            perform=self._overview.submit,
            show=lambda _: None,
            changed=self._changed.set,
            start_failed=self._failed,
            witness=self._witness,
        )

    async def run(self, *, forever: bool, every: int | None, scraping: Scraping | None) -> None:
        """Print once everything is known; with ``forever`` go on.

        Args:
            forever: print again with each change of who waits.
            every: print every so many seconds instead.
            scraping: is told the figures each second.
        """
        self._bridge.open()
        running = asyncio.create_task(self._overview.run(self._bridge.deliver))
        try:
            await self._known()
            told = self._told(scraping)
            _print(self._show(told))
            if forever:
                await self._follow(told, every, scraping)
        finally:
            running.cancel()
            await asyncio.wait([running])

    async def _known(self) -> None:
        try:
            async with asyncio.timeout(KNOWN_WITHIN):
                await self._until(lambda: self._state.listed and bool(self._state.queues))
        except TimeoutError:
            words = say(
                "{where} did not tell within {n} seconds who waits.",
                where=clean_line(self._where), n=round(KNOWN_WITHIN),
            )  # fmt: skip
            raise Refusal(words, Exit.CANNOT_CONNECT) from None
        try:
            async with asyncio.timeout(_CLOCK_WITHIN):
                await self._until(lambda: self._state.clock_offset is not None)
        except TimeoutError:
            return

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            if self._problem is not None:
                raise start_refusal(self._problem, self._where)
            await self._changed.wait()
            self._changed.clear()

    async def _follow(self, shown: Told, every: int | None, scraping: Scraping | None) -> None:
        for seconds in itertools.count(1):
            await asyncio.sleep(1)
            told = self._told(scraping)
            if told.matters != shown.matters if every is None else seconds % every == 0:
                shown = told
                _print(self._show(told))

    def _failed(self, problem: Problem) -> None:
        self._problem = problem
        self._changed.set()

    def _witness(self, event: DeskEvent) -> None:
        self._board.take(self._state, event, self._now)

    @property
    def _now(self) -> float:
        return server_now(self._state, time.monotonic()) or time.time()

    def _told(self, scraping: Scraping | None) -> Told:
        told = Told(tuple(queue_rows(self._state)), report(self._board, self._state, self._now))
        if scraping is not None:
            scraping.publish(told.report)
        return told


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
