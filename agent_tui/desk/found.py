"""What a search holds: the hits shown, what they answer, and the message on the way to which the agent is."""

from __future__ import annotations

import enum

from msgspec import Struct

from agent_tui.desk.problems import Problem
from agent_tui.desk.text import NOTHING, Displayable
from api_client.models.identity import ContactId, ConversationId, EchoId, MessageId
from api_client.models.message import MessageKind


class HitKind(enum.Enum):
    """What was found."""

    CHAT = "chat"
    CUSTOMER = "customer"
    MESSAGE = "message"


class SearchHit(Struct, frozen=True):
    """One thing found. Which ids it has follows from its kind."""

    kind: HitKind
    customer: Displayable
    words: Displayable
    """What was said there, or how the customer is reached, on one line."""
    at: float = 0.0
    """Server time; 0 when not known."""
    conversation: ConversationId | None = None
    """Of a chat or a message."""
    message: MessageId | EchoId | None = None
    """Of a message, where the backend tells."""
    contact: ContactId | None = None
    """Of a customer."""
    email: Displayable = NOTHING
    """Of a customer."""
    said_by: MessageKind | None = None
    """Of a message."""

    @property
    def key(self) -> str:
        """The same for the same thing, whoever found it."""
        return f"{self.kind.value} {self.conversation} {self.message} {self.contact}"


class Search(Struct):
    """What the agent looks for and what the backend has found so far."""

    wanted: str = ""
    """As typed last; answers to anything else come too late."""
    answered: bool = False
    """The backend has answered, or will not."""
    hits: tuple[SearchHit, ...] = ()
    """The backend's answer to ``wanted``."""
    problem: Problem | None = None
    """Why it has not answered."""


class Sought(Struct):
    """A message that is to be brought before the agent's eyes."""

    conversation: ConversationId
    message: MessageId | EchoId | None
    at: float
    """When it was written, server time."""
    words: str
    """What to look for where the message is not named."""
    line: MessageId | EchoId | None = None
    """The key of its line, once that is held."""
    far_back: bool = False
    """It was not on the newest page."""
