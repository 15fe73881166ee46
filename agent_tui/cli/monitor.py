"""``agent-tui monitor``: the team lead's board as a program of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from agent_tui.cli.connection import saved_connection
from agent_tui.cli.looking_on import lookout_means
from agent_tui.cli.parser import Given
from agent_tui.cli.scraped import scraped
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.alarms import Watch
from agent_tui.desk.metrics.report import report
from agent_tui.desk.problems import Problem
from agent_tui.desk.quiet import Alerts, quiet_hours
from agent_tui.hosting import HostedApp
from agent_tui.keys_in_force import Keymap
from agent_tui.launch import Exit, check_terminal, looks_of, start_refusal
from agent_tui.lookout import LookoutMeans
from agent_tui.looks import Looks
from agent_tui.notifier import BELL_ALONE, Notifier, Ways
from agent_tui.screens.lead.boarding import Boarding
from agent_tui.theming import Palette, textual_theme

if TYPE_CHECKING:
    from agent_tui.engine.scraping import Scraping


def monitor(around: Surroundings, given: Given) -> int:
    """Show the board until the lead leaves; returns the exit code.

    Raises:
        Refusal: no connection, or the sign-in does not work.
    """
    settings = around.settings(given)
    keys = around.keys(settings)
    connection = saved_connection(around, settings)
    check_terminal(around.environ)
    looks = looks_of(settings.desk, around.places.themes, os.environ)
    means = lookout_means(around, settings, connection)
    desk, settled = settings.desk, settings.notices
    watch = Watch(Alerts(settled.repeat, quiet_hours(settled.quiet)), settled.level / 100)
    ways = Ways(desk.bell, settled.terminal, settled.desktop)
    app = Monitor(means, keys, looks, around.report, present=given.present, ways=ways, watch=watch)
    with around.logging(), scraped(given.metrics) as scraping:
        app.scraping = scraping
        try:
            app.run()
        finally:
            app.boarding.close()
    if app.problem is not None:
        raise start_refusal(app.problem, settings.connection.url)
    if app.last_words:
        sys.stderr.write(f"{app.last_words}\n")
    return app.return_code or Exit.DONE


class Monitor(HostedApp[None]):
    """The board on a terminal."""

    TITLE = "agent-tui monitor"

    def __init__(
        self,
        means: LookoutMeans,
        keys: Keymap,
        looks: Looks,
        report: Callable[[BaseException], str],
        *,
        present: bool = False,
        ways: Ways = BELL_ALONE,
        watch: Watch | None = None,
    ) -> None:
        super().__init__(report)
        self.scraping: Scraping | None = None
        """Is told the figures each second."""
        notifier = Notifier(ways, os.environ, self.to_terminal)
        self.problem: Problem | None = None
        """Why the sign-in failed, if it did."""
        theme = looks.theme
        self.register_theme(textual_theme(theme))
        self.theme = textual_theme(theme).name
        self.boarding = Boarding(
            self,
            means,
            keys,
            palette=lambda: Palette(theme, simple_emoji=looks.simple_emoji),
            present=present,
            start_failed=self._start_failed,
            leave=self.exit,
            call=lambda words: notifier.call(words, away=self.away),
            watch=watch or Watch(),
        )

    def on_mount(self) -> None:
        """Show the board, then look on."""
        self.begin()
        self.boarding.open()
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        self.boarding.tick()
        lookout = self.boarding.lookout
        if self.scraping is not None and lookout is not None and lookout.state.listed:
            self.scraping.publish(report(lookout.board, lookout.state, lookout.now))

    def _start_failed(self, problem: Problem) -> None:
        self.problem = problem
        self.exit(return_code=1)
