"""The Textual application: one screen, one bridge, one engine, and the terminal put back at the end."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from textual import events

from agent_tui import clipboard, notices
from agent_tui.bridge import Bridge
from agent_tui.desk.alarms import Watch
from agent_tui.desk.calling import most_pressing
from agent_tui.desk.doings import LeavingRequested
from agent_tui.desk.effects import EngineEffect, Ring, ScreenEffect
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.model import DeskState
from agent_tui.desk.problems import Problem
from agent_tui.desk.quiet import CALLED_ONCE, Alerts, quiet_hours
from agent_tui.desk.rules import NONE_SETTLED, Rules
from agent_tui.desk.steps import Holds
from agent_tui.desk.text import NOTHING
from agent_tui.desk.told import Ticked
from agent_tui.engine.overhearing import Overhearing
from agent_tui.engine.thread import EngineThread
from agent_tui.hosting import HostedApp
from agent_tui.keys_in_force import Keymap
from agent_tui.launch import Exit, Left, WorkstationOptions, looks_of, start_refusal
from agent_tui.lookout import LookoutMeans
from agent_tui.looks import Looks
from agent_tui.notices import Told, Weight
from agent_tui.notifier import BELL_ALONE, Notifier, Ways
from agent_tui.profiles import ANYWHERE, Whereabouts
from agent_tui.screens.shifting import ShiftMeans
from agent_tui.screens.workstation import WorkstationScreen
from agent_tui.settings import rules
from agent_tui.theming import Palette, textual_theme
from agent_tui.wording import say
from themes.contract import Theme

if TYPE_CHECKING:
    from agent_tui.desk.metrics.shift import Shift
    from agent_tui.engine.engine import Deliver
    from agent_tui.engine.facts_kept import FactsKept
    from agent_tui.engine.own_facts import OwnFacts
    from agent_tui.screens.lead.boarding import Boarding

_FRAME: Final = 1 / 30
"""Seconds between repaints, however many events there are; keys do not wait for it."""
_BUSY_FRAME: Final = 1 / 10
"""The same once there has been no pause for a while: nobody reads what goes by that fast."""
_A_WHILE: Final = 0.5


class Workstation(HostedApp[None]):
    """The workstation on a terminal.

    Args:
        perform: hands effects to the engine; returns at once.
        start: starts the engine, given where its events go. Called once, when the screen is up.
        keys: the keys in force.
        looks: the theme to start with and the others, and how dense the desk is.
        report: writes a crash report; returns the line to print when the terminal is back.
        lookout: what the lead's board works with.
        ways: how the agent is called when they look elsewhere.
        alerts: what they have settled about being called.
        target: the service level that the lead's board calls below, from 0 to 1.
        whereabouts: which of the person's desks this is; the screen says so.
        rules: what the team has settled about its desk.
        tools: names of the agent's commands.
        holds: how long the agent can take back what they did; not at all when left out.
        facts: opens where what happens is kept; in memory when left out. Called on another thread.
        exports: the folder that sheets and chats are written to.
        now: seconds of the client's monotonic clock.
    """

    CSS_PATH = "screens/workstation.tcss"

    def __init__(
        self,
        perform: Callable[[Sequence[EngineEffect]], None],
        start: Callable[[Deliver], None],
        keys: Keymap,
        looks: Looks,
        report: Callable[[BaseException], str],
        *,
        lookout: LookoutMeans,
        ways: Ways = BELL_ALONE,
        alerts: Alerts = CALLED_ONCE,
        target: float = 0.0,
        whereabouts: Whereabouts = ANYWHERE,
        rules: Rules = NONE_SETTLED,
        holds: Holds | None = None,
        tools: tuple[str, ...] = (),
        facts: Callable[[], FactsKept] | None = None,
        exports: Path = Path("exports"),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(report)
        self._start = start
        self._notifier = Notifier(ways, os.environ, self.to_terminal)
        self._repaint: asyncio.TimerHandle | None = None
        self._painted_at = 0.0
        self._quiet_at = 0.0
        """When there was last nothing to paint."""
        self.problem: Problem | None = None
        """Why the sign-in failed, if it did."""
        self.going_to = ""
        """The profile to go on with, if the agent wants to."""
        self._facts = facts
        self._own: OwnFacts | None = None
        self._opening: asyncio.Task[None] | None = None
        self.bridge = Bridge(
            DeskState(rules=rules, holds=holds or Holds(), alerts=alerts, tools=tools),
            perform=perform,
            show=self._show_effect,
            changed=self._changed,
            start_failed=self._start_failed,
            now=now,
            witness=self._witness,
        )
        self._simple_emoji = looks.simple_emoji
        watch = Watch(alerts, target=target)
        self._make_boarding = partial(self._boarding, lookout, keys, watch, present=looks.present)
        self.boarding: Boarding | None = None
        """The lead's board; there from its first opening on."""
        self._worn = looks.theme
        self.workstation = WorkstationScreen(
            self.bridge,
            keys,
            looks,
            whereabouts,
            wear=self._wear,
            lend=self._lend,
            open_board=self._open_board,
            shift=ShiftMeans(self._own_shift, exports),
        )
        for theme in (looks.theme, *looks.others):
            self.register_theme(textual_theme(theme))
        self.theme = textual_theme(looks.theme).name

    # --- life ----------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Show the desk first, then connect."""
        self.begin()
        self.workstation.fit(self.size.width)
        await self.push_screen(self.workstation)
        self._start(self.bridge.deliver)
        self._opening = asyncio.create_task(self._open())
        self._tick()
        self.set_interval(1.0, self._tick)
        self.call_after_refresh(_collect_in_small_pieces)

    async def _open(self) -> None:
        """What the engine tells meanwhile waits until it is known what was written down before."""
        self._own = await asyncio.to_thread(self._made_own)
        await self._own.start()
        self.bridge.open()

    def _made_own(self) -> OwnFacts:
        from agent_tui.engine.facts_kept import FactsKept  # noqa: PLC0415  a thread beside loads it
        from agent_tui.engine.own_facts import OwnFacts  # noqa: PLC0415  see above

        kept = FactsKept(None, "") if self._facts is None else self._facts()
        return OwnFacts(kept, self.bridge.state, self.bridge.now)

    def _witness(self, event: DeskEvent) -> None:
        if self._own is not None:
            self._own.witness(event)

    async def _own_shift(self) -> Shift | None:
        return None if self._own is None else await self._own.shift()

    def leave_by_signal(self, number: int) -> None:
        """What the agent could still have taken back goes out first."""
        self.bridge.dispatch(LeavingRequested())
        super().leave_by_signal(number)

    def on_unmount(self) -> None:
        """Take nothing more from the engine; write down what is left."""
        if self._opening is not None:
            self._opening.cancel()
        self.bridge.close()
        if self._own is not None:
            self._own.close()

    def _tick(self) -> None:
        local = time.localtime()
        self.bridge.dispatch(Ticked(local.tm_hour * 60 + local.tm_min))
        self.workstation.second_passed()
        if self.boarding is not None:
            self.boarding.tick()

    def _boarding(self, lookout: LookoutMeans, keys: Keymap, watch: Watch, *, present: bool) -> Boarding:
        from agent_tui.screens.lead.boarding import Boarding  # noqa: PLC0415  a tenth of the first screen's time

        return Boarding(
            self,
            lookout,
            keys,
            palette=self._palette,
            present=present,
            start_failed=lambda _: None,
            call=lambda words: self._notifier.call(words, away=self.away),
            watch=watch,
        )

    def _open_board(self) -> None:
        if self.boarding is None:
            self.boarding = self._make_boarding()
        self.boarding.open()

    def close_board(self) -> None:
        """Look at the queues no more."""
        if self.boarding is not None:
            self.boarding.close()

    def _start_failed(self, problem: Problem) -> None:
        """The engine could not sign in: whoever started the program says why."""
        self.problem = problem
        self.exit(return_code=1)

    def action_go_to(self, profile: str) -> None:
        """Leave, to go on at another of the person's desks."""
        self.going_to = profile
        self.exit()

    async def on_event(self, event: events.Event) -> None:
        """Every event of the terminal comes by here first: when a key came is known to nobody else."""
        if isinstance(event, events.Key):
            if self.screen is self.workstation:
                self.workstation.gauge.key_arrived(event.time)
            else:
                self.workstation.gauge.elsewhere()
        await super().on_event(event)

    # --- between the bridge and the screen -----------------------------------------------------------

    def _show_effect(self, effect: ScreenEffect) -> None:
        if isinstance(effect, Ring):
            call = most_pressing(self.bridge.state, time.monotonic())
            words = NOTHING if call is None else notices.call_words(call)
            self._notifier.call(words, away=self.away)
        else:
            self.workstation.perform(effect)

    def _lend(self, command: tuple[str, ...]) -> int:
        """Lend the terminal to an editor; whoever calls meanwhile is not left unheard."""
        overhearing = Overhearing(self.bridge.state, self._notifier.call_past)
        self.bridge.overhearing = overhearing
        try:
            return self.lend_terminal(command)
        finally:
            self.bridge.overhearing = None
            if overhearing.words:
                self.workstation.tell(Told(overhearing.words, Weight.WARNING))

    def _changed(self) -> None:
        """Repaint at most once per frame: at once after a quiet moment, else when the frame is over."""
        if self._repaint is None:
            now = time.monotonic()
            frame = _BUSY_FRAME if now - self._quiet_at > _A_WHILE else _FRAME
            due = max(0.0, self._painted_at + frame - now)
            if not due:
                self._quiet_at = now
            self._repaint = asyncio.get_running_loop().call_later(due, self._paint)

    def _paint(self) -> None:
        self._repaint = None
        self._painted_at = time.monotonic()
        if self.workstation.is_mounted and self.is_running:
            self.workstation.show()
            self.workstation.gauge.spent(time.monotonic() - self._painted_at)

    # --- the clipboard -------------------------------------------------------------------------------

    def copy_to_clipboard(self, text: str) -> None:
        """Put ``text`` on the clipboard of the person's own terminal."""
        super().copy_to_clipboard(text)
        clipboard.put(text, os.environ, self.to_terminal)

    # --- themes --------------------------------------------------------------------------------------

    def _wear(self, theme: Theme) -> None:
        self._worn = theme
        self.theme = textual_theme(theme).name
        self.workstation.use_palette(self._palette())

    def _palette(self) -> Palette:
        return Palette(self._worn, simple_emoji=self._simple_emoji)


