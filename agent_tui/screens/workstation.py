"""The workstation: hands every widget its slice of the desk, and tells the desk what the agent does."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from agent_tui import notices
from agent_tui.bindings import KeyTable, tab_of
from agent_tui.bridge import Bridge
from agent_tui.desk import doings, selectors
from agent_tui.desk.effects import Notify, ScreenEffect
from agent_tui.desk.model import Chat, Fate, QueueInfo, Transcript
from agent_tui.desk.standing import served_queues
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.waiting import promise_for
from agent_tui.keymap import Keymap, footer, spelled
from agent_tui.notices import Told, Weight
from agent_tui.screens.help import HelpScreen
from agent_tui.screens.places import Places
from agent_tui.screens.popups import CANNED, TAGS, Popups
from agent_tui.theming import Palette
from agent_tui.widgets.banner import Banner
from agent_tui.widgets.card import CustomerCard
from agent_tui.widgets.composer import Composer
from agent_tui.widgets.footer import Footer
from agent_tui.widgets.keys import Hint
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.log_view import LogView
from agent_tui.widgets.painting import LineWidget
from agent_tui.widgets.picker import Picker
from agent_tui.widgets.queue import QueueList, WaitingList
from agent_tui.widgets.status import Status, StatusLine
from agent_tui.widgets.tabs import TabBar
from agent_tui.wording import count, say
from api_client.models.identity import ConversationId, EchoId
from api_client.models.people import Availability
from canned.render import gaps

_ROWS_OF_WAITING: Final = 200
"""Waiting customers listed; further ones are counted."""
_SECOND_THOUGHT: Final = 6.0
"""Seconds in which pressing again confirms leaving."""


class WorkstationScreen(Screen[None]):
    """One screen for the whole job."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  Textual reads it so
    AUTO_FOCUS = "#composer"

    def __init__(self, bridge: Bridge, keys: Keymap, palette: Palette) -> None:
        super().__init__()
        self._bridge = bridge
        self._keys = keys
        self._table = KeyTable(keys)
        self._places = Places()
        self._nobody = (Transcript(), LogView())
        self._shown: tuple[ConversationId, Displayable] | None = None
        self._picking_tab = False
        self._leaving_until = 0.0
        self._make_widgets(palette)
        self._popups = Popups(bridge, self._picker, self._composer, keys, self.run)
        self._actions = self._all_actions()

    def _make_widgets(self, palette: Palette) -> None:
        retry, newest = self._spelled("retry"), self._spelled("log.end")
        self._palette = palette
        self._tabs = TabBar(palette, id="tabs")
        self._queues = QueueList(palette, id="queues")
        self._waiting = WaitingList(palette, id="waiting")
        self._banner = Banner(palette, id="banner")
        self._line = CustomerCard(palette, id="line")
        self._log = MessageLog(palette, retry_key=retry, end_key=newest, id="log")
        self._card = CustomerCard(palette, id="card")
        self._picker = Picker(palette, id="picker")
        self._composer = Composer(palette, id="composer")
        self._status = StatusLine(palette, id="status")
        self._footer = Footer(palette, id="hints")

    def compose(self) -> ComposeResult:
        """Tabs; queues, log and customer side by side; the text; how things stand; the keys."""
        yield self._tabs
        yield self._banner
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield self._queues
                yield self._waiting
            with Vertical(id="talk"):
                yield self._line
                yield self._log
            yield self._card
        yield self._picker
        yield self._composer
        yield self._status
        yield self._footer

    def on_mount(self) -> None:
        """Show what is known already."""
        self.show()

    # --- showing -------------------------------------------------------------------------------------

    def show(self) -> None:
        """Hand every widget its slice. Each paints what differs."""
        state, now = self._bridge.state, time.monotonic()
        server = selectors.server_now(state, now) or 0.0
        chat = selectors.active_chat(state)
        self._places.forget_all_but(state.tabs)
        self.set_class(not state.tabs, "-idle")
        self._tabs.show(selectors.tab_rows(state), server, self._no_tabs())
        self._queues.show(selectors.queue_rows(state), server)
        self._waiting.show(selectors.waiting_rows(state, _ROWS_OF_WAITING), server, self._nobody_waits())
        self._banner.show(notices.connection_words(state.connection, now))
        self._show_chat(chat, now)
        self._show_card(chat, server)
        self._status.show(self._standing(now, server))
        self._footer.refresh_hints(self._hints(chat), now)
        self._popups.show_links()

    def _show_chat(self, chat: Chat | None, now: float) -> None:
        if chat is None:
            transcript, view = self._nobody
            self._log.show(transcript, view, hint=self._no_tabs())
        else:
            hint = say("No messages yet.")
            self._log.show(chat.transcript, self._places.view(chat), typing=_typing(chat, now), hint=hint)
        shown = None if chat is None else (chat.id, chat.card.name)
        if shown == self._shown and (chat is None or self._composer.buffer is self._places.buffer(chat)):
            return
        self._shown = shown
        self._popups.close()
        if chat is None:
            self._composer.rest(self._no_tabs())
        else:
            self._composer.edit_buffer(self._places.buffer(chat), chat.card.name)

    def _show_card(self, chat: Chat | None, server: float) -> None:
        queue = None if chat is None else self._bridge.state.queues.get(chat.queue)
        inbox = None if chat is None else self._bridge.state.queues.get(chat.inbox)
        for card in (self._line, self._card):
            card.show(
                chat,
                queue=_name(queue),
                channel=_name(inbox) if inbox is not queue else NOTHING,
                promise=promise_for("" if chat is None else chat.channel),
                server_now=server,
            )

    def _standing(self, now: float, server: float) -> Status:
        state = self._bridge.state
        first = next(iter(selectors.waiting_rows(state, 1)), None)
        return Status(
            link=state.connection.link,
            heard_ago=max(0.0, now - state.connection.heard_at_local),
            agent=NOTHING if state.me is None else state.me.name,
            availability=state.availability,
            handled=state.handled,
            waiting=selectors.waiting_count(state),
            longest_since=None if first is None else first.since,
            promise=promise_for("") if first is None else first.promise,
            server_now=server,
        )

    def _hints(self, chat: Chat | None) -> list[Hint]:
        if self._picking_tab:
            return [Hint(Displayable("1-9"), say("go to that tab"))]
        asks_chat = {"canned", "link", "tags", "resolve", "note"}
        return [
            Hint(self._spelled(action.id), say(action.label), chat is not None or action.id not in asks_chat)
            for action in footer()
            if self._keys.key(action.id)
        ]

    def _no_tabs(self) -> Displayable:
        return say(
            "No chat is open. {key} takes the customer who has waited longest.", key=self._spelled("take")
        )

    def _nobody_waits(self) -> Displayable:
        if self._bridge.state.queues and not served_queues(self._bridge.state):
            return say("You serve no queue. {key} twice, then Space.", key=self._spelled("queues"))
        return say("Nobody is waiting.")

    def _spelled(self, action: str) -> Displayable:
        return Displayable(spelled(self._keys.key(action)))

    # --- telling -------------------------------------------------------------------------------------

    def perform(self, effect: ScreenEffect) -> None:
        """Tell or ring."""
        if isinstance(effect, Notify):
            self.tell(notices.told(effect.notice, self._keys))
        else:
            self.app.bell()

    def tell(self, told: Told) -> None:
        """Put words where the key hints are, for a while."""
        self._footer.tell(told, time.monotonic())

    def use_palette(self, palette: Palette) -> None:
        """Paint everything with another theme."""
        self._palette = palette
        for widget in self.walk_children():
            if isinstance(widget, LineWidget):
                widget.use_palette(palette)

    # --- keys ----------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """What no widget wanted: an action of the key table, a tab's number, or Escape."""
        picking, self._picking_tab = self._picking_tab, False
        tab = tab_of(event.key, picking=picking)
        action = self._table.action(event.key)
        if tab is not None:
            self._go_to_tab(tab)
        elif action is not None:
            self.run(action)
        elif event.key == "escape":
            self._composer.focus()
        else:
            return
        event.stop()
        event.prevent_default()
        if picking:
            self.show()

    def run(self, action: str) -> None:
        """Do what an action of the key table means."""
        if self._popups.kind == TAGS:
            self._popups.save_tags()
        elif self._popups.kind is not None and action != "palette":
            self._popups.close()
        if action not in {"queues", "link", "tags", "palette"}:
            self._composer.focus()
        self._actions[action]()

    def _all_actions(self) -> dict[str, Callable[[], object]]:
        dispatch = self._bridge.dispatch
        return {
            "help": lambda: self.app.push_screen(HelpScreen(self._palette, self._keys)),
            "queues": self._go_to_queues,
            "take": lambda: dispatch(doings.LongestWaitingRequested()),
            "urgent": lambda: dispatch(doings.MostUrgentRequested()),
            "canned": self._ask_for_canned,
            "link": self._popups.open_links,
            "tags": self._popups.open_tags,
            "resolve": lambda: self._with_chat(lambda chat: dispatch(doings.ResolveRequested(chat.id))),
            "note": self._switch_note,
            "palette": self._popups.open_commands,
            "tab.previous": lambda: dispatch(doings.TabStepped(-1)),
            "tab.next": lambda: dispatch(doings.TabStepped(1)),
            "tab.pick": self._pick_tab,
            "tab.close": lambda: self._with_chat(lambda chat: dispatch(doings.TabClosed(chat.id))),
            "retry": lambda: self._with_chat(self._retry),
            "log.up": self._log.page_up,
            "log.down": self._log.page_down,
            "log.start": self._log.to_start,
            "log.end": self._log.to_end,
            "availability": self._switch_availability,
            "card": lambda: self.toggle_class("-card-asked"),
            "theme": self.app_next_theme,
            "leave": self._leave,
        }

    def app_next_theme(self) -> None:
        """The application knows the themes."""
        self.app.call_later(self.app.run_action, "next_theme")

    def _with_chat(self, do: Callable[[Chat], object]) -> None:
        chat = selectors.active_chat(self._bridge.state)
        if chat is not None:
            do(chat)

    def _go_to_queues(self) -> None:
        """The waiting customers, then the queues, then back to the text."""
        if self._waiting.has_focus:
            self._queues.focus()
        elif self._queues.has_focus:
            self._composer.focus()
        else:
            self._waiting.focus()

    def _go_to_tab(self, number: int) -> None:
        tabs = self._bridge.state.tabs
        if number < len(tabs):
            self._bridge.dispatch(doings.TabSelected(tabs[number]))

    def _pick_tab(self) -> None:
        self._picking_tab = True
        self.show()

    def _ask_for_canned(self) -> None:
        """As if a slash had been typed; after a letter, with a blank before it."""
        buffer = self._composer.buffer
        if buffer is not None:
            before = buffer.text[buffer.cursor - 1 : buffer.cursor]
            self._composer.insert("/" if not before.strip() else " /")

    def _switch_note(self) -> None:
        buffer = self._composer.buffer
        if buffer is not None:
            self._composer.set_note(note=not buffer.note)

    def _switch_availability(self) -> None:
        on_pause = self._bridge.state.availability is not Availability.ONLINE
        chosen = Availability.ONLINE if on_pause else Availability.BUSY
        self._bridge.dispatch(doings.AvailabilityChosen(chosen))

    def _retry(self, chat: Chat) -> None:
        failed = next((line for line in chat.transcript.lines if line.fate is Fate.FAILED), None)
        if failed is not None and failed.echo is not None:
            self._bridge.dispatch(doings.RetryRequested(chat.id, failed.echo))

    def _leave(self) -> None:
        """At once when nothing is on its way; else after a second thought."""
        now = time.monotonic()
        chats = self._bridge.state.chats.values()
        unsent = sum(chat.transcript.sending + chat.transcript.undelivered for chat in chats)
        if not unsent or now < self._leaving_until:
            self.app.exit()
            return
        self._leaving_until = now + _SECOND_THOUGHT
        key = self._spelled("leave")
        one = "{n} text has not left yet. {key} again leaves without it."
        many = "{n} texts have not left yet. {key} again leaves without them."
        self.tell(Told(count(one, many, unsent, key=key), Weight.WARNING))

    # --- what widgets post ---------------------------------------------------------------------------

    def on_composer_changed(self, message: Composer.Changed) -> None:
        """The desk keeps the draft."""
        self._bridge.dispatch(doings.DraftChanged(message.conversation, message.text, message.note))

    def on_composer_submitted(self, message: Composer.Submitted) -> None:
        """Send it to the customer whose text it is."""
        echo = EchoId(secrets.token_hex(8))
        event = doings.ReplySubmitted(message.conversation, message.text, message.note, echo)
        self._bridge.dispatch(event)

    def may_send(self, text: str) -> bool:
        """Whether a text may leave; one with gaps may not, and the agent is told."""
        open_gaps = gaps(text)
        if open_gaps:
            words = say("Fill in “{gap}” first; your text is still here.", gap=Displayable(open_gaps[0]))
            self.tell(Told(words, Weight.WARNING))
        return not open_gaps

    def on_composer_trigger_typed(self, message: Composer.TriggerTyped) -> None:
        """A slash began a word."""
        if message.conversation == self._composer.conversation:
            self._popups.open_canned("")

    def on_composer_completion_changed(self, message: Composer.CompletionChanged) -> None:
        """The word after the slash grows, or the cursor left it."""
        if message.conversation == self._composer.conversation:
            self._popups.prefix_changed(message.prefix)

    def on_picker_filter_changed(self, message: Picker.FilterChanged) -> None:
        """The list wants other rows."""
        self._popups.filter_changed(message.kind, message.text)

    def on_picker_chosen(self, message: Picker.Chosen) -> None:
        """Something was picked."""
        self._composer.focus()
        if words := self._popups.chosen(message.kind, message.ids):
            self.tell(Told(words, Weight.WARNING))

    def on_picker_dismissed(self, message: Picker.Dismissed) -> None:
        """Back to the text."""
        self._popups.close()
        if message.kind != CANNED:
            self._composer.focus()

    def on_tab_bar_chosen(self, message: TabBar.Chosen) -> None:
        """A tab was clicked."""
        self._bridge.dispatch(doings.TabSelected(message.conversation))

    def on_waiting_list_picked(self, message: WaitingList.Picked) -> None:
        """This customer is wanted."""
        self._composer.focus()
        self._bridge.dispatch(doings.ConversationPicked(message.conversation))

    def on_queue_list_toggled(self, message: QueueList.Toggled) -> None:
        """Serve one queue more, or one less."""
        served = set(served_queues(self._bridge.state))
        served ^= {message.queue}
        self._bridge.dispatch(doings.ServedQueuesChosen(frozenset(served)))

    def on_message_log_older_wanted(self) -> None:
        """The reader is at the first line known."""
        self._with_chat(lambda chat: self._bridge.dispatch(doings.OlderRequested(chat.id)))


def _typing(chat: Chat, now: float) -> Displayable:
    if now < chat.colleague_typing_until:
        return say("{who}, a colleague, is writing …", who=chat.colleague_typing)
    if now < chat.customer_typing_until:
        return say("{who} is writing …", who=chat.card.name)
    return NOTHING


def _name(queue: QueueInfo | None) -> Displayable:
    return NOTHING if queue is None else queue.name
