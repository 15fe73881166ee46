"""Going from chat to chat: the tabs, the most urgent one."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.bindings import tab_of
from agent_tui.bridge import Bridge
from agent_tui.desk.doings import MostUrgentRequested, TabClosed, TabSelected, TabStepped
from agent_tui.desk.events import DeskEvent
from agent_tui.screens.at_hand import Actions, AtHand


class Tabbing:
    """``dispatch`` tells the desk, ``finish`` ends what is under way, ``show`` brings hints up to date."""

    def __init__(
        self,
        bridge: Bridge,
        *,
        dispatch: Callable[[DeskEvent], None],
        finish: Callable[[], None],
        show: Callable[[], None],
    ) -> None:
        self._bridge = bridge
        self._dispatch = dispatch
        self._finish = finish
        self._show = show
        self.picking = False
        """The next digit is the number of a tab."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "urgent": lambda: self._dispatch(MostUrgentRequested()),
            "tab.previous": lambda: self._dispatch(TabStepped(-1)),
            "tab.next": lambda: self._dispatch(TabStepped(1)),
            "tab.pick": self._pick,
            "tab.close": at_hand.open(lambda chat: self._dispatch(TabClosed(chat.id))),
        }

    def _pick(self) -> None:
        self.picking = True
        self._show()

    def number(self, key: str) -> int | None:
        """Which tab a key means, counted from 0, if any; asked once for each key."""
        picking, self.picking = self.picking, False
        return tab_of(key, picking=picking)

    def go_to(self, number: int) -> None:
        """To the tab with this number, if there is one."""
        self._finish()
        tabs = self._bridge.state.tabs
        if number < len(tabs):
            self._dispatch(TabSelected(tabs[number]))
