"""Tells what happened, as facts, from what the desk holds after each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk.metrics.facts import Fact, Kind, milliseconds
from agent_tui.desk.model import Chat, Colleague, DeskState
from agent_tui.desk.private_numbers import private_numbers
from agent_tui.desk.transcript import Line
from api_client.models.conversation import Status
from api_client.models.identity import AgentId, ConversationId, EchoId, QueueId
from api_client.models.message import MessageKind
from api_client.models.people import Availability

_NOBODY: Final = AgentId("")
_ASLEEP: Final = {Status.SNOOZED, Status.PENDING}
"""Not open, so on no list of what is open, and not closed either."""
_MOST_EARLY: Final = 500
_MOST_EVER: Final = 50_000
_MOST_OURS: Final = 500
_MESSAGES: Final = {MessageKind.CUSTOMER: Kind.WROTE, MessageKind.AGENT: Kind.REPLIED}


class Known(Struct):
    """A conversation as the facts so far have it."""

    queue: QueueId
    channel: str = ""
    holder: AgentId = _NOBODY
    since: int | None = None
    tags: tuple[str, ...] = ()
    heard: set[str] = field(default_factory=set)
    """Messages counted already: a push may come twice."""


class Recorder:
    """Follows one desk. Doubled and outdated events make no facts.

    ``everybody``: whole lists of conversations hold those of all agents. Where they do not, as at an agent's
    own desk, a colleague's conversation is not over because it is missing.
    """

    def __init__(self, *, everybody: bool = True) -> None:
        self._everybody = everybody
        self._open: dict[ConversationId, Known] = {}
        self._closed: dict[ConversationId, tuple[str, ...]] = {}
        """Those that were open once, with the tags they had; the newest are remembered."""
        self._there: set[AgentId] = set()
        self._from_canned: dict[EchoId, None] = {}
        """Replies that left this desk and began from a canned response."""
        self._early: dict[ConversationId, list[Line]] = {}
        """Messages that came before their conversation was known."""

    def remember(self, fact: Fact) -> None:
        """Know what a fact says, whether made here or kept from an earlier run."""
        if fact.kind in {Kind.CAME, Kind.WENT}:
            (self._there.add if fact.kind is Kind.CAME else self._there.discard)(fact.agent)
            return
        if fact.kind is Kind.CLOSED:
            self._closed[fact.conversation] = self._tags(fact.conversation)
            self._open.pop(fact.conversation, None)
            while len(self._closed) > _MOST_EVER:
                del self._closed[next(iter(self._closed))]
            return
        known = self._open.get(fact.conversation)
        if known is None and fact.kind is Kind.TAGGED:
            self._closed[fact.conversation] = fact.tags
            return
        if known is None:
            if fact.kind in {Kind.WROTE, Kind.REPLIED}:
                return
            known = self._open[fact.conversation] = Known(fact.queue, fact.channel)
        _learn(known, fact)

    def _tags(self, conversation: ConversationId) -> tuple[str, ...]:
        known = self._open.get(conversation)
        return self._closed.get(conversation, ()) if known is None else known.tags

    @property
    def there(self) -> frozenset[AgentId]:
        """Agents who are at the desk, as far as the facts tell."""
        return frozenset(self._there)

    def facts_of(self, state: DeskState, event: e.DeskEvent, now: float) -> list[Fact]:
        """What ``event``, which ``state`` has taken in, says that is new. ``now``: server's seconds."""
        match event:
            case e.MessageReceived(conversation, line):
                found = self._message(state, conversation, line)
            case e.ConversationChanged(chat) | e.ConversationTaken(chat) | e.Resolved(chat) | e.Parted(chat):
                found = self._compared(state, chat.id)
            case e.ReplySent(conversation, _, line):
                found = self._message(state, conversation, line)
            case e.TagsSaved(conversation):
                found = self._compared(state, conversation)
            case e.ReplySubmitted():
                found = self._ours(event)
            case e.ConversationsListed(chats, whole):
                found = self._listed(state, [chat.id for chat in chats], whole=whole, now=now)
            case e.PresenceSeen() | e.CatalogLoaded():
                found = self._presence(state.colleagues.values(), now)
            case _:
                found = []
        return found

    def _listed(
        self, state: DeskState, listed: list[ConversationId], *, whole: bool, now: float
    ) -> list[Fact]:
        found = [fact for conversation in listed for fact in self._compared(state, conversation)]
        gone = self._open.keys() - set(listed) if whole else set()
        for conversation in sorted(gone):
            if self._is_over(state, conversation):
                found += self._close(conversation, self._open[conversation], now)
        return sorted(found, key=lambda fact: fact.at)

    def _is_over(self, state: DeskState, conversation: ConversationId) -> bool:
        """Whether an open conversation is closed because a whole list lacks it."""
        chat, holder = state.chats.get(conversation), self._open[conversation].holder
        if chat is not None and chat.status in _ASLEEP:
            return False
        return self._everybody or not holder or (state.me is not None and holder == state.me.id)

    def _close(self, conversation: ConversationId, known: Known, at: float) -> list[Fact]:
        closed = Fact(
            Kind.CLOSED, milliseconds(at), conversation, known.queue, known.holder, channel=known.channel
        )
        return self._tell([closed])

    def _compared(self, state: DeskState, conversation: ConversationId) -> list[Fact]:
        chat = state.chats.get(conversation)
        if chat is None:
            return []
        if chat.status is not Status.RESOLVED:
            return [*self._arrival(chat), *self._changes(chat), *self._came_early(chat)]
        known = self._open.get(conversation)
        if known is not None:
            return [*self._retagged(chat), *self._close(conversation, known, _changed(chat))]
        return self._retagged(chat) if conversation in self._closed else []

    def _retagged(self, chat: Chat) -> list[Fact]:
        tags = tuple(tag.value for tag in chat.tags)
        if set(tags) == set(self._tags(chat.id)):
            return []
        return self._tell([_of(chat, Kind.TAGGED, _changed(chat), tags=tags)])

    def _came_early(self, chat: Chat) -> list[Fact]:
        lines = self._early.pop(chat.id, ())
        return [fact for line in lines for fact in self._count(chat, _MESSAGES[line.kind], line)]

    def _arrival(self, chat: Chat) -> list[Fact]:
        if chat.id in self._open:
            return []
        if chat.id in self._closed:
            return self._tell(
                [_of(chat, Kind.ANSWERED if chat.first_reply_at else Kind.MOVED, _changed(chat))]
            )
        found = [_of(chat, Kind.ARRIVED, chat.created_at)]
        if chat.first_reply_at is not None:
            found += [_of(chat, Kind.WAITS, chat.created_at), _of(chat, Kind.ANSWERED, chat.first_reply_at)]
        return self._tell(found)

    def _changes(self, chat: Chat) -> list[Fact]:
        known = self._open[chat.id]
        found: list[Fact] = []
        if chat.queue != known.queue:
            found.append(_of(chat, Kind.MOVED, _changed(chat)))
        holder = _NOBODY if chat.assignee is None else chat.assignee.id
        if holder != known.holder:
            found.append(_of(chat, Kind.TAKEN if holder else Kind.RELEASED, _changed(chat)))
        return [*self._tell([*found, *_waits(chat, known.since)]), *self._retagged(chat)]

    def _ours(self, event: e.ReplySubmitted) -> list[Fact]:
        """No fact yet: it may be taken back, or fail."""
        if event.marks.passages and not event.note:
            self._from_canned[event.echo] = None
            while len(self._from_canned) > _MOST_OURS:
                del self._from_canned[next(iter(self._from_canned))]
        return []

    def _message(self, state: DeskState, conversation: ConversationId, line: Line) -> list[Fact]:
        chat, kind = state.chats.get(conversation), _MESSAGES.get(line.kind)
        if kind is None:
            return []
        if chat is None:
            self._early.setdefault(conversation, []).append(line)
            while len(self._early) > _MOST_EARLY:
                del self._early[next(iter(self._early))]
            return []
        return [*self._compared(state, conversation), *self._count(chat, kind, line)]

    def _count(self, chat: Chat, kind: Kind, line: Line) -> list[Fact]:
        known = self._open.get(chat.id)
        if known is None or line.key in known.heard:
            return []
        told = _of(chat, kind, line.at, ref=line.key)
        canned = line.echo in self._from_canned
        private = len(private_numbers(line.text)) if line.masked else 0
        return self._tell([replace(told, canned=canned, private=private) if canned or private else told])

    def _presence(self, colleagues: Iterable[Colleague], now: float) -> list[Fact]:
        there = {each.id for each in colleagues if each.availability is not Availability.OFFLINE}
        came = [Fact(Kind.CAME, milliseconds(now), agent=agent) for agent in sorted(there - self._there)]
        went = [Fact(Kind.WENT, milliseconds(now), agent=agent) for agent in sorted(self._there - there)]
        return self._tell([*came, *went])

    def _tell(self, facts: list[Fact]) -> list[Fact]:
        for fact in facts:
            self.remember(fact)
        return facts


