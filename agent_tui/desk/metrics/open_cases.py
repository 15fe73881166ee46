"""Which conversations are open, by queue and by agent, kept as facts come so that nobody has to look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import merge

from agent_tui.desk.metrics.tally import Tally
from api_client.models.identity import AgentId, ConversationId, QueueId


class OpenCases:
    """The open conversations of the ledger, sleeping ones included. No change looks at the others."""

    def __init__(self) -> None:
        self._places: dict[ConversationId, tuple[QueueId, AgentId]] = {}
        self._queues: dict[QueueId, dict[ConversationId, None]] = {}
        self._agents: dict[AgentId, dict[ConversationId, None]] = {}
        self._holders: dict[QueueId, Counter[AgentId]] = {}

    def put(self, conversation: ConversationId, queue: QueueId, holder: AgentId) -> None:
        """It is in this queue and with this agent now; nobody is the empty id."""
        place = (queue, holder)
        if self._places.get(conversation) == place:
            return
        self.drop(conversation)
        self._places[conversation] = place
        self._queues.setdefault(queue, {})[conversation] = None
        if holder:
            self._agents.setdefault(holder, {})[conversation] = None
            self._holders.setdefault(queue, Counter())[holder] += 1

    def drop(self, conversation: ConversationId) -> None:
        """It is no longer open; it need not have been."""
        place = self._places.pop(conversation, None)
        if place is None:
            return
        queue, holder = place
        del self._queues[queue][conversation]
        if holder:
            del self._agents[holder][conversation]
            holders = self._holders[queue]
            holders[holder] -= 1
            if not holders[holder]:
                del holders[holder]

    def of_queue(self, queue: QueueId) -> Iterator[ConversationId]:
        """Those of a queue, the longest known first."""
        return iter(self._queues.get(queue, ()))

    def of_agent(self, agent: AgentId) -> Iterator[ConversationId]:
        """Those an agent holds, the longest held first."""
        return iter(self._agents.get(agent, ()))

    def holders(self, queue: QueueId) -> frozenset[AgentId]:
        """Who holds a conversation of this queue."""
        return frozenset(self._holders.get(queue, ()))


def waiting_first(tally: Tally | None, everyone: Iterator[ConversationId]) -> Iterator[ConversationId]:
    """Those who wait, longest first, then the others of ``everyone``; found as they are asked for."""
    seen: set[ConversationId] = set()
    for _, conversation in () if tally is None else merge(tally.waits_first, tally.waits_next):
        seen.add(conversation)
        yield conversation
    yield from (conversation for conversation in everyone if conversation not in seen)
