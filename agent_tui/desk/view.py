"""Rows for the lists on the screen: what ``desk.selectors`` makes and widgets paint."""

from __future__ import annotations

import enum
from typing import Final

from msgspec import Struct

from agent_tui.desk.text import Displayable
from api_client.models.hours import OpeningHours
from api_client.models.identity import AgentId, ConversationId, EchoId, MessageId, QueueId
from api_client.models.people import Availability

_NEAR_SHARE: Final = 0.2
_NEAR_LEAST: Final = 30.0
_NEAR_MOST: Final = 300.0


class Urgency(enum.Enum):
    """How near a wait is to breaking the promise."""

    CALM = "calm"
    WARNING = "warning"
    BREACH = "breach"


class Promise(Struct, frozen=True):
    """When a wait in a queue becomes a worry. Seconds."""

    warning: float
    breach: float
    hours: OpeningHours | None = None
    """Outside of them no second counts; ``None`` where every second does."""


class Given(Struct, frozen=True):
    """What an agent promised a customer. Times are the server's."""

    made: float
    until: float
    words: Displayable

    @property
    def promise(self) -> Promise:
        """As a wait that began when it was made: a warning near its end, broken past it."""
        whole = self.until - self.made
        near = min(max(whole * _NEAR_SHARE, _NEAR_LEAST), _NEAR_MOST)
        return Promise(warning=max(0.0, whole - near), breach=whole)


class Forecast(Struct, frozen=True):
    """Chats of the agent's that will break their limit before they are reached, the first first."""

    conversations: tuple[ConversationId, ...]
    at: float
    """When the first of them does (server time)."""


class WaitingRow(Struct, frozen=True):
    """A customer nobody has taken."""

    conversation: ConversationId
    queue: QueueId
    queue_name: Displayable
    customer: Displayable
    first_words: Displayable
    language: str
    """Two letters, or empty."""
    since: float
    """Server time."""
    promise: Promise
    being_taken: bool
    again: bool = False
    """Answered by a human before: waits for the next answer, not for the first."""


class QueueRow(Struct, frozen=True):
    """A queue with what waits in it."""

    queue: QueueId
    name: Displayable
    served: bool
    waiting: int
    longest_since: float | None
    """Server time; ``None`` when nobody waits."""
    promise: Promise


class TabRow(Struct, frozen=True):
    """An open conversation."""

    conversation: ConversationId
    customer: Displayable
    active: bool
    unread: int
    draft: bool
    failed: bool
    """A line of ours did not leave."""
    customer_typing: bool
    waiting_since: float | None
    """Server time."""
    promise: Promise
    again: bool = False
    """As in :class:`WaitingRow`."""
    promised: Given | None = None
    """What the customer was promised and is still owed."""
    word_waits: bool = False
    """A lead has a word for the agent that they have not looked at."""


class Receiver(Struct, frozen=True):
    """Who a conversation can be handed to: a colleague or a team."""

    name: Displayable
    agent: AgentId | None = None
    queue: QueueId | None = None
    availability: Availability | None = None
    """Of a colleague."""
    waiting: int = 0
    """Customers waiting with a team."""


class UndeliveredRow(Struct, frozen=True):
    """A text of the agent's that the server is not known to have, or could not deliver."""

    conversation: ConversationId
    echo: MessageId | EchoId
    """The key of its line."""
    customer: Displayable
    """Empty where the conversation is not known."""
    first_words: Displayable


class TagChoice(Struct, frozen=True):
    """A tag to choose in the editor."""

    value: str
    """As it is sent back."""
    shown: Displayable
    description: Displayable
    chosen: bool
