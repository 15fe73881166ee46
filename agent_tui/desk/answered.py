"""What comes of the agent's doings with a whole conversation, as events."""

from __future__ import annotations

from collections import Counter

from agent_tui.desk.doings import Event
from agent_tui.desk.found import SearchHit
from agent_tui.desk.model import (
    Card,
    CustomerNote,
    Hit,
)
from agent_tui.desk.problems import Problem
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.told import ChatFacts
from agent_tui.desk.tools import ToolTrouble
from api_client.models.conversation import Priority
from api_client.models.identity import ContactId, ConversationId, QueueId


class LookedAt(Event, frozen=True):
    """A conversation the agent wanted to read, as it is now."""

    chat: ChatFacts


class LookFailed(Event, frozen=True):
    """A conversation the agent wanted to read could not be fetched."""

    conversation: ConversationId
    problem: Problem


class PreviousLoaded(Event, frozen=True):
    """The customer's other conversations, newest first."""

    conversation: ConversationId
    hits: tuple[Hit, ...]


class PreviousFailed(Event, frozen=True):
    """The customer's other conversations could not be fetched."""

    conversation: ConversationId
    problem: Problem


class NotesLoaded(Event, frozen=True):
    """What colleagues wrote down about the customer, newest first."""

    conversation: ConversationId
    notes: tuple[CustomerNote, ...]


class NoteKept(Event, frozen=True):
    """The backend has what the agent wrote down about the customer."""

    conversation: ConversationId
    note: CustomerNote


class CustomerTold(Event, frozen=True):
    """The customer as the backend has them after a change."""

    conversation: ConversationId
    card: Card


class CustomerNotSaved(Event, frozen=True):
    """A note or detail was not saved."""

    conversation: ConversationId
    problem: Problem


class Parted(Event, frozen=True):
    """The backend has done what takes a conversation from the agent at their own wish."""

    chat: ChatFacts


class PartingLost(Event, frozen=True):
    """A colleague had the conversation before the backend was asked; it has done nothing."""

    chat: ChatFacts


class PartingFailed(Event, frozen=True):
    """The backend has not done it; the conversation is still the agent's."""

    conversation: ConversationId
    problem: Problem


class PriorityFailed(Event, frozen=True):
    """The priority was not saved; ``was`` is the one to go back to."""

    conversation: ConversationId
    was: Priority | None
    problem: Problem


class SleepingListed(Event, frozen=True):
    """The agent's sleeping conversations."""

    hits: tuple[Hit, ...]


class SleepingFailed(Event, frozen=True):
    """The agent's sleeping conversations could not be listed."""

    problem: Problem


class SearchAnswered(Event, frozen=True):
    """What the backend has found for a query."""

    query: str
    hits: tuple[SearchHit, ...]


class SearchFailed(Event, frozen=True):
    """A search got no answer."""

    query: str
    problem: Problem


class CustomersChatsLoaded(Event, frozen=True):
    """The conversations of a customer that was found, newest first."""

    contact: ContactId
    hits: tuple[Hit, ...]


class CustomersChatsFailed(Event, frozen=True):
    """They could not be fetched."""

    problem: Problem


class TagsCounted(Event, frozen=True):
    """How often each tag stands on the newest conversations of a queue."""

    queue: QueueId
    times: Counter[str]


class ClosedListed(Event, frozen=True):
    """The agent's closed conversations, the newest first."""

    hits: tuple[Hit, ...]


class ClosedFailed(Event, frozen=True):
    """The agent's closed conversations could not be listed."""

    problem: Problem


class Exported(Event, frozen=True):
    """Conversations are in a file."""

    path: Displayable
    chats: int


class ExportFailed(Event, frozen=True):
    """There is no file."""

    problem: Problem


class ToolAnswered(Event, frozen=True):
    """A command has made a text from a conversation."""

    conversation: ConversationId
    tool: str
    text: Displayable


class ToolGaveUp(Event, frozen=True):
    """A command has made no text."""

    conversation: ConversationId
    tool: str
    trouble: ToolTrouble
    detail: Displayable = NOTHING
    """The command's own words."""
    problem: Problem | None = None
    """Why the chat could not be fetched."""


Answered = (
    LookedAt
    | LookFailed
    | PreviousLoaded
    | PreviousFailed
    | NotesLoaded
    | NoteKept
    | CustomerTold
    | CustomerNotSaved
    | Parted
    | PartingLost
    | PartingFailed
    | PriorityFailed
    | SleepingListed
    | TagsCounted
    | ClosedListed
    | ClosedFailed
    | SleepingFailed
    | SearchAnswered
    | SearchFailed
    | CustomersChatsLoaded
    | CustomersChatsFailed
    | Exported
    | ExportFailed
    | ToolAnswered
    | ToolGaveUp
)
"""What the desk can be answered."""
