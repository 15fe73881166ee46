"""What happens at the desk, as sentences to be heard when it happens."""

from __future__ import annotations

from collections.abc import Iterator

from agent_tui.desk import told
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.loads import own_load
from agent_tui.desk.model import Chat, DeskState, Link
from agent_tui.desk.promises import open_promises
from agent_tui.desk.selectors import server_now
from agent_tui.desk.standing import serves
from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Urgency
from agent_tui.desk.waiting import urgency
from agent_tui.linear import spoken
from agent_tui.wording import count, say
from api_client.models.identity import ConversationId
from api_client.models.message import MessageKind


class News:
    """Compares the desk with what has been said of it. Costs what an event touches."""

    def __init__(self) -> None:
        self._waiting: dict[ConversationId, Displayable] = {}
        """Known to wait, and their names."""
        self._link = Link.STARTING
        self._limit = 0
        self._open: ConversationId | None = None
        self._unread: ConversationId | None = None
        """Opened, and its messages not read out yet."""
        self._greeted = False
        self._pressed: dict[tuple[ConversationId, float], Urgency] = {}
        """How pressing each open promise was when it was last looked at."""
        self._late = 0
        """How many chats were told to break their limit soon."""
        self._new: list[ConversationId] = []
        """Began to wait, and not said yet."""

    def of(self, state: DeskState, event: DeskEvent, now: float) -> list[Displayable]:
        """What to say about ``event`` when the state has taken it in."""
        return [
            *self._connection(state),
            *self._greeting(state, now),
            *self._about(state, event),
            *(self._limit_moved(state, now) if isinstance(event, told.Ticked) else ()),
            *self._opened(state),
            *(self._due(state, now) if isinstance(event, told.Ticked) else ()),
        ]

    def gathered(self) -> list[Displayable]:
        """Who began to wait since this was last asked and still does."""
        if not self._greeted:
            return []
        new, self._new = [self._waiting[one] for one in self._new if one in self._waiting], []
        if not new:
            return []
        names = Displayable(", ".join(new))
        return [
            count(
                "New customer waiting: {names}.", "{n} new customers waiting: {names}.", len(new), names=names
            )
        ]

    def _greeting(self, state: DeskState, now: float) -> Iterator[Displayable]:
        known = state.listed and state.queues and state.clock_offset is not None
        if known and not self._greeted:
            self._greeted = True
            self._listed(state)
            self._new.clear()  # the greeting names them
            yield spoken.who_waits(state, now)

    def _due(self, state: DeskState, now: float) -> Iterator[Displayable]:
        yield from self._promised(state, now)
        before, self._late = self._late, 0 if state.forecast is None else len(state.forecast.conversations)
        server = server_now(state, now)
        if state.forecast is not None and server is not None and self._late > before:
            yield spoken.foreseen(state.forecast, server)

    def _promised(self, state: DeskState, now: float) -> Iterator[Displayable]:
        """A promise that is nearly due is said once, and once more when it is broken."""
        server = server_now(state, now)
        levels = {} if server is None else {
            (one.conversation, one.given.made): (one, urgency(one.given.promise, server - one.given.made))
            for one in open_promises(state)
        }  # fmt: skip
        for key, (one, level) in levels.items():
            if server is not None and level is not Urgency.CALM and self._pressed.get(key) is not level:
                words = spoken.promise_words(one.given, server)
                yield Displayable(f"{spoken.named(one.customer)}: {words}.")
        self._pressed = {key: level for key, (_, level) in levels.items()}

    def _limit_moved(self, state: DeskState, now: float) -> Iterator[Displayable]:
        """The first limit is nobody's news."""
        server = server_now(state, now)
        load = None if server is None else own_load(state, server)
        if load is not None:
            before, self._limit = self._limit, load.limit
            if before not in {0, load.limit}:
                yield spoken.limit_moved(load)

    def _connection(self, state: DeskState) -> Iterator[Displayable]:
        before, link = self._link, state.connection.link
        self._link = link
        if link is before:
            return
        if link is Link.LOST:
            yield say("The connection is lost. You can go on typing; nothing is lost.")
        elif link is Link.REFUSED:
            yield say(
                "The server no longer accepts your sign-in. Nothing can be sent; your drafts are kept. "
                "Leave, sign in again and go on."
            )
        elif link is Link.LIVE and before is Link.LOST:
            yield say("The connection is back.")

    def _about(self, state: DeskState, event: DeskEvent) -> Iterator[Displayable]:
        match event:
            case told.ConversationsListed():
                self._listed(state)
            case told.ConversationChanged(facts):
                self._may_wait(state, facts.id)
            case told.MessageReceived(conversation, line):
                self._may_wait(state, conversation)
                chat = state.chats.get(conversation)
                if chat is not None and not line.mine and self._concerns(state, chat, line.kind):
                    yield spoken.arrived(state, chat, line)
            case told.ReplySent(conversation):
                chat = state.chats.get(conversation)
                if chat is not None:
                    yield spoken.sent(state, chat)
            case _:
                return

    def _listed(self, state: DeskState) -> None:
        for conversation in {*state.chats, *self._waiting}:
            self._may_wait(state, conversation)

    def _may_wait(self, state: DeskState, conversation: ConversationId) -> None:
        chat = state.chats.get(conversation)
        if chat is None or conversation not in state.waiting or not serves(state, chat.queue):
            self._waiting.pop(conversation, None)
        elif conversation not in self._waiting:
            self._waiting[conversation] = spoken.named(chat.card.name)
            self._new.append(conversation)

    def _concerns(self, state: DeskState, chat: Chat, kind: MessageKind) -> bool:
        """Whether a message is for the agent's ears: in an open chat or the one being read."""
        here = chat.id in state.tabs or chat.id == state.peeked
        return here and kind is not MessageKind.ACTIVITY

    def _opened(self, state: DeskState) -> Iterator[Displayable]:
        if state.active != self._open:
            self._open = self._unread = state.active
            chat = None if state.active is None else state.chats.get(state.active)
            yield spoken.opened(state, chat) if chat is not None else say("No chat is open.")
        chat = None if self._unread is None else state.chats.get(self._unread)
        if chat is not None and chat.transcript.fetched:
            self._unread = None
            yield from last_words(chat)


def last_words(chat: Chat, most: int = 5) -> list[Displayable]:
    """The newest messages of a chat, the oldest of them first."""
    lines = [line for line in chat.transcript.lines if line.kind is not MessageKind.ACTIVITY]
    return [spoken.line_words(line) for line in lines[-most:]] or [say("No messages yet.")]
