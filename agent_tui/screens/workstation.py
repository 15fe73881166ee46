"""The workstation: hands every widget its slice of the desk, and tells the desk what the agent does."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final, assert_never

from textual import events
from textual.app import ComposeResult

from agent_tui import notices
from agent_tui.bindings import KeyTable
from agent_tui.bridge import Bridge
from agent_tui.desk import doings, selectors
from agent_tui.desk.effects import AskForTags, Notify, PutBack, PutIn
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.standing import served_queues
from agent_tui.desk.text import Displayable
from agent_tui.keys_in_force import Keymap
from agent_tui.looks import Looks
from agent_tui.notices import Told
from agent_tui.profiles import Whereabouts
from agent_tui.screens import key_hints, standing
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.health import HealthView
from agent_tui.screens.help import HelpScreen
from agent_tui.screens.key_hints import KeysFor
from agent_tui.screens.panes import Panes, show_card
from agent_tui.screens.presenting import Presenting
from agent_tui.screens.raw_view import RawScreen
from agent_tui.screens.receiving import PictureScreen
from agent_tui.screens.shield import Shield
from agent_tui.screens.shifting import ShiftMeans
from agent_tui.screens.subjects import Subjects, Ways
from agent_tui.screens.switching import desk_name
from agent_tui.screens.taking_back import put_back, undo_words
from agent_tui.screens.typed_ahead import TypedAhead
from agent_tui.theming import Palette
from agent_tui.widgets.banner import Banner
from agent_tui.widgets.card import CustomerCard
from agent_tui.widgets.composer import Composer
from agent_tui.widgets.footer import Footer
from agent_tui.widgets.health_strip import HealthStrip
from agent_tui.widgets.holders import Across, Down
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.pacing import PacedScreen
from agent_tui.widgets.painting import LineWidget
from agent_tui.widgets.pane import ConversationPane
from agent_tui.widgets.picker import Picker
from agent_tui.widgets.queue import QueueList, WaitingList
from agent_tui.widgets.row_list import RowList
from agent_tui.widgets.status import StatusLine
from agent_tui.widgets.tabs import TabBar
from api_client.models.identity import EchoId
from themes.contract import Theme

_ROWS_OF_WAITING: Final = 200
"""Waiting customers listed; further ones are counted."""
_WIDE: Final = 120
"""Columns from which the customer's card has a place of its own."""


