"""The lead's board for a program to show: its lookout from the first opening on, its pages, its seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Final

from textual.app import App

from agent_tui.desk.alarms import Alarm, AlarmKind, Watch, alarms, at_hand, ordered
from agent_tui.desk.help_calls import open_calls
from agent_tui.desk.problems import Problem
from agent_tui.desk.text import Displayable
from agent_tui.keys_in_force import Keymap
from agent_tui.lookout import Lookout, LookoutMeans
from agent_tui.screens.lead.page import LeadDesk, LeadPage
from agent_tui.screens.lead.tables import Tables, TablesPage
from agent_tui.screens.lead.watching import WatchPage
from agent_tui.theming import Palette
from agent_tui.widgets.alarm_rows import alarm_words

_SOON: Final = 0.1
"""Seconds after which what has happened is shown."""


class Boarding:
    """The board of one program, over an agent's desk or by itself.

    Args:
        app: shows the pages.
        means: what the lookout works with.
        palette: makes one for a page.
        present: names are hidden and the keys pressed are shown.
        start_failed: the board could not sign in.
        call: draws the lead's attention to what the words say.
        watch: what the lead is called for.
        leave: ends the program; ``None`` where an agent's desk lies below.
    """

    def __init__(
        self,
        app: App[None],
        means: LookoutMeans,
        keys: Keymap,
        *,
        palette: Callable[[], Palette],
        present: bool,
        start_failed: Callable[[Problem], None],
        call: Callable[[Displayable], None],
        watch: Watch,
        leave: Callable[[], object] | None = None,
    ) -> None:
        self._app = app
        self._means = means
        self._keys = keys
        self._palette = palette
        self._present = present
        self._start_failed = start_failed
        self._leave = leave
        self._call = call
        self._watch = watch
        self._tables = Tables()
        self._repaint: asyncio.TimerHandle | None = None
        self.lookout: Lookout | None = None
        """There from the first opening on."""

    def open(self) -> None:
        """Show the board; look on from now on."""
        if self.lookout is not None and self.lookout.problem is not None:
            self.close()
        if self.lookout is None:
            self.lookout = Lookout(self._means, start_failed=self._start_failed)
            self._run(self.lookout.start())
        self.lookout.changed = self._changed
        desk = LeadDesk(
            self.lookout,
            self._keys,
            self._palette,
            present=self._present,
            watch=lambda conversation: self._app.push_screen(WatchPage(desk, conversation)),
            leave=self._leave or self._back_to_desk,
            over_desk=self._leave is None,
            alarms=self._watch,
        )
        self._app.push_screen(TablesPage(desk, self._tables))

    def tick(self) -> None:
        """A second has gone by."""
        if self.lookout is not None:
            self.lookout.tick()
            self._look(self.lookout)
            if isinstance(self._app.screen, LeadPage):
                self._app.screen.tick()

    def _changed(self) -> None:
        """Calls for help and what is watched are shown as they come, a few times each second."""
        if self._repaint is None:
            self._repaint = asyncio.get_running_loop().call_later(_SOON, self._show)

    def _show(self) -> None:
        self._repaint = None
        if self._app.is_running and isinstance(self._app.screen, LeadPage):
            self._app.screen.show()

    def _look(self, lookout: Lookout) -> None:
        """Call for what is wrong now; before everything is listed nothing is known to be."""
        if not lookout.state.listed:
            return
        rows = lookout.board.queues(lookout.state, lookout.now)
        there = at_hand(lookout.state, but=None if self._leave is None else lookout.state.me)
        desk = lookout.board.desk(lookout.now)
        calls = [Alarm(AlarmKind.HELP, one.conversation, one.agent) for one in open_calls(lookout.state)]
        wrong = alarms(rows, desk, lookout.now, there=there, target=self._watch.target)
        found = ordered([*wrong, *calls])
        local = time.localtime()
        alarm = self._watch.look(found, lookout.bridge.now(), local.tm_hour * 60 + local.tm_min)
        if alarm is not None:
            self._call(alarm_words(alarm))

    def close(self) -> None:
        """Look no more."""
        if self.lookout is not None:
            self.lookout.stop()
            self.lookout = None

    def _run(self, work: Coroutine[None, None, None]) -> None:
        self._app.run_worker(work, name="lookout")

    def _back_to_desk(self) -> None:
        while isinstance(self._app.screen, LeadPage):
            self._app.pop_screen()
