"""Between painting and the engine: owns the desk's state, and lets no burst of events delay a key."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from typing import Final

from agent_tui.desk.effects import AskForTags, EngineEffect, Notify, PutBack, PutIn, Ring, ScreenEffect
from agent_tui.desk.events import DeskEvent, StartFailed
from agent_tui.desk.model import DeskState
from agent_tui.desk.problems import Problem
from agent_tui.desk.update import update
from agent_tui.engine.overhearing import Overhearing

_log = logging.getLogger(__name__)

SLICE: Final = 0.004
"""Seconds of events applied in one go; then keys and timers have their turn."""
_TOGETHER: Final = 0.012
"""Seconds after which events that follow closely on others are applied; less than a frame.

To be woken by another thread costs more than to apply what woke it.
"""


class Bridge:
    """The one owner of the desk's state. Everything but :meth:`deliver` is for the painting thread.

    Args:
        state: the desk; nobody else changes it.
        perform: hands effects to the engine, e.g. ``Engine.submit``.
        show: performs an effect on the screen.
        changed: the state may have changed; called once for each batch applied. Painting at most once
            per frame is up to whoever is called.
        start_failed: the engine could not sign in and has ended.
        now: seconds of the client's monotonic clock.
        witness: sees every event when the state has taken it in.
    """

    def __init__(
        self,
        state: DeskState,
        *,
        perform: Callable[[Sequence[EngineEffect]], None],
        show: Callable[[ScreenEffect], None],
        changed: Callable[[], None],
        start_failed: Callable[[Problem], None],
        now: Callable[[], float] = time.monotonic,
        witness: Callable[[DeskEvent], None] | None = None,
    ) -> None:
        self.state = state
        self._perform = perform
        self._show = show
        self._changed = changed
        self._start_failed = start_failed
        self.now = now
        """Seconds of the client's monotonic clock."""
        self._witness = witness
        self._inbox: deque[DeskEvent] = deque()
        self._outbox: list[EngineEffect] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context = Context()
        self._called = False
        self._drained_at = -_TOGETHER
        self.overhearing: Overhearing | None = None
        """Sees what is delivered, on the thread that delivers it, while the painting thread is elsewhere."""

    def open(self) -> None:
        """Take events from the engine on the running loop from now on; earlier ones have waited.

        They are taken in the caller's context: Textual finds its app there, and a screen that opens
        anywhere else never paints again.
        """
        self._loop, self._context = asyncio.get_running_loop(), copy_context()
        self._call()

    def close(self) -> None:
        """Take no more events from the engine."""
        self._hand_over()
        self._loop = None

    def dispatch(self, event: DeskEvent) -> None:
        """Something happened at the desk: apply it now, before this returns."""
        self._carry_out(self._applied(event))
        self._changed()

    def deliver(self, events: Sequence[DeskEvent]) -> None:
        """Something came from the engine. From any thread; returns at once."""
        self._inbox.extend(events)
        overhearing = self.overhearing
        if overhearing is not None:
            overhearing.hear(events, self.now())
        self._call()

    def _call(self) -> None:
        """Have the inbox emptied by the painting thread, with at most one call on its way."""
        loop = self._loop
        if loop is None or self._called:
            return
        self._called = True
        try:
            loop.call_soon_threadsafe(self._drain, context=self._context)
        except RuntimeError:
            _log.debug("the painting loop has ended")

    def _drain(self) -> None:
        # Lowered first: whoever delivers from here on makes a call of their own.
        self._called = False
        loop = self._loop
        if loop is None or not self._inbox:
            return
        effects: list[EngineEffect | ScreenEffect] = []
        until = time.perf_counter() + SLICE
        while self._inbox:
            effects += self._survived(self._inbox.popleft())
            if time.perf_counter() >= until:
                break
        self._carry_out(effects)
        self._changed()
        now = loop.time()
        close, self._drained_at = now - self._drained_at < 2 * _TOGETHER, now
        if self._inbox:
            self._call()
        elif close:
            self._called = True
            loop.call_later(_TOGETHER, self._drain)

    def _survived(self, event: DeskEvent) -> Sequence[EngineEffect | ScreenEffect]:
        """Apply what came from outside; a fault of ours in one event does not cost the ones behind it."""
        try:
            return self._applied(event)
        except Exception:  # noqa: BLE001  what comes from outside must not stop the desk
            _log.exception("%s was not applied", type(event).__name__)
            return ()

    def _applied(self, event: DeskEvent) -> Sequence[EngineEffect | ScreenEffect]:
        effects = update(self.state, event, self.now())
        if self._witness is not None:
            self._witness(event)
        if isinstance(event, StartFailed):
            self._start_failed(event.problem)
        return effects

    def _carry_out(self, effects: Sequence[EngineEffect | ScreenEffect]) -> None:
        waiting = bool(self._outbox)
        for effect in effects:
            if isinstance(effect, Notify | Ring | PutBack | PutIn | AskForTags):
                self._show(effect)
            else:
                self._outbox.append(effect)
        if self._loop is None:
            self._hand_over()
        elif self._outbox and not waiting:
            self._loop.call_soon(self._hand_over)

    def _hand_over(self) -> None:
        """Give the engine its effects, behind the answer to the key that led to them.

        The engine's thread, once woken, keeps this one from painting for as long as it works.
        """
        effects, self._outbox = self._outbox, []
        if effects:
            self._perform(effects)
