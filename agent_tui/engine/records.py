"""Fetches a whole chat, from its last message back to its first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from agent_tui.desk.record import Record, Said
from agent_tui.desk.text import NOTHING, clean_line, clean_whole
from agent_tui.engine.retrying import Retrying
from api_client.backend import Backend
from api_client.errors import NotAllowed, NotFound, Unsupported
from api_client.models.conversation import Conversation
from api_client.models.identity import ConversationId, MessageId, QueueId
from api_client.models.message import Message
from api_client.models.people import Queue

T = TypeVar("T")

_PATIENCE: Final = 20.0
"""Seconds for each page: a hole in a transcript is worse than a wait."""


class Records:
    """Of one signed-in agent."""

    def __init__(self, backend: Backend, retrying: Retrying) -> None:
        self._backend = backend
        self._retrying = retrying

    async def fetch(self, conversations: tuple[ConversationId, ...]) -> list[Record]:
        """The chats, whole, in the order asked for.

        Raises:
            ApiError: one of them could not be fetched.
        """
        queues = {queue.id: queue.name for queue in await self._ask(self._queues)}
        return [await self._one(conversation, queues) for conversation in conversations]

    async def _queues(self) -> tuple[Queue, ...]:
        try:
            return await self._backend.queues()
        except (NotAllowed, NotFound, Unsupported):
            return ()

    async def _one(self, conversation: ConversationId, queues: dict[QueueId, str]) -> Record:
        found = await self._ask(lambda: self._backend.conversation(conversation))
        return record_of(found, queues.get(found.queue, ""), await self._messages(conversation))

    async def _messages(self, conversation: ConversationId) -> list[Message]:
        """Every message once, oldest first."""
        known: dict[MessageId, Message] = {}
        before: MessageId | None = None
        while True:
            page = await self._ask(lambda at=before: self._backend.messages(conversation, before=at))  # type: ignore[misc]
            new = [message for message in page.items if message.id not in known]
            known |= {message.id: message for message in new}
            if not (page.more and new):
                return sorted(known.values(), key=lambda one: (one.created_at, one.sequence))
            before = page.items[0].id

    async def _ask(self, request: Callable[[], Awaitable[T]]) -> T:
        return await self._retrying.ask(request, patience=_PATIENCE)


def record_of(found: Conversation, queue: str, messages: list[Message]) -> Record:
    """A chat and its messages, cleaned."""
    return Record(
        number=found.id,
        customer=clean_line(found.contact.name),
        status=found.status,
        created_at=found.created_at,
        queue=clean_line(queue),
        agent=NOTHING if found.assignee is None else clean_line(found.assignee.name),
        tags=tuple(map(clean_line, found.tags)),
        said=tuple(_said(message) for message in messages if not message.deleted),
    )


def _said(message: Message) -> Said:
    return Said(
        message.created_at,
        message.kind,
        NOTHING if message.author is None else clean_line(message.author.name),
        clean_whole(message.text),
        tuple(clean_line(file.name or file.kind) for file in message.attachments),
    )
