"""What the figures are made of: one small fact per happening, without a word of anybody's."""

from __future__ import annotations

import enum

from msgspec import Struct

from api_client.models.identity import AgentId, ConversationId, QueueId


class Kind(enum.Enum):
    """What happened. The values are stored; they never change their meaning."""

    ARRIVED = "arrived"
    """A conversation began."""
    WAITS = "waits"
    """The customer's first unanswered message came at this time."""
    ANSWERED = "answered"
    """A human answered: the wait is over."""
    TAKEN = "taken"
    """It became the agent's."""
    RELEASED = "released"
    """It became nobody's."""
    MOVED = "moved"
    """It went to this queue."""
    PAUSED = "paused"
    """Put to sleep or given to a bot: nobody's time runs."""
    CLOSED = "closed"
    """Resolved."""
    WROTE = "wrote"
    """A message by the customer."""
    REPLIED = "replied"
    """A message by a human to the customer."""
    CAME = "came"
    """The agent is at the desk."""
    WENT = "went"
    """The agent is not at the desk."""
    TAGGED = "tagged"
    """It has these tags from now on."""


class Fact(Struct, frozen=True):
    """One fact. Only identifiers, tags, times and counts, so that it may be kept."""

    kind: Kind
    at: int
    """Milliseconds since the epoch by the server's clock. Whole, so that sums are exact."""
    conversation: ConversationId = ConversationId("")
    """Empty for the coming and going of agents."""
    queue: QueueId = QueueId("")
    agent: AgentId = AgentId("")
    """Who did it or holds it; empty for nobody."""
    ref: str = ""
    """The message's identifier, which tells doubles apart."""
    channel: str = ""
    """The way in by which the conversation began; empty where that is not known."""
    tags: tuple[str, ...] = ()
    """Of :attr:`Kind.TAGGED`."""
    canned: bool = False
    """A reply that began from a canned response, as far as this machine knows."""
    private: int = 0
    """How many private numbers the message holds; never the numbers."""


def milliseconds(seconds: float) -> int:
    """Epoch seconds as facts keep them."""
    return round(seconds * 1000)


class NameKind(enum.Enum):
    """Whose name it is. The values are stored."""

    QUEUE = "queue"
    AGENT = "agent"
    ME = "me"
    """The agent at this desk; the name is the same as theirs among the agents."""


class Named(Struct, frozen=True):
    """What a queue or a colleague is called, so that a report can be read. Customers have no place here."""

    kind: NameKind
    id: str
    name: str
