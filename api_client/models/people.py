"""Agents, contacts and who wrote a message."""

from __future__ import annotations

import enum

from msgspec import Struct

from api_client.models.hours import OpeningHours
from api_client.models.identity import AgentId, ContactId, QueueId


class Availability(enum.Enum):
    """What colleagues see of an agent."""

    ONLINE = "online"
    BUSY = "busy"
    OFFLINE = "offline"


class Role(enum.Enum):
    """What an account lets an agent do."""

    AGENT = "agent"
    ADMINISTRATOR = "administrator"


class AgentRef(Struct, frozen=True, gc=False):
    """An agent as named in other values."""

    id: AgentId
    name: str


class Agent(Struct, frozen=True):
    """A member of staff."""

    id: AgentId
    name: str
    email: str
    role: Role
    availability: Availability


class Me(Struct, frozen=True):
    """The signed-in agent and the account they work in."""

    agent: Agent
    account: str
    """The account's display name."""


class Contact(Struct, frozen=True):
    """A customer. A push carries less than a request's answer: what it lacks is ``None`` or empty."""

    id: ContactId
    name: str
    email: str | None = None
    phone: str | None = None
    identifier: str | None = None
    language: str | None = None
    """A language tag such as ``fi`` or ``sv-FI``, when the backend knows one."""
    city: str | None = None
    country: str | None = None
    created_at: float | None = None
    last_activity_at: float | None = None
    blocked: bool = False
    attributes: tuple[tuple[str, str], ...] = ()
    """Custom attributes as (name, value), values as text."""


class ContactNote(Struct, frozen=True):
    """What a colleague wrote down about a customer."""

    id: str
    text: str
    author: str
    """Empty when whoever wrote it is gone."""
    created_at: float


class ContactChanges(Struct, frozen=True):
    """What of a customer is to be set; ``None`` leaves it."""

    name: str | None = None
    email: str | None = None
    """Empty takes it away."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Custom attributes to set; an empty value takes one away. Others stay."""


class QueueKind(enum.Enum):
    """What a queue is on the backend."""

    INBOX = "inbox"
    TEAM = "team"


class Queue(Struct, frozen=True):
    """Where customers wait: a Chatwoot inbox or team, a LibreDesk team."""

    id: QueueId
    name: str
    kind: QueueKind
    member: bool
    """Whether the signed-in agent belongs to it."""
    channel: str = ""
    """The backend's channel type, e.g. ``Channel::WebWidget``; empty for a team."""
    hours: OpeningHours | None = None
    """``None`` where the backend tells none."""
