"""The desk by lines: keys edit the text or act, and what happens is said on lines of its own."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from typing import Final

from agent_tui import notices
from agent_tui.bridge import Bridge
from agent_tui.desk.doings import DraftChanged, ReplySubmitted
from agent_tui.desk.effects import AskForTags, EngineEffect, Notify, PutBack, PutIn, Ring, ScreenEffect
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.model import Chat, DeskState, Draft
from agent_tui.desk.passages import Field, Passage
from agent_tui.desk.problems import Problem
from agent_tui.desk.second_thoughts import SecondThoughts
from agent_tui.desk.selectors import active_chat
from agent_tui.desk.text import Displayable
from agent_tui.desk.undoing import put_before
from agent_tui.keymap import ACTIONS, Where
from agent_tui.keys_in_force import Keymap
from agent_tui.linear.choices import Choice
from agent_tui.linear.keys import PASTE, Key
from agent_tui.linear.line import InputLine
from agent_tui.linear.news import News
from agent_tui.linear.spoken import named, plain
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.editing_keys import edit
from agent_tui.wording import say
from api_client.models.identity import ConversationId, EchoId

HEARD_OUT: Final = 60.0
"""Seconds in which doing it again confirms: a sentence takes longer to hear than to read."""
NOWHERE: Final = ConversationId("")
"""What is typed while no chat is open: commands."""
_EDGES: Final = {"home": 0, "ctrl+a": 0, "end": None, "ctrl+e": None}


def no_chat_open() -> Displayable:
    """What to do without a chat."""
    return say("No chat is open. /take takes the next customer, /help tells every command.")


class Shell:
    """Owns the desk's state, as the workstation's screen does, and says what happens.

    Args:
        state: the desk.
        keys: the keys in force.
        perform: hands effects to the engine.
        write: writes to the terminal.
        columns: how wide the terminal is now.
        start_failed: the engine could not sign in.
        bell: ring for customers out of sight.
    """

    def __init__(
        self,
        state: DeskState,
        keys: Keymap,
        *,
        perform: Callable[[Sequence[EngineEffect]], None],
        write: Callable[[str], None],
        columns: Callable[[], int],
        start_failed: Callable[[Problem], None],
        bell: bool = True,
    ) -> None:
        self.bridge = Bridge(
            state,
            perform=perform,
            show=self._show,
            changed=self.refresh,
            start_failed=start_failed,
            witness=self._witness,
        )
        self.keys = keys
        self.choice: Choice | None = None
        """The list that is open."""
        self.asking: tuple[Displayable, Callable[[str], None]] | None = None
        """A question that the next line answers."""
        self.run: Callable[[str], object] = lambda _action: None
        """Does an action of the key table; whether there is one."""
        self.command: Callable[[str], None] = lambda _words: None
        """Does what a line that begins with a slash says."""
        self.answered: Callable[[], None] = lambda: None
        """Looks whether an answer has come that something waits for."""
        self.recorded: Callable[[DeskEvent], None] = lambda _event: None
        """Writes down what happened."""
        self._write = write
        self._line = InputLine(columns)
        self._news = News()
        self._thoughts = SecondThoughts(HEARD_OUT)
        self._bell = bell
        self._due: list[Displayable] = []
        self._buffers: dict[ConversationId, Buffer] = {}
        self._answer = Buffer(NOWHERE)
        self._on_key = {
            keys.key(one.id): one.id for one in ACTIONS if one.where is Where.DESK and keys.key(one.id)
        }

    @property
    def state(self) -> DeskState:
        """The desk."""
        return self.bridge.state

    @property
    def chat(self) -> Chat | None:
        """The open chat."""
        return active_chat(self.state)

    # --- saying --------------------------------------------------------------------------------------

    def tell(self, *sentences: Displayable) -> None:
        """Say something, each sentence on a line of its own, at the next refresh."""
        self._due += sentences

    def heard_who_waits(self) -> None:
        """What is being read out need not be said again."""
        self._news.gathered()

    def refresh(self) -> None:
        """Say what is due, above the line one types on, and show that line.

        Who began to wait is said when no text is begun: it would have to be heard again each time.
        """
        self.answered()
        if not self._buffer.text:
            self.tell(*self._news.gathered())
        if self._due:
            # A text half written stays where it was heard and comes again below.
            above = self._line.leave() if self._buffer.text else self._line.wipe()
            self._write(above + "".join(f"{sentence}\n" for sentence in self._due))
            self._due.clear()
        buffer = self._buffer
        self._write(self._line.draw(self._prompt(), buffer.text, buffer.cursor))

    def _prompt(self) -> Displayable:
        if self.asking is not None:
            return Displayable(f"{self.asking[0]} ")
        if self.choice is not None:
            return Displayable(f"{say('Number:')} ")
        chat = self.chat
        if chat is None:
            return Displayable(f"{say('Command:')} ")
        if self._buffer.note:
            return Displayable(f"{say('Note about {customer}:', customer=named(chat.card.name))} ")
        return Displayable(f"{say('To {customer}:', customer=named(chat.card.name))} ")

    def _witness(self, event: DeskEvent) -> None:
        self.recorded(event)
        self.tell(*self._news.of(self.state, event, time.monotonic()))

    def _show(self, effect: ScreenEffect) -> None:
        match effect:
            case Notify(notice):
                self.tell(plain(notices.told(notice, self.keys).text))
            case Ring():
                self._write("\a" if self._bell else "")
            case AskForTags():
                self.tell(say("This chat needs a tag before it is closed. Mark one, then /resolve again."))
                self.run("tags")
            case PutIn(conversation, text):
                self._put_behind(conversation, text)
            case PutBack():
                self._put_back(effect)

    def _put_behind(self, conversation: ConversationId, text: Displayable) -> None:
        buffer = self._buffer_of(conversation)
        buffer.replace("\n".join(filter(None, (buffer.text, text))))

    def _put_back(self, effect: PutBack) -> None:
        buffer = self._buffer_of(effect.conversation)
        since = Draft(buffer.text, buffer.note, buffer.marks)
        draft = put_before(effect.text, since, note=effect.note, marks=effect.marks)
        buffer.replace(draft.text)
        buffer.remark(draft.marks)
        buffer.note = draft.note

    # --- typing --------------------------------------------------------------------------------------

    @property
    def _buffer(self) -> Buffer:
        if self.asking is not None or self.choice is not None:
            return self._answer
        return self._buffer_of(self.state.active or NOWHERE)

    def _buffer_of(self, conversation: ConversationId) -> Buffer:
        buffer = self._buffers.get(conversation)
        if buffer is None:
            chat = self.state.chats.get(conversation)
            draft = Draft() if chat is None else chat.draft
            buffer = self._buffers[conversation] = Buffer(
                conversation, draft.text, note=draft.note, marks=draft.marks
            )
        return buffer

    def insert(self, text: str) -> None:
        """Put a text where the cursor stands."""
        self._buffer.insert(text)
        self._typed()

    def place(self, text: Displayable, passage: Passage, fields: tuple[Field, ...]) -> None:
        """Put a canned response where the cursor stands, and go to its first gap."""
        self._buffer.place(text, passage, fields)
        self._typed()

    def write_note(self, *, note: bool) -> None:
        """What is written here becomes a note, or a reply again."""
        self._buffer.note = note
        self._typed()

    @property
    def is_note(self) -> bool:
        """Whether a note is being written."""
        return self._buffer.note

    def key(self, key: Key) -> None:
        """A key was pressed."""
        if key.name == "escape":
            self._leave_question()
        elif key.name == "enter":
            self._entered()
        elif self.choice is not None and key.text.isdecimal() and not self._answer.text:
            self._chosen(int(key.text))
        elif key.name in self._on_key:
            self._leave_question()
            self.run(self._on_key[key.name])
        else:
            self._edited(key)
        self.refresh()

    def _edited(self, key: Key) -> None:
        buffer = self._buffer
        if key.name in _EDGES:
            edge = _EDGES[key.name]
            buffer.move(len(buffer.text) if edge is None else edge)
        elif key.name in {PASTE, "ctrl+j"}:
            buffer.insert(key.text or "\n")
        else:
            edit(buffer, key.name, key.text or None)
        self._typed()

    def _typed(self) -> None:
        """The desk keeps the text as a draft and shows that one types; a command is neither."""
        buffer = self._buffer
        chat = self.state.chats.get(buffer.conversation)
        if chat is None or buffer is self._answer or buffer.text.startswith("/"):
            return
        if (buffer.text, buffer.note) != (chat.draft.text, chat.draft.note):
            self.bridge.dispatch(DraftChanged(chat.id, buffer.text, buffer.note, buffer.marks))

    def _leave_question(self) -> None:
        if self.choice is not None or self.asking is not None:
            self.choice = self.asking = None
            self._end_line()
            self._answer = Buffer(NOWHERE)
            self.tell(say("Left."))

    def _end_line(self) -> None:
        self._write(self._line.leave())

    # --- entering ------------------------------------------------------------------------------------

    def _entered(self) -> None:
        buffer, text = self._buffer, self._buffer.text
        if self.asking is not None:
            _, answered = self.asking
            self._close_question()
            answered(text)
        elif self.choice is not None:
            self._searched(self.choice, text)
        elif text.startswith("/"):
            self._end_line()
            buffer.replace("")
            self.command(text[1:].strip())
        elif self.chat is None:
            self._end_line()
            buffer.replace("")
            self.tell(no_chat_open())
        elif text.strip() or self.chat.draft.files:
            self._submit(self.chat, buffer)

    def _submit(self, chat: Chat, buffer: Buffer) -> None:
        against = self._thoughts.against(
            self.state, chat, buffer.text, note=buffer.note, now=time.monotonic()
        )
        if against is not None:
            self.tell(plain(notices.told(against, self.keys).text))
            return
        self._end_line()
        text, note, marks = buffer.text, buffer.note, buffer.marks
        self._buffers.pop(chat.id, None)
        self.bridge.dispatch(ReplySubmitted(chat.id, text, note, EchoId(secrets.token_hex(8)), marks))

    # --- choosing ------------------------------------------------------------------------------------

    def ask(self, question: Displayable, answered: Callable[[str], None]) -> None:
        """The next line answers ``question``."""
        self._answer = Buffer(NOWHERE)
        self.asking = (question, answered)

    def open(self, choice: Choice) -> None:
        """Read a list out and wait for a number."""
        self._answer = Buffer(NOWHERE)
        self.tell(*choice.read_out())
        self.choice = choice if choice.rows or choice.find is not None else None

    def _close_question(self) -> None:
        self._end_line()
        self.choice = self.asking = None
        self._answer = Buffer(NOWHERE)

    def _chosen(self, digit: int) -> None:
        choice = self.choice
        if choice is None:
            return
        row = choice.row(digit)
        self._write(self._line.draw(self._prompt(), str(digit), 1) + self._line.leave())
        if digit == 0:
            choice.go_on()
            self.tell(*choice.read_out())
        elif row is None:
            self.tell(say("There is no {number}.", number=digit))
        elif choice.several:
            self.tell(choice.mark(row))
        else:
            self._close_question()
            choice.picked((row.id,))

    def _searched(self, choice: Choice, words: str) -> None:
        if choice.several and not words.strip():
            self._close_question()
            choice.picked(tuple(choice.marked))
        elif choice.find is None or not words.strip():
            self._leave_question()
        else:
            self._end_line()
            self._answer = Buffer(NOWHERE)
            choice.rows, choice.first = choice.find(words.strip()), 0
            self.tell(*choice.read_out())
