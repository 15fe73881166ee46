"""What a search over everything finds: conversations, messages, customers."""

from __future__ import annotations

from msgspec import Struct

from api_client.models.identity import ConversationId, MessageId
from api_client.models.message import Message, MessageKind
from api_client.models.people import Contact


class FoundConversation(Struct, frozen=True):
    """A conversation found by its number or by who the customer is."""

    id: ConversationId
    contact: Contact
    created_at: float
    last_message: Message | None = None
    """The newest message the backend sent along, of any kind."""


class FoundMessage(Struct, frozen=True):
    """A message found by its text."""

    conversation: ConversationId
    text: str
    at: float
    kind: MessageKind
    author: str = ""
    """Name of who wrote it; empty when not told."""
    customer: str = ""
    """Name of the conversation's customer; empty when not told."""
    id: MessageId | None = None
    """``None`` where the backend does not tell which message it is."""


class Found(Struct, frozen=True):
    """The first page of each kind, each with the newest first."""

    conversations: tuple[FoundConversation, ...] = ()
    messages: tuple[FoundMessage, ...] = ()
    contacts: tuple[Contact, ...] = ()