def _learn(known: Known, fact: Fact) -> None:
    if fact.kind is Kind.MOVED:
        known.queue = fact.queue
    elif fact.kind is Kind.TAKEN:
        known.holder = fact.agent
    elif fact.kind is Kind.RELEASED:
        known.holder = _NOBODY
    elif fact.kind is Kind.WAITS and known.since is None:
        known.since = fact.at
    elif fact.kind in {Kind.ANSWERED, Kind.PAUSED}:
        known.since = None
    elif fact.kind is Kind.TAGGED:
        known.tags = fact.tags
    elif fact.ref:
        known.heard.add(fact.ref)


def _waits(chat: Chat, was: int | None) -> Iterator[Fact]:
    """How the wait has changed: begun, ended by an answer, or ended otherwise."""
    begun = _since(chat)
    since = None if begun is None else milliseconds(begun)
    if since == was:
        return
    if was is not None:
        yield _ended(chat, was)
    if begun is not None:
        yield _of(chat, Kind.WAITS, begun)


def _ended(chat: Chat, was: int) -> Fact:
    answered = max(chat.answered[0], chat.first_reply_at or 0.0)
    if chat.status is Status.OPEN and milliseconds(answered) >= was:
        return _of(chat, Kind.ANSWERED, answered)
    # An answer that was missed has no time of its own: the last that happened stands in.
    missed = chat.status is Status.OPEN and chat.first_reply_at is not None and chat.waiting_since is None
    return _of(chat, Kind.ANSWERED if missed else Kind.PAUSED, _changed(chat))


def _since(chat: Chat) -> float | None:
    """When the running wait began; one who is nobody's and was never answered waits from the beginning."""
    if chat.status is not Status.OPEN:
        return None
    if chat.waiting_since is None and chat.assignee is None and chat.first_reply_at is None:
        return chat.created_at
    return chat.waiting_since


def _changed(chat: Chat) -> float:
    return max(chat.updated_at, chat.last_activity_at)


def _of(chat: Chat, kind: Kind, at: float, *, ref: str = "", tags: tuple[str, ...] = ()) -> Fact:
    holder = _NOBODY if chat.assignee is None else chat.assignee.id
    return Fact(kind, milliseconds(at), chat.id, chat.queue, holder, ref, chat.channel, tags)
