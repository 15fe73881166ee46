"""Conversations and pages of them."""

from __future__ import annotations

import enum

from msgspec import Struct

from api_client.models.identity import ConversationId, QueueId
from api_client.models.message import Message
from api_client.models.people import AgentRef, Contact


class Status(enum.Enum):
    """Where a conversation stands."""

    OPEN = "open"
    PENDING = "pending"
    """With a bot, not yet with people."""
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class Priority(enum.Enum):
    """How urgent an agent or a rule has called it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


class Conversation(Struct, frozen=True):
    """One conversation as the backend last told it."""

    id: ConversationId
    queue: QueueId
    """The queue it waits in: its team when it has one, else its inbox."""
    inbox: QueueId
    contact: Contact
    status: Status
    created_at: float
    updated_at: float
    """Orders versions of one conversation: an update with an older value is stale. 0 when unknown."""
    last_activity_at: float
    assignee: AgentRef | None = None
    tags: tuple[str, ...] = ()
    priority: Priority | None = None
    waiting_since: float | None = None
    """First unanswered customer message; ``None`` when nobody waits."""
    first_reply_at: float | None = None
    snoozed_until: float | None = None
    contact_seen_at: float | None = None
    unread: int = 0
    """Customer messages no agent has seen; a backend may cap it (Chatwoot: 10)."""
    channel: str = ""
    can_reply: bool = True
    language: str | None = None
    page: str | None = None
    """The page or topic the customer came from."""
    attributes: tuple[tuple[str, str], ...] = ()
    utc_offset: int | None = None
    """Seconds that the customer's clock is ahead of UTC, as told when they came."""
    rating: int | None = None
    """What the customer answered to a survey, 1 to 5, where the backend sends it along."""
    last_message: Message | None = None
    """The newest message the backend sent along, of any kind."""


class AssigneeFilter(enum.Enum):
    """Whose conversations a list is about."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    ANYONE = "anyone"


class ConversationQuery(Struct, frozen=True):
    """What to list. ``None`` means no restriction."""

    assignee: AssigneeFilter = AssigneeFilter.ANYONE
    status: Status | None = Status.OPEN
    queue: QueueId | None = None
    updated_within: float | None = None
    """Only what changed in the last so many seconds; such a list comes in one page.

    With ``Capability.RECENT_CHANGES``. Seconds before the request's arrival, so no two clocks are compared.
    """


class ConversationPage(Struct, frozen=True):
    """One page of a list."""

    items: tuple[Conversation, ...]
    more: bool
    """Whether a further page may exist."""
    total: int | None = None
    """How many conversations all pages hold together; ``None`` where the backend does not tell."""
