"""Messages, their delivery, and pages of them."""

from __future__ import annotations

import enum

from msgspec import Struct

from api_client.models.identity import ConversationId, EchoId, MessageId


class MessageKind(enum.Enum):
    """Who speaks, as far as the reader is concerned."""

    CUSTOMER = "customer"
    AGENT = "agent"
    NOTE = "note"
    """Private: the customer never sees it."""
    AUTOMATIC = "automatic"
    """A greeting, an out-of-office text, a survey: sent by the backend, seen by the customer."""
    ACTIVITY = "activity"
    """A line about what happened, e.g. an assignment. Never seen by the customer."""
    UNKNOWN = "unknown"


class Delivery(enum.Enum):
    """How far a message has come, by the backend's word."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class AuthorKind(enum.Enum):
    """What kind of sender a message names."""

    AGENT = "agent"
    CONTACT = "contact"
    BOT = "bot"


class Author(Struct, frozen=True, gc=False):
    """The sender as named on a message."""

    id: str
    name: str
    kind: AuthorKind


class Attachment(Struct, frozen=True):
    """A file that came with a message."""

    id: str
    kind: str
    """``image``, ``audio``, ``video``, ``file`` or the backend's own word."""
    name: str
    url: str
    size: int | None = None


class Message(Struct, frozen=True):
    """One message as the backend last told it. ``text`` is raw: it may hold anything."""

    id: MessageId
    conversation: ConversationId
    kind: MessageKind
    text: str
    created_at: float
    """Epoch seconds; Chatwoot's precision is one second, so order by ``(created_at, sequence)``."""
    sequence: int
    """Grows with each message of a backend; breaks ties of ``created_at``."""
    author: Author | None = None
    delivery: Delivery = Delivery.SENT
    echo: EchoId | None = None
    updated_at: float = 0.0
    error: str | None = None
    """Why delivery failed, in the backend's words."""
    deleted: bool = False
    attachments: tuple[Attachment, ...] = ()


class Upload(Struct, frozen=True):
    """A file on its way out, whole. Its repr leaves out what it holds."""

    name: str
    """Without folders."""
    kind: str
    """Its media type, such as ``image/png``."""
    data: bytes

    def __repr__(self) -> str:
        return f"<Upload {len(self.data)} bytes>"


class MessagePage(Struct, frozen=True):
    """Messages in ascending order."""

    items: tuple[Message, ...]
    more: bool
    """Whether more lie beyond, in the direction asked for."""


class Outgoing(Struct, frozen=True):
    """A text on its way out; it may be empty when files go with it."""

    text: str
    echo: EchoId
    private: bool = False
    files: tuple[Upload, ...] = ()
