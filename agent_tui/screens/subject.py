"""What every subject that opens lists of its own has within reach."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from agent_tui.bridge import Bridge
from agent_tui.desk.events import DeskEvent
from agent_tui.notices import Told
from agent_tui.screens.panes import Panes
from agent_tui.widgets.picker import Picker


class Reach(Struct, frozen=True):
    """The desk, the one picker, the panes, and whom to tell."""

    bridge: Bridge
    picker: Picker
    panes: Panes
    dispatch: Callable[[DeskEvent], None]
    """Tells the desk what the agent did."""
    tell: Callable[[Told], None]
    """Tells the agent."""
    close: Callable[[], None]
    """Closes whatever list is open."""


class Subject:
    """Base of a subject: all of its reach by short names."""

    def __init__(self, reach: Reach) -> None:
        self._bridge = reach.bridge
        self._picker = reach.picker
        self._panes = reach.panes
        self._dispatch = reach.dispatch
        self._tell = reach.tell
        self._close = reach.close
