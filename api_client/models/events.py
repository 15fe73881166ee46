"""What a backend's live connection tells: one union, in the order received."""

from __future__ import annotations

from msgspec import Struct

from api_client.models.conversation import Conversation
from api_client.models.identity import AgentId, ContactId, ConversationId
from api_client.models.message import Message
from api_client.models.people import Availability


class Connected(Struct, frozen=True):
    """The live connection is subscribed: from here on nothing is missed until :class:`ConnectionLost`."""

    gap: float | None
    """Seconds since the last frame of the previous connection; ``None`` on the first."""


class ConnectionLost(Struct, frozen=True):
    """The live connection is gone; another attempt follows by itself."""

    reason: str
    """A stable word: ``refused``, ``closed``, ``silent``, ``unconfirmed``, ``restarting``, ``limited``."""
    retry_in: float
    """Seconds until the next attempt."""
    attempt: int
    """1 for the first attempt after the loss."""


class SignInRefused(Struct, frozen=True):
    """The backend no longer accepts the token; no further attempts are made."""


class ServerTime(Struct, frozen=True):
    """The backend's clock, as just read."""

    at: float
    """Epoch seconds by the backend."""
    received: float
    """The client's own monotonic clock at that moment, in seconds."""
    uncertainty: float
    """Half the width of the interval ``at`` may lie in, in seconds."""


class MessageCreated(Struct, frozen=True):
    """A message appeared, in full."""

    message: Message
    unread: int | None = None
    last_activity_at: float | None = None


class MessageUpdated(Struct, frozen=True):
    """A message changed: delivery, deletion, an answer given in it."""

    message: Message


class ConversationChanged(Struct, frozen=True):
    """A conversation appeared or changed."""

    conversation: Conversation


class ContactSeen(Struct, frozen=True):
    """The customer has read up to ``at``."""

    conversation: ConversationId
    at: float


class TypingChanged(Struct, frozen=True):
    """Somebody started or stopped typing."""

    conversation: ConversationId
    who: str
    """Display name."""
    typist: str
    """Id of the agent or contact."""
    by_customer: bool
    on: bool
    private: bool


class PresenceChanged(Struct, frozen=True):
    """Who is there; whoever is absent from the maps is offline."""

    agents: tuple[tuple[AgentId, Availability], ...]
    contacts: tuple[ContactId, ...]


class CatalogChanged(Struct, frozen=True):
    """Queues, tags or teams changed: fetch the lists again."""


class Unknown(Struct, frozen=True):
    """A frame of a kind this client does not know. Counted, not an error."""

    name: str


class Malformed(Struct, frozen=True):
    """A frame that should have been understood and was not. Counted and logged without its content."""

    name: str
    problem: str


BackendEvent = (
    Connected
    | ConnectionLost
    | SignInRefused
    | ServerTime
    | MessageCreated
    | MessageUpdated
    | ConversationChanged
    | ContactSeen
    | TypingChanged
    | PresenceChanged
    | CatalogChanged
    | Unknown
    | Malformed
)
