"""Silent watch: any chat, read as it goes on, without a trace for the customer or the agent."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from agent_tui.desk.doings import OlderRequested, PeekLeft, PeekRequested
from agent_tui.desk.model import Chat
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.transcript import Transcript
from agent_tui.screens import standing
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.lead.page import LeadDesk, LeadPage
from agent_tui.screens.panes import show_card
from agent_tui.widgets.card import CustomerCard
from agent_tui.widgets.holders import Across
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.log_view import LogView
from agent_tui.wording import say
from api_client.models.identity import ConversationId


class WatchPage(LeadPage):
    """Nothing is marked as seen, nobody is shown as typing, no tab opens."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  Textual reads it so
    DEFAULT_CSS = """
    WatchPage #watch { height: 1fr; }
    WatchPage MessageLog { width: 1fr; }
    WatchPage #watch-line { height: 1; }
    WatchPage #watch-card { width: 32; }
    WatchPage.-narrow #watch-card { display: none; }
    WatchPage.-wide #watch-line { display: none; }
    """

    def __init__(self, desk: LeadDesk, conversation: ConversationId) -> None:
        super().__init__(desk)
        self._conversation = conversation
        self._line = CustomerCard(self.palette, id="watch-line")
        self._card = CustomerCard(self.palette, id="watch-card")
        self._log = MessageLog(self.palette, end_key=standing.key_of(desk.keys, "log.end"))
        self._view = LogView()

    def body(self) -> Iterable[Widget]:
        """The customer, and what is said."""
        return (self._line, Across(self._log, self._card, id="watch"))

    def actions(self) -> Actions:
        """What the keys do."""
        act = self.acting
        return {
            "board.whisper": act.with_chat(self.chat, act.whisper),
            "board.take": act.with_chat(self.chat, act.take_over),
            "board.give": act.with_chat(self.chat, act.give),
            "board.back": self.app.pop_screen,
            **self.common_actions(),
        }

    def on_mount(self) -> None:
        """Begin to read."""
        self.desk.lookout.bridge.dispatch(PeekRequested(self._conversation))

    def on_unmount(self) -> None:
        """Read no more."""
        self.desk.lookout.bridge.dispatch(PeekLeft())

    def chat(self) -> Chat | None:
        """The chat that is watched."""
        return self.desk.lookout.state.chats.get(self._conversation)

    def hindrance(self, action: str) -> Displayable:
        """What stands in the way with this chat."""
        return self.acting.why_not(action, self.chat())

    def place(self) -> Displayable:
        """Whose chat it is."""
        chat = self.chat()
        if chat is None:
            return NOTHING
        if chat.assignee is None:
            return say("You watch {customer}, who waits for anybody", customer=chat.card.name)
        return say("You watch {customer} with {agent}", customer=chat.card.name, agent=chat.assignee.name)

    def look(self) -> None:
        """Nothing is worked out: what is said comes by itself."""

    def paint(self) -> None:
        """The customer and the log."""
        state, lookout, chat = self.desk.lookout.state, self.desk.lookout, self.chat()
        for card in (self._line, self._card):
            show_card(card, state, chat, lookout.now)
        if chat is None:
            self._log.show(Transcript(), self._view, hint=say("Looking …"))
        else:
            typing = standing.typing(chat, lookout.bridge.now())
            self._log.show(chat.transcript, self._view, typing=typing)

    def typed(self, key: str, character: str | None) -> bool:  # noqa: ARG002  a log takes no letters
        """Read up and down."""
        moves = {
            "up": self._log.line_up,
            "down": self._log.line_down,
            "pageup": self._log.page_up,
            "pagedown": self._log.page_down,
            "home": self._log.to_start,
            "end": self._log.to_end,
        }
        if key in moves:
            moves[key]()
        return key in moves

    def on_message_log_older_wanted(self) -> None:
        """The reader is at the first line known."""
        self.desk.lookout.bridge.dispatch(OlderRequested(self._conversation))
