"""What the agent does by keys and typed commands in the linear desk."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence

from agent_tui.desk import selectors
from agent_tui.desk.doings import (
    AutoTakeSwitched,
    AvailabilityChosen,
    ConversationPicked,
    HandOverRequested,
    LeavingRequested,
    LongestWaitingRequested,
    MostUrgentRequested,
    OlderRequested,
    ResolveRequested,
    RetryRequested,
    TabSelected,
    TabStepped,
    TagsChosen,
    UndoRequested,
)
from agent_tui.desk.model import Chat
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.transcript import Fate
from agent_tui.desk.view import Receiver
from agent_tui.linear import spoken
from agent_tui.linear.casework import Casework
from agent_tui.linear.choices import Choice, Row
from agent_tui.linear.finding import Finding
from agent_tui.linear.library import Library
from agent_tui.linear.news import last_words
from agent_tui.linear.shell import HEARD_OUT, Shell, no_chat_open
from agent_tui.wording import count, say
from api_client.models.identity import ConversationId, EchoId
from api_client.models.people import Availability

_ROWS = 200
_READ = 10


class Doing:
    """Does actions for a shell; ``leave`` ends the program."""

    def __init__(self, shell: Shell, leave: Callable[[], None]) -> None:
        self._shell = shell
        self._leave = leave
        self._leaving_until = 0.0
        self._library = Library(shell)
        self._casework = Casework(shell)
        self._finding = Finding(shell)
        self.actions: dict[str, Callable[[str], object]] = {
            "take": self.take,
            "queues": self.waiting,
            "urgent": lambda _: shell.bridge.dispatch(MostUrgentRequested()),
            "chats": self.chats,
            "tab.next": lambda _: shell.bridge.dispatch(TabStepped(1)),
            "tab.previous": lambda _: shell.bridge.dispatch(TabStepped(-1)),
            "log.up": self.read,
            "canned": self._library.canned,
            "holding": self._library.holding,
            "link": self._library.link,
            "tags": self.tags,
            "note": self.note,
            "transfer": self.transfer,
            "return": lambda _: self._with_chat(
                lambda chat: shell.bridge.dispatch(HandOverRequested(chat.id))
            ),
            "resolve": self.resolve,
            "snooze": self._of_chat(self._casework.snooze),
            "sleeping": self._casework.sleeping,
            "priority": self._of_chat(self._casework.priority),
            "files": self._of_chat(self._casework.files),
            "attach": self._of_chat(self._casework.attach),
            "card": self._of_chat(self._casework.details),
            "search": self._finding.search,
            "previous": self._of_chat(self._finding.earlier),
            "takeback": lambda _: shell.bridge.dispatch(UndoRequested()),
            "undelivered": self.undelivered,
            "retry": lambda _: self._with_chat(self._retry),
            "availability": self.availability,
            "auto.take": lambda _: shell.bridge.dispatch(AutoTakeSwitched()),
            "status": lambda _: shell.tell(spoken.in_hand(shell.state, time.monotonic())),
            "leave": self.leave,
        }
        """By the ids of the key table, and ``chats``, ``status``; given what was typed after the command."""

    def answers(self) -> None:
        """An answer that something waits for may have come."""
        self._library.show_links()
        self._casework.answers()
        self._finding.answers()

    def _of_chat(self, do: Callable[[Chat, str], object]) -> Callable[[str], object]:
        """``do`` with the open chat and what was typed after the command."""
        return lambda words: self._with_chat(lambda chat: do(chat, words))

    def _with_chat(self, do: Callable[[Chat], object]) -> None:
        if self._shell.chat is None:
            self._shell.tell(no_chat_open())
        else:
            do(self._shell.chat)

    # --- going from chat to chat ---------------------------------------------------------------------

    def take(self, words: str) -> None:
        """The longest waiting, or the one with a number among the waiting."""
        rows = selectors.waiting_rows(self._shell.state, _ROWS)
        if not words:
            self._shell.bridge.dispatch(LongestWaitingRequested())
        elif words.isdecimal() and 0 < int(words) <= len(rows):
            self._shell.bridge.dispatch(ConversationPicked(rows[int(words) - 1].conversation))
        else:
            self._shell.tell(say("There is nobody with the number {number}.", number=Displayable(words)))

    def waiting(self, _: str) -> None:
        """Who waits, to take by number."""
        state, now = self._shell.state, time.monotonic()
        server = selectors.server_now(state, now) or 0.0
        rows = selectors.waiting_rows(state, _ROWS)
        self._shell.heard_who_waits()
        if not rows:
            self._shell.tell(spoken.who_waits(state, now))
            return
        told = [Row(row.conversation, spoken.waiting_line(row, server)) for row in rows]
        self._shell.open(Choice(say("Waiting customers"), told, self._take))

    def _take(self, ids: Sequence[str]) -> None:
        self._shell.bridge.dispatch(ConversationPicked(ConversationId(ids[0])))

    def chats(self, words: str) -> None:
        """The open chats, to go to by number; with a number at once."""
        state, now = self._shell.state, time.monotonic()
        if words.isdecimal() and 0 < int(words) <= len(state.tabs):
            self._go((state.tabs[int(words) - 1],))
            return
        rows = [Row(one, spoken.chat_line(state, state.chats[one], now)) for one in state.tabs]
        if rows:
            self._shell.open(Choice(say("Open chats"), rows, self._go))
        else:
            self._shell.tell(no_chat_open())

    def _go(self, ids: Sequence[str]) -> None:
        self._shell.bridge.dispatch(TabSelected(ConversationId(ids[0])))

    def read(self, words: str) -> None:
        """The newest messages of the open chat; older ones are fetched meanwhile."""
        most = int(words) if words.isdecimal() and int(words) else _READ

        def read_out(chat: Chat) -> None:
            self._shell.tell(*last_words(chat, most))
            if len(chat.transcript.lines) < most:
                self._shell.bridge.dispatch(OlderRequested(chat.id))

        self._with_chat(read_out)

    # --- the open chat -------------------------------------------------------------------------------

    def note(self, words: str) -> None:
        """What is written becomes a note, or a reply again; with words, a note of them."""
        if self._shell.chat is None:
            self._shell.tell(no_chat_open())
            return
        note = bool(words) or not self._shell.is_note
        self._shell.write_note(note=note)
        if words:
            self._shell.insert(words)
        self._shell.tell(
            say("You write a note; the customer does not see it.") if note else say("You write a reply.")
        )

    def tags(self, _: str) -> None:
        """The tags, to mark by number."""
        self._with_chat(self._choose_tags)

    def _choose_tags(self, chat: Chat) -> None:
        choices = selectors.tag_choices(self._shell.state, chat)
        rows = [Row(one.value, one.shown, one.description) for one in choices]
        marked = frozenset(one.value for one in choices if one.chosen)

        def find(words: str) -> list[Row]:
            return [row for row in rows if words.casefold() in row.title.casefold()]

        def picked(ids: Sequence[str]) -> None:
            self._shell.bridge.dispatch(TagsChosen(chat.id, frozenset(ids)))
            names = Displayable(", ".join(row.title for row in rows if row.id in ids))
            self._shell.tell(say("Tags: {names}.", names=names) if names else say("No tags."))

        title = say("Tags of {customer}", customer=chat.card.name)
        self._shell.open(Choice(title, rows, picked, find, several=True, marked=marked))

    def transfer(self, _: str) -> None:
        """To whom, then a comment for them."""
        self._with_chat(self._choose_receiver)

    def _choose_receiver(self, chat: Chat) -> None:
        known = [Receiver(say("Back to the queue")), *selectors.receivers(self._shell.state)]
        rows = [Row(str(index), one.name, _there(one)) for index, one in enumerate(known)]

        def find(words: str) -> list[Row]:
            return [row for row in rows if words.casefold() in row.title.casefold()]

        title = say("Hand over {customer}", customer=chat.card.name)
        self._shell.open(Choice(title, rows, lambda ids: self._ask_comment(chat, known[int(ids[0])]), find))

    def _ask_comment(self, chat: Chat, to: Receiver) -> None:
        def answered(comment: str) -> None:
            echo = EchoId(secrets.token_hex(8))
            self._shell.bridge.dispatch(HandOverRequested(chat.id, to.agent, to.queue, comment, echo))
            self._shell.tell(say("Handing over to {to}. /undo takes it back.", to=to.name))

        self._shell.tell(say("A comment for whoever is next; it may stay empty. Escape leaves."))
        self._shell.ask(say("Comment:"), answered)

    def resolve(self, _: str) -> None:
        """Close the chat and go on to the next."""

        def close(chat: Chat) -> None:
            self._shell.tell(say("Closing {customer}. /undo takes it back.", customer=chat.card.name))
            self._shell.bridge.dispatch(ResolveRequested(chat.id))

        self._with_chat(close)

    # --- texts that did not leave, and leaving -------------------------------------------------------

    def undelivered(self, _: str) -> None:
        """Every text that has not left, to go to its chat."""
        rows = [
            Row(row.conversation, row.customer or say("A chat that is not here"), row.first_words)
            for row in selectors.undelivered(self._shell.state)
        ]
        if rows:
            self._shell.open(Choice(say("Not delivered"), rows, self._go))
        else:
            self._shell.tell(say("Every text has left."))

    def _retry(self, chat: Chat) -> None:
        failed = (line for line in chat.transcript.lines if line.fate is Fate.FAILED and line.local)
        line = next(failed, None)
        if line is None or line.echo is None:
            self._shell.tell(say("Every text has left."))
        else:
            self._shell.bridge.dispatch(RetryRequested(chat.id, line.echo))

    def availability(self, _: str) -> None:
        """Take chats, or a pause."""
        pause = self._shell.state.availability is Availability.ONLINE
        chosen = Availability.BUSY if pause else Availability.ONLINE
        self._shell.bridge.dispatch(AvailabilityChosen(chosen))
        self._shell.tell(say("You are on a pause.") if pause else say("You take chats."))

    def leave(self, _: str) -> None:
        """At once when nothing is on its way, else after a second thought."""
        self._shell.bridge.dispatch(LeavingRequested())
        now, unsent = time.monotonic(), len(selectors.undelivered(self._shell.state))
        if not unsent or now < self._leaving_until:
            self._leave()
            return
        self._leaving_until = now + HEARD_OUT
        words = count(
            "{n} text has not left yet. {key} again leaves; it is kept and shown next time.",
            "{n} texts have not left yet. {key} again leaves; they are kept and shown next time.",
            unsent,
            key=Displayable("/quit"),
        )
        self._shell.tell(words)


def _there(receiver: Receiver) -> Displayable:
    match receiver.availability:
        case Availability.ONLINE:
            return say("takes chats")
        case Availability.BUSY:
            return say("on a pause")
        case Availability.OFFLINE:
            return say("not there")
        case None:
            return NOTHING
