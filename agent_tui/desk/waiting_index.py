"""The order of waiting customers, kept as conversations change so that nobody has to look for it."""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from agent_tui.desk.waiting import wait
from api_client.models.identity import ConversationId, QueueId

if TYPE_CHECKING:
    from agent_tui.desk.model import Chat

Entry = tuple[float, ConversationId]
"""Since when (server time), and who. Sorts longest waiting first."""


class WaitingIndex(Struct):
    """Open conversations that are nobody's, by queue, longest waiting first.

    A change costs a search by halves in its own queue, whatever else the desk holds.
    """

    queues: dict[QueueId, list[Entry]] = field(default_factory=dict)
    """Sorted; a queue in which nobody waits is absent."""
    places: dict[ConversationId, tuple[QueueId, Entry]] = field(default_factory=dict)

    def follow(self, chat: Chat) -> None:
        """Put the chat where its status, assignee, queue and wait now belong, or take it out."""
        since = wait(chat) if chat.assignee is None else None
        place = None if since is None else (chat.queue, (since, chat.id))
        if place != self.places.get(chat.id):
            self.drop(chat.id)
            if place is not None:
                self.places[chat.id] = place
                insort(self.queues.setdefault(place[0], []), place[1])

    def drop(self, conversation: ConversationId) -> None:
        """Take a conversation out; it need not be in."""
        place = self.places.pop(conversation, None)
        if place is None:
            return
        entries = self.queues[place[0]]
        del entries[bisect_left(entries, place[1])]
        if not entries:
            del self.queues[place[0]]

    def count(self, queue: QueueId) -> int:
        """How many wait in a queue."""
        return len(self.queues.get(queue, ()))

    def longest(self, queue: QueueId) -> float | None:
        """Since when the longest waiting of a queue waits."""
        entries = self.queues.get(queue)
        return entries[0][0] if entries else None

    def first(self, queue: QueueId) -> ConversationId | None:
        """Who waits longest in a queue."""
        entries = self.queues.get(queue)
        return entries[0][1] if entries else None

    def merged(self, queues: Iterable[QueueId]) -> Iterator[Entry]:
        """The waiting of several queues, longest first, found as they are asked for."""
        return heapq.merge(*(self.queues[queue] for queue in queues if queue in self.queues))

    def __contains__(self, conversation: ConversationId) -> bool:
        return conversation in self.places

    def __len__(self) -> int:
        return len(self.places)
