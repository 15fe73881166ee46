"""Going from chat to chat: the tabs, the most urgent one."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.bindings import tab_of
from agent_tui.bridge import Bridge
from agent_tui.desk.doings import (
    MostUrgentRequested,
    PeekKept,
    PeekRequested,
    TabClosed,
    TabSelected,
    TabStepped,
)
from agent_tui.desk.events import DeskEvent
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.panes import Panes
from agent_tui.wording import say
from api_client.models.identity import ConversationId


class Tabbing:
    """``dispatch`` tells the desk, ``finish`` ends what is under way, ``show`` brings hints up to date."""

    def __init__(
        self,
        bridge: Bridge,
        panes: Panes,
        *,
        dispatch: Callable[[DeskEvent], None],
        finish: Callable[[], None],
        show: Callable[[], None],
        tell: Callable[[Told], None],
    ) -> None:
        self._bridge = bridge
        self._panes = panes
        self._dispatch = dispatch
        self._finish = finish
        self._show = show
        self._tell = tell
        self.picking = False
        """The next digit is the number of a tab."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "urgent": lambda: self._dispatch(MostUrgentRequested()),
            "tab.previous": lambda: self._dispatch(TabStepped(-1)),
            "tab.next": lambda: self._dispatch(TabStepped(1)),
            "tab.pick": self._pick,
            "pane.next": self._go_beside,
            "tab.close": at_hand.open(lambda chat: self._dispatch(TabClosed(chat.id))),
        }

    def _pick(self) -> None:
        self.picking = True
        self._show()

    def _go_beside(self) -> None:
        beside = self._panes.beside(self._bridge.state)
        if beside is None:
            words = say("No chat is beside this one: that takes two chats and 160 columns.")
            self._tell(Told(words, Weight.FACT))
        else:
            self.turn_to(beside)

    def turn_to(self, conversation: ConversationId) -> None:
        """To a chat on the screen or in a tab; what is only read stays on the screen where there is room."""
        state = self._bridge.state
        if conversation == state.beside:
            self._dispatch(PeekRequested(conversation))
        elif state.peeked is not None and conversation == state.peeked_from and self._panes.count > 1:
            self._dispatch(PeekKept())
        else:
            self._dispatch(TabSelected(conversation))

    def number(self, key: str) -> int | None:
        """Which tab a key means, counted from 0, if any; asked once for each key."""
        picking, self.picking = self.picking, False
        return tab_of(key, picking=picking)

    def go_to(self, number: int) -> None:
        """To the tab with this number, if there is one."""
        self._finish()
        tabs = self._bridge.state.tabs
        if number < len(tabs):
            self.turn_to(tabs[number])
