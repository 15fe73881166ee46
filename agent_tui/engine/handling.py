"""What an agent does with a conversation of theirs beyond talking: give it away, let it sleep, wake it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar, assert_never

from agent_tui.desk import effects as e
from agent_tui.engine.retrying import Retrying
from api_client.backend import Backend
from api_client.models.conversation import AssigneeFilter, Conversation, ConversationQuery, Priority, Status
from api_client.models.identity import AgentId, ContactId, ConversationId, QueueId
from api_client.models.people import Contact, ContactChanges, ContactNote

T = TypeVar("T")

_PATIENCE: Final = 8.0
"""Seconds that the agent waits to see it done."""
_MOST_PAGES: Final = 40
"""Of sleeping conversations: a thousand are more than anybody wakes by hand."""


class WithAnother(Exception):
    """A colleague has the conversation by now, so nothing was done to it."""

    def __init__(self, found: Conversation) -> None:
        super().__init__("a colleague has the conversation")
        self.found = found


class Handling:
    """The steps of each doing, so that repeating one after a lost answer does no harm."""

    def __init__(self, backend: Backend, me: AgentId, retrying: Retrying) -> None:
        self._backend = backend
        self._me = me
        self._retrying = retrying

    async def part(self, effect: e.HandOver | e.Snooze | e.Mute) -> Conversation:
        """Do what takes it from the agent, and look what became of it.

        Raises:
            WithAnother: a colleague has it by now, and it stays as it is.
        """
        match effect:
            case e.HandOver():
                return await self._ask(lambda: self._hand_over(effect))
            case e.Snooze(conversation, until):
                return await self._ask(lambda: self._snooze(conversation, until))
            case e.Mute(conversation):
                return await self._ask(lambda: self._mute(conversation))
            case _:
                assert_never(effect)

    async def _hand_over(self, effect: e.HandOver) -> Conversation:
        backend, conversation = self._backend, effect.conversation
        found = await backend.conversation(conversation)
        if effect.agent is not None and found.assignee is not None and found.assignee.id == effect.agent:
            return found  # it had gone there already, and the answer got lost
        self._refuse_anothers(found)
        if effect.queue is not None:
            # The team first: in between, the customer would wait in a queue that is not theirs.
            await backend.move(conversation, effect.queue)
            found = await backend.conversation(conversation)
            if not self._mine(found):
                return found
        await backend.assign(conversation, effect.agent)
        return await backend.conversation(conversation)

    async def resolve(self, conversation: ConversationId) -> Conversation:
        """Close it, unless a colleague has it by now: nothing is closed over their head."""
        return await self._ask(lambda: self._resolve(conversation))

    async def _resolve(self, conversation: ConversationId) -> Conversation:
        found = await self._backend.conversation(conversation)
        if found.assignee is not None and not self._mine(found):
            return found
        return await self._backend.set_status(conversation, Status.RESOLVED)

    async def reopen(self, conversation: ConversationId) -> Conversation:
        """Open it again as the agent's, unless a colleague has it open meanwhile."""
        return await self._ask(lambda: self._reopen(conversation))

    async def _reopen(self, conversation: ConversationId) -> Conversation:
        found = await self._backend.conversation(conversation)
        if found.status is Status.OPEN and found.assignee is not None:
            return found
        found = await self._backend.set_status(conversation, Status.OPEN)
        if not self._mine(found):
            # Opening makes it an agent's own on some backends, and on some only for some roles.
            await self._backend.assign(conversation, self._me)
            found = await self._backend.conversation(conversation)
        return found

    async def _snooze(self, conversation: ConversationId, until: float | None) -> Conversation:
        self._refuse_anothers(await self._backend.conversation(conversation))
        return await self._backend.set_status(conversation, Status.SNOOZED, until=until)

    async def _mute(self, conversation: ConversationId) -> Conversation:
        self._refuse_anothers(await self._backend.conversation(conversation))
        await self._backend.mute(conversation)
        return await self._backend.conversation(conversation)

    def _refuse_anothers(self, found: Conversation) -> None:
        if found.assignee is not None and not self._mine(found):
            raise WithAnother(found)

    async def prefer(self, conversation: ConversationId, priority: Priority | None) -> Conversation:
        """Set the priority, and look what became of it."""
        await self._ask(lambda: self._backend.set_priority(conversation, priority))
        return await self._ask(lambda: self._backend.conversation(conversation))

    async def sleeping(self) -> tuple[Conversation, ...]:
        """The agent's sleeping conversations, each once: pages move while they are read."""
        query = ConversationQuery(AssigneeFilter.MINE, status=Status.SNOOZED)
        found: dict[ConversationId, Conversation] = {}
        for number in range(1, _MOST_PAGES + 1):
            page = await self._ask(partial(self._backend.conversations, query, number))
            found |= {one.id: one for one in page.items}
            if not page.more:
                break
        return tuple(found.values())

    async def closed(self) -> tuple[Conversation, ...]:
        """The agent's closed conversations, the first page of them: the newest."""
        query = ConversationQuery(AssigneeFilter.MINE, status=Status.RESOLVED)
        return (await self._ask(lambda: self._backend.conversations(query))).items

    async def tags_in(self, queue: QueueId) -> Counter[str]:
        """How often each tag stands on the newest conversations of a queue, whoever has them."""
        query = ConversationQuery(AssigneeFilter.ANYONE, status=None, queue=queue)
        found = await self._ask(lambda: self._backend.conversations(query))
        return Counter(tag for one in found.items for tag in one.tags)

    async def theirs(self, contact: ContactId) -> tuple[Conversation, ...]:
        """All conversations of a customer that the agent may see."""
        return await self._ask(lambda: self._backend.contact_conversations(contact))

    async def notes(self, contact: ContactId) -> tuple[ContactNote, ...]:
        """What colleagues wrote down about a customer."""
        return await self._ask(lambda: self._backend.contact_notes(contact))

    async def change(self, contact: ContactId, changes: ContactChanges) -> Contact:
        """Change what is known of a customer."""
        return await self._ask(lambda: self._backend.update_contact(contact, changes))

    async def set_attribute(self, conversation: ConversationId, name: str, value: str) -> Conversation:
        """Set a detail of a conversation."""
        return await self._ask(lambda: self._backend.set_attribute(conversation, name, value))

    async def _ask(self, request: Callable[[], Awaitable[T]]) -> T:
        return await self._retrying.ask(request, patience=_PATIENCE)

    def _mine(self, conversation: Conversation) -> bool:
        return conversation.assignee is not None and conversation.assignee.id == self._me
