"""``agent-tui monitor``: the team lead's board. It looks on and changes nothing."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Final

from textual.app import App

from agent_tui.bridge import Bridge
from agent_tui.cli.connection import saved_connection
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.events import DeskEvent, Ticked
from agent_tui.desk.metrics.board import Board
from agent_tui.desk.metrics.facts import milliseconds
from agent_tui.desk.model import DeskState
from agent_tui.desk.problems import Problem
from agent_tui.desk.rules import NONE_SETTLED, Rules
from agent_tui.desk.selectors import server_now
from agent_tui.engine.facts_kept import FactsKept
from agent_tui.engine.overview import Overview
from agent_tui.launch import Exit, check_terminal, looks_of, start_refusal
from agent_tui.screens.monitor import MonitorScreen
from agent_tui.screens.presenting import Presenting
from agent_tui.settings import rules
from agent_tui.theming import Palette, textual_theme
from themes.contract import Theme

_LOOK_BACK: Final = 24 * 3600.0
"""Seconds of kept facts that the board starts with."""


def monitor(around: Surroundings, given: Given) -> int:
    """Show the board until the lead leaves; returns the exit code.

    Raises:
        Refusal: no connection, or the sign-in does not work.
    """
    settings = around.settings(given)
    connection = saved_connection(around, settings)
    check_terminal(around.environ)
    theme = looks_of(settings.desk, around.places.themes, os.environ).theme
    kept = FactsKept(around.places.facts, connection.server)
    overview = Overview(connection.connect)
    app = Monitor(overview, kept, theme, present=given.present, rules=rules(settings))
    with around.logging():
        try:
            app.run()
        finally:
            kept.close()
    if app.problem is not None:
        raise start_refusal(app.problem, settings.connection.url)
    return app.return_code or Exit.DONE


class Monitor(App[None], inherit_bindings=False):
    """The board on a terminal: what the desk is told goes to the board, and its facts to the disk."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "agent-tui monitor"

    def __init__(
        self,
        overview: Overview,
        kept: FactsKept,
        theme: Theme,
        *,
        present: bool = False,
        rules: Rules = NONE_SETTLED,
    ) -> None:
        super().__init__()
        self._overview = overview
        self._kept = kept
        self.board = Board()
        self.problem: Problem | None = None
        """Why the sign-in failed, if it did."""
        self.state = DeskState(rules=rules)
        self._bridge = Bridge(
            self.state,
            perform=overview.submit,
            show=lambda _: None,
            changed=lambda: None,
            start_failed=self._start_failed,
            witness=self._witness,
        )
        self.register_theme(textual_theme(theme))
        self.theme = textual_theme(theme).name
        palette = Palette(theme)
        presenting = Presenting(palette, practice=False) if present else None
        self.monitor = MonitorScreen(self.state, self.board, palette, presenting=presenting)
        self._looking: asyncio.Task[None] | None = None

    async def on_mount(self) -> None:
        """Begin with what is kept, then look on."""
        self.board.restore(self._kept.load(milliseconds(time.time() - _LOOK_BACK)))
        await self.push_screen(self.monitor)
        self._bridge.open()
        self._looking = asyncio.create_task(self._overview.run(self._bridge.deliver))
        self.set_interval(1.0, self._tick)

    async def on_unmount(self) -> None:
        """Stop looking."""
        self._bridge.close()
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])

    def _tick(self) -> None:
        self._bridge.dispatch(Ticked())
        self.monitor.show()

    def _witness(self, event: DeskEvent) -> None:
        now = server_now(self.state, time.monotonic()) or self.board.newest
        facts = self.board.take(self.state, event, now)
        if facts:
            self._kept.keep(facts)

    def _start_failed(self, problem: Problem) -> None:
        self.problem = problem
        self.exit(return_code=1)