class WorkstationScreen(PacedScreen[None]):
    """One screen for the whole job.

    Every key comes through :meth:`_take_key`, one after another: what a key changes is done before the
    next key is looked at, so that text typed ahead never reaches another customer.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012  Textual reads it so
    AUTO_FOCUS = "#writing"

    def __init__(
        self,
        bridge: Bridge,
        keys: Keymap,
        looks: Looks,
        whereabouts: Whereabouts,
        *,
        wear: Callable[[Theme], None],
        lend: Callable[[tuple[str, ...]], int],
        open_board: Callable[[], object],
        shift: ShiftMeans,
    ) -> None:
        super().__init__(classes="-idle")
        self._open_board = open_board
        self._bridge = bridge
        self._keys = keys
        self._table = KeyTable(keys)
        self._shield = Shield()
        self._inside: RowList | None = None
        """The list of the left side that the keys are for."""
        self._make_widgets(looks, desk_name(whereabouts))
        self._presenting = Presenting(self._palette, practice=whereabouts.practice) if looks.present else None
        self._space_out(looks.airy)
        ways = Ways(
            dispatch=self._dispatch,
            run=self.run,
            tell=self.tell,
            show=self.show,
            go_inside=self._go_inside,
            go_to=self._go_to,
            leave=self._exit,
            wear=wear,
            lend=lend,
            space_out=self._space_out,
            look=lambda picture, then: self.app.push_screen(PictureScreen(self._palette, picture, then)),
            read_raw=lambda line: self.app.push_screen(RawScreen(self._palette, line, self._keys)),
            put_over=lambda made, then: self.app.push_screen(made(self._palette), then),
            toggle_card=lambda: self.toggle_class("-card-asked"),
        )
        self._subjects = Subjects(
            bridge,
            keys,
            ways,
            looks=looks,
            whereabouts=whereabouts,
            panes=self._panes,
            picker=self._picker,
            card=self._card,
            waiting=self._waiting,
            shift=shift,
            health=HealthView(bridge, self._health, self.gauge, dispatch=self._dispatch),
        )
        self._hook_composers()
        self._actions = self._all_actions(AtHand(bridge))

    def _hook_composers(self) -> None:
        for pane in self._panes.all:
            pane.composer.key_taker = self._take_key
            pane.composer.paste_taker = self._picker.take_paste
            pane.composer.completing = self._subjects.texting.complete
            pane.composer.mentioning = self._subjects.popups.mention
            pane.composer.naming = self._subjects.emoji.complete
            pane.composer.may_send = self._subjects.dispatching.may_send

    @property
    def _composer(self) -> Composer:
        """Where the agent writes."""
        return self._panes.composer

    @property
    def _log(self) -> MessageLog:
        """What the agent reads."""
        return self._panes.log

    def _make_widgets(self, looks: Looks, desk: Displayable) -> None:
        self._palette = palette = Palette(looks.theme, simple_emoji=looks.simple_emoji)
        self._tabs = TabBar(palette, id="tabs")
        self._queues = QueueList(palette, id="queues")
        self._waiting = WaitingList(palette, id="waiting")
        self._banner = Banner(palette, id="banner")
        self._card = CustomerCard(palette, id="card")
        self._panes = Panes(palette, self._keys, most=looks.panes, ahead=TypedAhead(self._bridge.state))
        self._picker = Picker(palette, id="picker")
        self._status = StatusLine(palette, desk=desk, id="status")
        self._health = HealthStrip(palette, id="health")
        self._footer = Footer(palette, id="hints")

    def compose(self) -> ComposeResult:
        """Tabs; queues, log and customer side by side; the text; how things stand; the keys."""
        if self._presenting is not None:
            yield self._presenting.bar
        yield self._tabs
        yield self._banner
        with Across(id="middle"):
            with Down(id="left"):
                yield self._queues
                yield self._waiting
            yield from self._panes.all
            yield self._card
        yield self._picker
        yield self._panes.writing
        yield self._health
        yield self._status
        yield self._footer

    def fit(self, columns: int) -> None:
        """Be of a terminal so wide from the first frame on: to find out later costs a second one."""
        self.add_class("-wide" if columns >= _WIDE else "-narrow", update=False)

    def on_mount(self) -> None:
        """Show what is known already."""
        self.show()

    def on_resize(self) -> None:
        """There may be room for more chats side by side, or for fewer."""
        self.show()

    def second_passed(self) -> None:
        """What has grown long behind the screen is let go of."""
        self._panes.let_go(self._bridge)

    # --- showing -------------------------------------------------------------------------------------

    def show(self) -> None:
        """Hand every widget its slice. Each paints what differs."""
        state, now = self._bridge.state, self._bridge.now()
        if self._presenting is not None and self._presenting.new_people(state):
            self.use_palette(self._palette)
        server = selectors.server_now(state, now) or 0.0
        chat = selectors.shown_chat(state)
        no_chat = standing.no_chat_open(state, self._keys)
        self._tabs.show(selectors.tab_rows(state), server, no_chat)
        self._queues.show(selectors.queues_at_hand(state), server, known=state.listed)
        waiting = selectors.waiting_rows(state, _ROWS_OF_WAITING)
        self._waiting.show(waiting, server, standing.nobody_waits(state, self._keys))
        if self._panes.show(state, self.app.size.width, now, server):
            self._subjects.popups.close()
        idle = not state.tabs and chat is None
        self.update_classes({"-idle": idle, "-side-by-side": self._panes.count > 1})
        self._banner.show(*self._subjects.reading.banner(chat, now))
        show_card(self._card, state, chat, server)
        self._status.show(standing.status(state, self._keys, now, server))
        hints = key_hints.hints(state, self._keys, self._keys_are_for())
        self._shield.look_again(now)
        self._footer.refresh_hints(hints, now, undo_words(state, self._keys, now))
        self._subjects.health.show_figures(now)
        self._subjects.links.show_answers()
        self._subjects.texting.show_texts()
        self._subjects.tagging.show_answers()
        self._subjects.casework.show_answers()
        self._subjects.finding.show_answers()
        self._subjects.library.show_answers()
        self._subjects.attaching.show_answers()
        self._subjects.receiving.show_answers()
        self._subjects.shifting.show_answers()

    def _keys_are_for(self) -> KeysFor:
        if self._subjects.tabbing.picking:
            return KeysFor.TAB_NUMBER
        if self._subjects.marking.active:
            return KeysFor.MARKED
        lists = {self._waiting: KeysFor.WAITING, self._queues: KeysFor.QUEUES}
        return KeysFor.TEXT if self._inside is None else lists[self._inside]

    # --- telling -------------------------------------------------------------------------------------

    def perform(self, effect: Notify | PutBack | PutIn | AskForTags) -> None:
        """Tell, put a text back or in, or ask for tags."""
        match effect:
            case Notify(notice):
                self.tell(notices.told(notice, self._keys))
            case PutBack():
                self._subjects.carding.end_at(effect.conversation)
                self.show()
                put_back(self._bridge.state, self._composer, effect)
            case PutIn():
                self._subjects.carrying.put_in(effect)
            case AskForTags(conversation):
                self._subjects.tagging.ask(conversation)
            case _:
                assert_never(effect)

    def tell(self, told: Told) -> None:
        """Put words where the key hints are, for a while."""
        self._footer.tell(told, self._bridge.now())

    def use_palette(self, palette: Palette) -> None:
        """Paint everything with another theme."""
        self._palette = palette
        if self._presenting is not None:
            self._presenting.wear(palette)
        for widget in self.walk_children():
            if isinstance(widget, LineWidget):
                widget.use_palette(palette)

    def _space_out(self, airy: bool) -> None:  # noqa: FBT001  the one thing that is told
        self.set_class(airy, "-airy")
        for pane in self._panes.all:
            pane.log_lines.space_out(airy=airy)

    # --- keys ----------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A key that the focused widget did not want."""
        taken = self._take_key(event.key, event.character)
        if taken or self._typed_ahead(self._panes.type_ahead(event.key, event.character)):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """A paste for whom no text is open."""
        self._typed_ahead(self._panes.paste_ahead(event.text))

    def _typed_ahead(self, kept: bool) -> bool:  # noqa: FBT001  the one thing that is told
        if kept:
            self.show()
            self.paint_now()
        return kept

    def _take_key(self, key: str, character: str | None) -> bool:
        """Do what a key means at the desk; what it does not mean is for the text. Whether it was taken."""
        self.gauge.key_taken()
        if self._presenting is not None:
            self._presenting.bar.pressed(key, character)
        tab = self._subjects.tabbing.number(key)
        if self._picker.take_key(key, character):
            return True
        action = self._table.action(key)
        if tab is not None:
            self._subjects.tabbing.go_to(tab)
        elif self._inside is not None and (key == "escape" or self._inside.take_key(key)):
            if key == "escape":
                self._go_inside(None)
        elif self._subjects.take_key(key):
            pass
        elif action is not None:
            self.run(action)
        else:
            return self._inside is not None
        return True

    def run(self, action: str) -> None:
        """Do what an action of the key table means."""
        self._subjects.popups.finish()
        if action != "queues":
            self._go_inside(None)
        if standing.can(self._bridge.state, action):
            self._actions[action]()
        else:
            self.tell(notices.beyond_the_server(action))

    def _dispatch(self, event: DeskEvent) -> None:
        """Tell the desk what the agent did; the key after one that changes tabs is for the new chat."""
        self._bridge.dispatch(event)
        if not self._panes.follow(self._bridge.state):
            self.show()
            self.paint_now()

    def _all_actions(self, at_hand: AtHand) -> Actions:
        return {
            "help": lambda: self.app.push_screen(HelpScreen(self._palette, self._keys)),
            "queues": self._go_to_queues,
            "board": self._open_board,
            **self._panes.actions(),
            **self._subjects.actions(at_hand),
            "reveal": lambda: self._shield.reveal((self._panes.log, self._card), self._bridge.now()),
        }

    def _exit(self) -> None:
        self.app.exit()

    def _go_to(self, profile: str) -> None:
        self._bridge.dispatch(doings.LeavingRequested())
        self.app.call_later(self.app.run_action, f"go_to({profile!r})")

    def _go_to_queues(self) -> None:
        """The waiting customers, then the queues, then back to the text."""
        further: dict[RowList | None, RowList] = {None: self._waiting, self._waiting: self._queues}
        self._go_inside(further.get(self._inside))

    def _go_inside(self, rows: RowList | None) -> None:
        changed, self._inside = rows is not self._inside, rows
        self.set_focus(rows or self._panes.writing)
        if changed:
            self.show()

    # --- what widgets ask and post -------------------------------------------------------------------

    def on_composer_changed(self, message: Composer.Changed) -> None:
        """The desk keeps the draft."""
        self._dispatch(doings.DraftChanged(message.conversation, message.text, message.note, message.marks))

    def on_composer_submitted(self, message: Composer.Submitted) -> None:
        """Send it to the customer whose text it is."""
        to, text, note, marks = message.conversation, message.text, message.note, message.marks
        if self._subjects.carding.submitted(to, text):
            return
        self._dispatch(doings.ReplySubmitted(to, text, note, EchoId(secrets.token_hex(8)), marks))

    def on_tab_bar_chosen(self, message: TabBar.Chosen) -> None:
        """A tab was clicked."""
        self._dispatch(doings.TabSelected(message.conversation))

    def on_waiting_list_picked(self, message: WaitingList.Picked) -> None:
        """This customer is wanted."""
        self._go_inside(None)
        self._dispatch(doings.ConversationPicked(message.conversation))

    def on_waiting_list_peeked(self, message: WaitingList.Peeked) -> None:
        """This customer's words are to be read."""
        self._subjects.reading.begin(message.conversation)
        self.show()

    def on_queue_list_toggled(self, message: QueueList.Toggled) -> None:
        """Serve one queue more, or one less."""
        served = set(served_queues(self._bridge.state))
        served ^= {message.queue}
        self._dispatch(doings.ServedQueuesChosen(frozenset(served)))

    def on_conversation_pane_chosen(self, message: ConversationPane.Chosen) -> None:
        """A conversation beside was clicked."""
        self._subjects.tabbing.turn_to(message.conversation)

    def on_conversation_pane_older_wanted(self, message: ConversationPane.OlderWanted) -> None:
        """A reader is at the first line known."""
        self._dispatch(doings.OlderRequested(message.conversation))
