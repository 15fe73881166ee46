"""What one agent did in a shift, from the facts of the conversations they had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.ledger import Ledger
from agent_tui.desk.metrics.tally import HOUR
from api_client.models.identity import AgentId, ConversationId, QueueId

APART: Final = 6 * HOUR
"""A time this long in which the agent did nothing lies between two shifts (milliseconds)."""
LOOK_BACK: Final = 36 * HOUR
"""Facts that a shift is found in: no shift is longer than a day."""
_DOINGS: Final = frozenset({Kind.TAKEN, Kind.REPLIED, Kind.CAME, Kind.WENT})


class ClosedChat(Struct, frozen=True):
    """A conversation that ended in the agent's hands."""

    conversation: ConversationId
    queue: QueueId
    tags: tuple[str, ...]


class Shift(Struct, frozen=True):
    """One shift up to a moment. Times are milliseconds since the epoch by the server's clock."""

    begin: int
    end: int
    figures: Figures
    """The agent's since ``begin``."""
    heard: int
    """Messages of the agent's customers."""
    replies: int
    canned: int
    """Of the replies, those that began from a canned response."""
    private_found: int
    """Private numbers that customers wrote."""
    private_sent: int
    """Private numbers that went to customers."""
    closed: tuple[ClosedChat, ...]
    """In the order they were closed last; with the tags of now."""
    holds: tuple[ConversationId, ...]
    """Still the agent's, as far as the facts tell."""

    @property
    def untagged(self) -> tuple[ConversationId, ...]:
        """Closed without a tag."""
        return tuple(chat.conversation for chat in self.closed if not chat.tags)

    @property
    def canned_share(self) -> float | None:
        """Of the replies, from 0 to 1; ``None`` without any."""
        return self.canned / self.replies if self.replies else None


def shift_of(facts: Sequence[Fact], me: AgentId, now: int | None = None) -> Shift | None:
    """The agent's newest shift up to ``now``, else up to the newest fact; ``None`` when they did nothing.

    ``facts``: in the order kept, of all the conversations that the agent had.
    """
    end = max((fact.at for fact in facts), default=0) if now is None else now
    begin = _began(sorted(fact.at for fact in facts if fact.agent == me and fact.kind in _DOINGS))
    if begin is None:
        return None
    ledger = Ledger(begin=begin, whole=True)
    for fact in facts:
        ledger.take(fact)
    return _told(ledger, [fact for fact in facts if fact.at >= begin], me, end, _Endings(facts, me, begin))


def _began(doings: list[int]) -> int | None:
    """After the last long time without anything done."""
    after = [later for earlier, later in pairwise(doings) if later - earlier >= APART]
    return after[-1] if after else next(iter(doings), None)


def _told(ledger: Ledger, since: list[Fact], me: AgentId, end: int, endings: _Endings) -> Shift:
    replies = [fact for fact in since if fact.kind is Kind.REPLIED and fact.agent == me]
    heard = [fact for fact in since if fact.kind is Kind.WROTE and fact.agent in {me, ""}]
    return Shift(
        begin=ledger.begin,
        end=end,
        figures=ledger.of_agent(me, end),
        heard=len(heard),
        replies=len(replies),
        canned=sum(fact.canned for fact in replies),
        private_found=sum(fact.private for fact in heard),
        private_sent=sum(fact.private for fact in replies),
        closed=endings.closed(),
        holds=tuple(endings.held),
    )


class _Endings:
    """Which conversations the agent closed, and which they hold."""

    def __init__(self, facts: Iterable[Fact], me: AgentId, begin: int) -> None:
        self.held: dict[ConversationId, None] = {}
        self._closed: dict[ConversationId, QueueId] = {}
        self._tags: dict[ConversationId, tuple[str, ...]] = {}
        for fact in facts:
            self._take(fact, me, begin)

    def _take(self, fact: Fact, me: AgentId, begin: int) -> None:
        conversation = fact.conversation
        if fact.kind is Kind.TAGGED:
            self._tags[conversation] = fact.tags
        elif fact.kind is Kind.CLOSED:
            if (conversation in self.held or fact.agent == me) and fact.at >= begin:
                self._closed.pop(conversation, None)
                self._closed[conversation] = fact.queue
            self.held.pop(conversation, None)
        elif fact.kind is Kind.TAKEN and fact.agent == me:
            self.held[conversation] = None
            self._closed.pop(conversation, None)
        elif fact.kind in {Kind.TAKEN, Kind.RELEASED}:
            self.held.pop(conversation, None)

    def closed(self) -> tuple[ClosedChat, ...]:
        """With the tags that they have in the end."""
        return tuple(ClosedChat(one, queue, self._tags.get(one, ())) for one, queue in self._closed.items())
