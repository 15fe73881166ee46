"""The conversations side by side: what each pane shows, and which one the agent has in hand."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.bridge import Bridge
from agent_tui.desk.doings import HistoryLetGo
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.promises import open_promise
from agent_tui.desk.selectors import shown_chat
from agent_tui.desk.talking import LINES_KEPT
from agent_tui.desk.text import NOTHING
from agent_tui.desk.transcript import Transcript
from agent_tui.desk.waiting import promise_for, promise_of
from agent_tui.keys_in_force import Keymap
from agent_tui.screens import standing
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.handed import show_handed
from agent_tui.screens.places import Places
from agent_tui.screens.reading import beside_words, peek_words
from agent_tui.screens.side_by_side import MOST_PANES, beside, room_for, window, with_guest
from agent_tui.screens.typed_ahead import TypedAhead
from agent_tui.theming import Palette
from agent_tui.widgets.card import CustomerCard
from agent_tui.widgets.composer import Composer
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.file_words import all_words
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.log_view import LogView
from agent_tui.widgets.pane import ConversationPane
from agent_tui.widgets.writing_row import WritingRow
from agent_tui.wording import say
from api_client.models.identity import ConversationId


class Panes:
    """``most``: the greatest number of conversations side by side.

    What the agent has in hand is always the conversation that the desk calls active, or the one that is
    only read; the panes follow. ``composer`` and ``log`` are those of the pane in hand.
    """

    def __init__(self, palette: Palette, keys: Keymap, *, most: int, ahead: TypedAhead) -> None:
        self._keys = keys
        self._most = most
        self.places = Places()
        """What is kept for each open conversation."""
        self._nobody = (Transcript(), LogView())
        self.all = [ConversationPane(palette, _log(palette, keys), at + 1) for at in range(MOST_PANES)]
        self.writing = WritingRow(self.all)
        self._in_hand = self.all[0]
        self._window: tuple[ConversationId, ...] = ()
        self._shown: tuple[ConversationId | None, ...] = ()
        self._writes_to: ConversationId | None = None
        self.ahead = ahead
        """What is typed while nobody's text is open."""

    @property
    def composer(self) -> Composer:
        """Where the agent writes."""
        return self._in_hand.composer

    @property
    def log(self) -> MessageLog:
        """What the agent reads."""
        return self._in_hand.log_lines

    @property
    def count(self) -> int:
        """How many conversations stand side by side."""
        return len(self._shown)

    def follow(self, state: DeskState) -> bool:
        """Whether the agent writes to whom the desk calls active."""
        return self._writes_to == state.active

    def beside(self, state: DeskState) -> ConversationId | None:
        """The conversation on the right of the one in hand, around the end."""
        return beside(self._shown, state.active if state.peeked is None else state.peeked)

    def actions(self) -> Actions:
        """What its actions do."""
        return {
            "note": self._switch_note,
            "log.up": self._read(MessageLog.page_up),
            "log.down": self._read(MessageLog.page_down),
            "log.start": self._read(MessageLog.to_start),
            "log.end": self._read(MessageLog.to_end),
        }

    def _read(self, move: Callable[[MessageLog], None]) -> Callable[[], None]:
        return lambda: move(self.log)

    def _switch_note(self) -> None:
        buffer = self.composer.buffer
        if buffer is not None:
            self.composer.set_note(note=not buffer.note)

    def type_ahead(self, key: str, character: str | None) -> bool:
        """Keep what a key writes while no text is open. Whether it meant anything."""
        return self.composer.buffer is None and self.ahead.take_key(key, character)

    def paste_ahead(self, text: str) -> bool:
        """Keep a text while none is open. Whether it was kept."""
        return self.composer.buffer is None and self.ahead.paste(text)

    def append(self, chat: Chat, text: str) -> Buffer:
        """Put ``text`` behind what is written to a customer; the text as it is then. The cursor stays."""
        buffer = self.places.buffer(chat)
        shown = next((pane.composer for pane in self.all if pane.composer.buffer is buffer), None)
        if shown is None:
            buffer.append(text)
        else:
            shown.change(lambda one: one.append(text))
        return buffer

    # --- showing -------------------------------------------------------------------------------------

    def show(self, state: DeskState, columns: int, now: float, server: float) -> bool:
        """Show the desk on a terminal so wide. Whether the agent writes to somebody else from now on."""
        chat = shown_chat(state)
        self.places.forget_all_but({*state.tabs, state.peeked, state.beside})
        shown = self._choose(state, room_for(columns))
        in_hand = self.all[0 if chat is None else shown.index(chat.id)]
        if shown != self._shown or in_hand is not self._in_hand:
            self.composer.settle()
            self._set_out(shown, in_hand)
        for pane, conversation in zip(self.all, shown, strict=False):
            one = None if conversation is None else state.chats[conversation]
            self._show_one(pane, state, one, now, server)
        if self.ahead.text and (to := self.composer.conversation) is not None:
            self.composer.insert(self.ahead.hand_over(to))
        before, self._writes_to = self._writes_to, state.active
        return before != self._writes_to

    def let_go(self, bridge: Bridge) -> None:
        """Long conversations that are not on the screen, and in which nobody has gone further up, shrink."""
        hidden = [bridge.state.chats[one] for one in bridge.state.tabs if one not in self._shown]
        for chat in hidden:
            if len(chat.transcript.lines) > 2 * LINES_KEPT and self.places.view(chat).following:
                bridge.dispatch(HistoryLetGo(chat.id))

    def _choose(self, state: DeskState, room: int) -> tuple[ConversationId | None, ...]:
        room = min(room, self._most)
        home = state.active if state.peeked is None else state.peeked_from
        self._window = window(state.tabs, home, room, self._window)
        if state.peeked is not None:
            return with_guest(self._window, state.peeked, home, room)
        if state.beside is not None and state.beside_of == home and room > 1:
            return with_guest(self._window, state.beside, home, room)
        return (None,) if state.active is None else self._window

    def _set_out(self, shown: tuple[ConversationId | None, ...], in_hand: ConversationPane) -> None:
        self._shown, self._in_hand = shown, in_hand
        for number, pane in enumerate(self.all):
            pane.set_out(shown=number < len(shown), in_hand=pane is in_hand, alone=len(shown) == 1)
        self.writing.take_in_hand(in_hand.composer)
        self.writing.fit()

    def _show_one(
        self, pane: ConversationPane, state: DeskState, chat: Chat | None, now: float, server: float
    ) -> None:
        pane.conversation = None if chat is None else chat.id
        no_chat = standing.no_chat_open(state, self._keys)
        show_card(pane.line, state, chat, server)
        show_handed(pane.handed, state, chat)
        if chat is None:
            pane.log_lines.show(*self._nobody, hint=no_chat)
            pane.composer.rest(self.ahead.words if self.ahead.text else no_chat)
            return
        hint, who = say("No messages yet."), standing.typing(chat, now)
        pane.log_lines.show(chat.transcript, self.places.view(chat), typing=who, hint=hint)
        if chat.id == state.peeked:
            pane.composer.rest(self.ahead.words if self.ahead.text else peek_words(chat, self._keys))
        elif chat.id == state.beside:
            pane.composer.rest(beside_words(self._keys))
        else:
            pane.composer.write_in(self.places.buffer(chat), standing.addressee(state, chat, self._keys))
            pane.composer.show_files(all_words(chat.draft.files))


def _log(palette: Palette, keys: Keymap) -> MessageLog:
    names = ("retry", "log.end", "reveal", "mark.up")
    retry, newest, reveal, mark = (standing.key_of(keys, action) for action in names)
    return MessageLog(palette, retry_key=retry, end_key=newest, reveal_key=reveal, mark_key=mark)


def show_card(card: CustomerCard, state: DeskState, chat: Chat | None, server: float) -> None:
    """The customer of a conversation, with what the desk knows of its queue."""
    queue = None if chat is None else state.queues.get(chat.queue)
    inbox = None if chat is None else state.queues.get(chat.inbox)
    card.show(
        chat,
        queue=standing.name_of(queue),
        channel=standing.name_of(inbox) if inbox is not queue else NOTHING,
        promise=promise_for("") if chat is None else promise_of(state, chat),
        server_now=server,
        promised=None if chat is None else open_promise(state, chat),
    )
