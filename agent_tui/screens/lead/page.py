"""What every page of the lead's board does alike: keys by the table, hints, the banner, names hidden."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from agent_tui import lead_words, notices
from agent_tui.bindings import KeyTable
from agent_tui.desk.alarms import Watch
from agent_tui.desk.help_calls import open_calls
from agent_tui.desk.lead_events import CallHeard
from agent_tui.desk.standing import name_of
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.keymap import ACTION_OF, Where
from agent_tui.keys_in_force import Keymap
from agent_tui.lookout import Lookout
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.help import HelpScreen
from agent_tui.screens.lead.acting import Acting
from agent_tui.screens.presenting import Presenting
from agent_tui.screens.standing import key_of
from agent_tui.theming import Palette
from agent_tui.widgets.banner import Banner
from agent_tui.widgets.call_lines import CallLines
from agent_tui.widgets.keys import Hint, KeyHints
from agent_tui.widgets.pacing import PacedScreen
from agent_tui.widgets.painting import LineWidget
from agent_tui.widgets.picker import Picker
from agent_tui.wording import say
from api_client.models.identity import ConversationId

_TOLD_FOR: Final = 8.0
"""Seconds that the lead is told what became of something."""


class LeadDesk(Struct, frozen=True):
    """What the pages of one board share."""

    lookout: Lookout
    keys: Keymap
    palette: Callable[[], Palette]
    """Makes one for a page: names are hidden for each page by itself."""
    present: bool
    """Names are hidden and the keys pressed are shown."""
    watch: Callable[[ConversationId], object]
    """Opens a conversation to be read."""
    leave: Callable[[], object]
    """Ends the board: the program, or back to the agent's desk."""
    alarms: Watch
    """What calls the lead."""
    over_desk: bool
    """The board lies over an agent's desk."""


