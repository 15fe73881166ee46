"""Who takes part in the behaviour suite, and the words its tests are written in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from api_client.backend import Backend
from api_client.errors import ApiError
from api_client.models.conversation import (
    AssigneeFilter,
    Conversation,
    ConversationPage,
    ConversationQuery,
)
from api_client.models.events import (
    ConversationChanged,
    MessageCreated,
)
from api_client.models.identity import AgentId, ConversationId, EchoId, QueueId
from api_client.models.message import Outgoing


class Customer(Protocol):
    """A customer with one conversation, speaking by the customers' own way in."""

    @property
    def conversation(self) -> ConversationId:
        """The conversation, as agents know it."""
        ...

    async def say(self, text: str) -> None:
        """Write a message."""
        ...

    async def show(self, name: str, data: bytes) -> None:
        """Send a file without words."""
        ...

    async def receives(self) -> tuple[bytes, ...]:
        """The files the customer was sent, oldest first."""
        ...

    async def hears(self) -> tuple[str, ...]:
        """The texts the customer may read, oldest first."""
        ...

    async def read(self) -> None:
        """Say that everything was read."""
        ...

    async def type(self, *, on: bool) -> None:
        """Start or stop typing."""
        ...


class Bench(Protocol):
    """A running server and who works with it: two agents, no administrators, who both serve ``queue``."""

    @property
    def lead(self) -> Backend:
        """Who may change how queues work, signed in; an agent where the backend knows no such role."""
        ...

    @property
    def agent_a(self) -> Backend:
        """One agent, signed in."""
        ...

    @property
    def agent_b(self) -> Backend:
        """Their colleague, signed in."""
        ...

    @property
    def queue(self) -> QueueId:
        """Where customers arrive."""
        ...

    async def customer(self, name: str, first_words: str) -> Customer:
        """A new customer with a new conversation in ``queue`` and one message in it."""
        ...

    def with_token(self, token: str) -> Backend:
        """A backend at the same place with another token, not signed in."""
        ...

    def nowhere(self) -> Backend:
        """A backend at an address where nobody answers."""
        ...

    async def stop(self) -> None:
        """Stop the server, all connections with it."""
        ...

    async def start(self) -> None:
        """Start it again at the same place, with all it knew."""
        ...


def expect(holds: bool, what: str) -> None:  # noqa: FBT001  it reads as the assert it stands for
    """Fail unless it ``holds``. Outside of tests nothing explains a plain assert, so ``what`` does."""
    if not holds:
        raise AssertionError(f"expected that {what}")


async def expect_error(kind: type[ApiError], asked: Awaitable[object]) -> None:
    """Fail unless ``asked`` raises an error of ``kind``."""
    try:
        await asked
    except kind:
        return
    raise AssertionError(f"expected {kind.__name__}")


def reply(text: str, echo: str = "echo-1", *, private: bool = False) -> Outgoing:
    """A text on its way out."""
    return Outgoing(text, EchoId(echo), private)


async def identity(backend: Backend) -> AgentId:
    """Who a backend works for."""
    return (await backend.sign_in()).agent.id


def says(text: str) -> Callable[[MessageCreated], bool]:
    """Whether an event brings a message with this text."""
    return lambda event: event.message.text == text


def changes(
    customer: Customer, like: Callable[[Conversation], bool]
) -> Callable[[ConversationChanged], bool]:
    """Whether an event changes the customer's conversation into one like that."""
    return lambda event: event.conversation.id == customer.conversation and like(event.conversation)


async def waiting_in(backend: Backend, queue: QueueId) -> ConversationPage:
    """The unassigned conversations of a queue."""
    return await backend.conversations(ConversationQuery(AssigneeFilter.UNASSIGNED, queue=queue))
