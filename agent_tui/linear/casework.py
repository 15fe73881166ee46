"""What is done with a chat by lines: sleep, urgency, files, what is known of the customer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from agent_tui.desk import filed, snoozing
from agent_tui.desk.doings import ConversationPicked, PriorityChosen, SleepingRequested, SnoozeRequested
from agent_tui.desk.file_model import FileLine
from agent_tui.desk.model import Chat
from agent_tui.desk.selectors import server_now
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.linear.choices import Choice, Row
from agent_tui.linear.shell import Shell
from agent_tui.linear.spoken import plain
from agent_tui.widgets.clock_face import day_name
from agent_tui.widgets.file_words import about
from agent_tui.wording import clock, say
from api_client.backend import Capability
from api_client.models.conversation import Priority
from api_client.models.identity import ConversationId

_HOME = "~/"


class Casework:
    """Does it for a shell, to the chat that is open."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._waits: list[Callable[[], bool]] = []
        """Look whether an answer has come, and read it out then."""

    def answers(self) -> None:
        """What is waited for may have come."""
        # What is done about an answer may bring this here again: each is looked at once.
        waits, self._waits = self._waits, []
        self._waits += [one for one in waits if not one()]

    # --- sleep and urgency ---------------------------------------------------------------------------

    def snooze(self, chat: Chat, words: str) -> None:
        """Until when it sleeps: typed after the command, or by number."""
        server = server_now(self._shell.state, time.monotonic())
        if server is None:
            return
        now = datetime.fromtimestamp(server, UTC).astimezone()

        def find(typed: str) -> list[Row]:
            until = snoozing.typed(typed, now)
            return [] if until is None else [_time(until)]

        until = snoozing.typed(words, now)
        if until is not None:
            self._sleep(chat, str(until.timestamp()))
            return
        rows = [_time(one) for one in snoozing.offered(now)]
        if Capability.UNTIL_REPLY_SNOOZE in self._shell.state.capabilities:
            rows.insert(0, Row("", say("until they write")))
        title = say("{customer} sleeps until …", customer=chat.card.name)
        self._shell.open(Choice(title, rows, lambda ids: self._sleep(chat, ids[0]), find))

    def _sleep(self, chat: Chat, until: str) -> None:
        self._shell.bridge.dispatch(SnoozeRequested(chat.id, float(until) if until else None))
        self._shell.tell(say("{customer} falls asleep. /undo takes it back.", customer=chat.card.name))

    def sleeping(self, _: str) -> None:
        """The agent's sleeping chats; a number wakes one."""

        def heard() -> bool:
            hits = self._shell.state.sleeping
            if hits is None:
                return False
            rows = [Row(hit.conversation, hit.customer, hit.words) for hit in hits]
            if rows:
                self._shell.open(Choice(say("Sleeping chats"), rows, self._wake))
            else:
                self._shell.tell(say("None of your chats is asleep."))
            return True

        self._shell.bridge.dispatch(SleepingRequested())
        self._waits.append(heard)

    def _wake(self, ids: Sequence[str]) -> None:
        self._shell.bridge.dispatch(ConversationPicked(ConversationId(ids[0])))

    def priority(self, chat: Chat, _: str) -> None:
        """How urgent it is, by number."""
        from agent_tui.widgets.card import priority_words  # noqa: PLC0415  brings the toolkit

        rows = [Row(one.value, plain(priority_words(one).lstrip("! "))) for one in reversed(Priority)]
        if Capability.CLEAR_PRIORITY in self._shell.state.capabilities:
            rows.append(Row("", say("none")))

        def picked(ids: Sequence[str]) -> None:
            chosen = Priority(ids[0]) if ids[0] else None
            self._shell.bridge.dispatch(PriorityChosen(chat.id, chosen))
            name = next(row.title for row in rows if row.id == ids[0])
            self._shell.tell(say("Priority: {name}.", name=name))

        self._shell.open(Choice(say("Priority of {customer}", customer=chat.card.name), rows, picked))

    # --- files ---------------------------------------------------------------------------------------

    def files(self, chat: Chat, _: str) -> None:
        """The files of the chat; a number saves one."""

        def heard() -> bool:
            desk = self._shell.state.files
            if desk.listed is None or desk.listed_for != chat.id:
                return False
            found = desk.listed
            rows = [Row(str(at), file.name, _about(file)) for at, file in enumerate(found)]
            if rows:
                title = say("Files of {customer}, to save", customer=chat.card.name)
                self._shell.open(Choice(title, rows, lambda ids: self._save(found[int(ids[0])])))
            else:
                self._shell.tell(say("No files in this chat."))
            return True

        self._shell.bridge.dispatch(filed.FilesRequested(chat.id))
        self._waits.append(heard)

    def _save(self, file: FileLine) -> None:
        self._shell.bridge.dispatch(filed.SaveRequested(file, open=False))

    def attach(self, chat: Chat, words: str) -> None:
        """A file by its path; a folder, or no path, is looked into and its files chosen by number."""
        wanted = words or _HOME

        def heard() -> bool:
            desk = self._shell.state.files
            if desk.paths_wanted != wanted:
                return True  # something else has been asked since
            if desk.paths is None:
                return False
            rows = [Row(row.path, row.name, say("folder") if row.folder else NOTHING) for row in desk.paths]
            if [row.id for row in rows] == [wanted]:
                self._put_with(chat, wanted)
            elif rows:
                title = say("Files in {folder}", folder=Displayable(wanted))
                self._shell.open(Choice(title, rows, lambda ids: self._picked(chat, ids[0])))
            else:
                self._shell.tell(say("There is no such file."))
            return True

        self._shell.bridge.dispatch(filed.PathTyped(wanted))
        self._waits.append(heard)

    def _picked(self, chat: Chat, path: str) -> None:
        if path.endswith("/"):
            self.attach(chat, path)
        else:
            self._put_with(chat, path)

    def _put_with(self, chat: Chat, path: str) -> None:
        before = chat.draft.files

        def heard() -> bool:
            new = [file for file in chat.draft.files if file not in before]
            for file in new:
                self._shell.tell(say("{name} goes with your text. Enter sends.", name=file.name))
            return bool(new)

        self._shell.bridge.dispatch(filed.PathPicked(chat.id, path))
        self._waits.append(heard)

    # --- the customer --------------------------------------------------------------------------------

    def details(self, chat: Chat, _: str) -> None:
        """What is known of the customer, each fact a sentence."""
        from agent_tui.widgets.card import known_of  # noqa: PLC0415  brings the toolkit

        state = self._shell.state
        queue, inbox = state.queues.get(chat.queue), state.queues.get(chat.inbox)
        server = server_now(state, time.monotonic()) or 0.0
        known = known_of(
            chat,
            NOTHING if queue is None else queue.name,
            NOTHING if inbox is None or inbox is queue else inbox.name,
            None,
            server,
        )
        facts = [say("{label}: {value}.", label=label, value=plain(value)) for label, value in known]
        self._shell.tell(chat.card.name or say("Customer without a name"), *facts)


def _about(file: FileLine) -> Displayable:
    return Displayable(about(file).replace(" · ", ", "))


def _time(until: datetime) -> Row:
    return Row(str(until.timestamp()), clock(until.hour, until.minute), day_name(until.timestamp(), None))