class LeadPage(PacedScreen[None]):
    """A page: calls for help, a banner, its own widgets, a list to pick from, the keys.

    Every key comes here: for the list to pick from, for what is typed in, for the table, for the actions.
    """

    AUTO_FOCUS = ""

    def __init__(self, desk: LeadDesk) -> None:
        super().__init__()
        self.desk = desk
        self.palette = desk.palette()
        self._presenting = Presenting(self.palette, practice=False) if desk.present else None
        self._banner = Banner(self.palette)
        self._calls = CallLines(self.palette)
        self._picker = Picker(self.palette, id="picker")
        self._hints = KeyHints(self.palette, id="hints")
        self.acting = Acting(desk.lookout, self._picker)
        self._refused: tuple[Displayable, float] = (NOTHING, 0.0)
        """Why the last key did nothing, and since when that is said."""
        self._table = KeyTable(desk.keys, Where.BOARD)
        self._actions: Actions = {}

    @abstractmethod
    def body(self) -> Iterable[Widget]:
        """The widgets of the page, from the top."""

    @abstractmethod
    def actions(self) -> Actions:
        """What the page's keys do, in the order of its hints."""

    @abstractmethod
    def look(self) -> None:
        """Work out anew what is shown; a second has gone by."""

    @abstractmethod
    def paint(self) -> None:
        """Hand every widget its slice."""

    def typed(self, key: str, character: str | None) -> bool:  # noqa: ARG002  for pages with lines to type in
        """Give a key to a line that is being typed in, or to a list. Whether it meant anything."""
        return False

    # --- showing -------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The banner, the page, the keys."""
        if self._presenting is not None:
            yield self._presenting.bar
        yield self._calls
        yield self._banner
        yield from self.body()
        yield self._picker
        yield self._hints

    def on_mount(self) -> None:
        """Show what is known already."""
        self._actions = self.actions()
        self.tick()

    def on_screen_resume(self) -> None:
        """The page above it has been left."""
        if self._actions:
            self.tick()

    def on_resize(self) -> None:
        """Another width has room for other columns."""
        self.paint()

    def tick(self) -> None:
        """A second has gone by."""
        self.look()
        self.show()

    def show(self) -> None:
        """Paint what differs."""
        lookout = self.desk.lookout
        if self._presenting is not None and self._presenting.new_people(lookout.state):
            for widget in self.walk_children():
                if isinstance(widget, LineWidget):
                    widget.use_palette(self.palette)
        self._calls.show(self._calling())
        wrong = self._wrong()
        self._banner.show(wrong or self._answer() or self._news() or self.place(), bool(wrong))
        self._hints.show(self.hints())
        self.paint()

    def _wrong(self) -> Displayable:
        lookout = self.desk.lookout
        if lookout.problem is not None:
            why = notices.reason(lookout.problem)
            return say("The board could not sign in: {why}. Leave it and open it again.", why=why)
        return notices.connection_words(lookout.state.connection, lookout.bridge.now())

    def _news(self) -> Displayable:
        """What became of the lead's doings, for a while."""
        lookout = self.desk.lookout
        words, now = lead_words.told(lookout.state, over_desk=self.desk.over_desk), lookout.bridge.now()
        if words != lookout.said[0]:
            lookout.said = (words, now)
        shown = lookout.state.lead.under_way or now < lookout.said[1] + _TOLD_FOR
        return words if shown else NOTHING

    def _answer(self) -> Displayable:
        words, since = self._refused
        return words if self.desk.lookout.bridge.now() < since + _TOLD_FOR else NOTHING

    def _calling(self) -> list[Displayable]:
        state = self.desk.lookout.state
        return [lead_words.call_words(call, name_of(state, call.conversation)) for call in open_calls(state)]

    def place(self) -> Displayable:
        """Where the lead is on the board; nothing at the top."""
        return NOTHING

    def hints(self) -> list[Hint]:
        """The keys of this page."""
        return [
            Hint(key_of(self.desk.keys, action), say(ACTION_OF[action].label), not self.why_not(action))
            for action in self._actions
        ]

    def why_not(self, action: str) -> Displayable:
        """Why an action cannot be done now; nothing when it can."""
        if action in {"board.call", "board.heard"}:
            return NOTHING if open_calls(self.desk.lookout.state) else say("Nobody calls for help.")
        return self.hindrance(action)

    @abstractmethod
    def hindrance(self, action: str) -> Displayable:
        """What of this page stands in the way of an action; nothing when it can be done."""

    # --- keys ----------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """One door for all keys."""
        event.stop()
        event.prevent_default()
        if self._presenting is not None:
            self._presenting.bar.pressed(event.key, event.character)
        if not (self._picker.take_key(event.key, event.character) or self.typed(event.key, event.character)):
            self._run(event.key, event.character)
        if self.is_current:
            self.show()
            self.paint_now()

    def _run(self, key: str, character: str | None) -> None:
        action = self._table.action(key) or self._table.action(character or "")
        if key == self.desk.keys.key("help"):
            self.app.push_screen(HelpScreen(self.palette, self.desk.keys))
        elif key == self.desk.keys.key("leave"):
            self.desk.leave()
        elif action in self._actions:
            why_not = self.why_not(action)
            if why_not:
                self._refused = (why_not, self.desk.lookout.bridge.now())
            else:
                self._actions[action]()

    # --- calls for help, and what is done everywhere -------------------------------------------------

    def common_actions(self) -> Actions:
        """What every page can do."""
        return {
            "board.undo": self.acting.take_back,
            "board.call": self._to_call,
            "board.heard": self._hear_call,
            "board.leave": self.desk.leave,
        }

    def _to_call(self) -> None:
        calls = open_calls(self.desk.lookout.state)
        if calls:
            self.desk.watch(calls[0].conversation)

    def _hear_call(self) -> None:
        calls = open_calls(self.desk.lookout.state)
        if calls:
            self.desk.lookout.bridge.dispatch(CallHeard(calls[0].conversation))