def _collect_in_small_pieces() -> None:
    """What is there now stays and is looked at no more, the rest a little at a time: pauses cost keys.

    A look at the newest 10,000 objects fits into a frame, one at 50,000 does not. What lived through one is
    looked at again soon, so that what Textual leaves behind does not pile up all shift long.
    """
    gc.freeze()
    gc.set_threshold(10_000, 2, 100)


def run_workstation(options: WorkstationOptions) -> Left:
    """Run the workstation until the agent leaves; returns how.

    Raises:
        Refusal: the theme or the sign-in does not work.
    """
    desk, settled = options.settings.desk, options.settings.notices
    worn = replace(looks_of(desk, options.themes, os.environ), present=options.present)
    thread = EngineThread(options.engine)
    app = Workstation(
        thread.submit,
        thread.start,
        options.keys,
        worn,
        options.report,
        lookout=options.lookout,
        ways=Ways(desk.bell, settled.terminal, settled.desktop),
        alerts=Alerts(settled.repeat, quiet_hours(settled.quiet)),
        target=settled.level / 100,
        whereabouts=options.whereabouts,
        rules=rules(options.settings),
        holds=Holds(desk.undo, desk.undo_send),
        tools=tuple(options.settings.commands),
        facts=options.facts,
        exports=options.exports,
    )
    try:
        app.run()
    finally:
        thread.stop()
        app.close_board()
    if app.problem is not None:
        raise start_refusal(app.problem, options.where)
    if app.last_words:
        sys.stderr.write(f"{app.last_words}\n")
    elif options.facts is not None and app.bridge.state.handled:
        sys.stderr.write(f"{say('What you did this shift: agent-tui shift')}\n")
    return Left(app.return_code or Exit.DONE, app.going_to)
