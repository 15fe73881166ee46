"""Whether it is this machine, the way or the server that is slow: a row of figures, on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from agent_tui.bridge import Bridge
from agent_tui.desk.doings import RoundTripWanted
from agent_tui.desk.events import DeskEvent
from agent_tui.gauge import Gauge
from agent_tui.screens.at_hand import Actions
from agent_tui.widgets.health_strip import Health, HealthStrip

ASK_EVERY: Final = 5.0
"""Seconds between two questions to the server, while the row is there."""


class HealthView:
    """Puts the row there and away. ``dispatch`` tells the desk."""

    def __init__(
        self,
        bridge: Bridge,
        strip: HealthStrip,
        gauge: Gauge,
        *,
        dispatch: Callable[[DeskEvent], None],
    ) -> None:
        self._bridge = bridge
        self._strip = strip
        self._gauge = gauge
        self._dispatch = dispatch
        self._asked_at: float | None = None

    def actions(self) -> Actions:
        """What its action does."""
        return {"health": self._toggle}

    def _toggle(self) -> None:
        self._strip.display = not self._strip.display
        self._asked_at = None
        self.show_figures(self._bridge.now())

    def show_figures(self, now: float) -> None:
        """Bring the row up to date, if it is there; the server is asked now and then."""
        if not self._strip.display:
            return
        state = self._bridge.state
        age = now - state.connection.heard_at_local
        self._strip.show(Health(self._gauge.key_to_paint, self._gauge.frame, state.round_trip, age))
        if self._asked_at is None or now - self._asked_at >= ASK_EVERY:
            self._asked_at = now
            self._dispatch(RoundTripWanted())
