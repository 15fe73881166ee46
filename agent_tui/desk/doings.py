"""The agent's doings as events, and the base of all events."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.passages import NO_MARKS, Marks
from agent_tui.desk.record import Form
from agent_tui.desk.text import NOTHING, Displayable
from api_client.models.conversation import Priority
from api_client.models.identity import AgentId, ContactId, ConversationId, EchoId, MessageId, QueueId
from api_client.models.people import (
    Availability,
    ContactChanges,
)


class Event(Struct, frozen=True):
    """Base of all events."""


class ServedQueuesChosen(Event, frozen=True):
    """The agent chose which queues to serve."""

    queues: frozenset[QueueId]


class LongestWaitingRequested(Event, frozen=True):
    """The agent wants the customer who has waited longest in the served queues."""


class ConversationPicked(Event, frozen=True):
    """The agent wants this waiting conversation."""

    conversation: ConversationId


class AutoTakeSwitched(Event, frozen=True):
    """The agent wants customers taken without a key, or no longer."""


class SnoozeRequested(Event, frozen=True):
    """The agent lets a conversation of theirs sleep."""

    conversation: ConversationId
    until: float | None
    """Server time; ``None`` until the customer writes."""


class MuteRequested(Event, frozen=True):
    """The agent closes a conversation of theirs and wants to hear the customer no more."""

    conversation: ConversationId


class PriorityChosen(Event, frozen=True):
    """The agent calls a conversation more or less urgent."""

    conversation: ConversationId
    priority: Priority | None


class SleepingRequested(Event, frozen=True):
    """The agent wants to see their sleeping conversations."""


class PeekRequested(Event, frozen=True):
    """The agent wants to read a conversation without taking it; the customer does not learn of it."""

    conversation: ConversationId


class PeekLeft(Event, frozen=True):
    """The agent has read enough of a conversation that is not theirs."""


class PeekKept(Event, frozen=True):
    """The agent goes back to work; what they read without taking it stays beside."""


class PreviousRequested(Event, frozen=True):
    """The agent wants to see the customer's earlier conversations."""

    conversation: ConversationId


class SearchRequested(Event, frozen=True):
    """The agent typed in the search over everything."""

    query: str


class CustomersChatsRequested(Event, frozen=True):
    """The agent wants to see the conversations of a customer that was found."""

    contact: ContactId


class HitChosen(Event, frozen=True):
    """The agent wants to see a message that was found."""

    conversation: ConversationId
    message: MessageId | EchoId | None
    """``None`` where the backend does not tell which one it is."""
    at: float
    """When it was written, server time."""
    words: str
    """What was looked for."""


class HitShown(Event, frozen=True):
    """The message that the agent wanted to see is on the screen."""


class ExportRequested(Event, frozen=True):
    """The agent wants conversations in a file."""

    conversations: tuple[ConversationId, ...]
    form: Form
    notes: bool
    """With what customers never see."""


class ToolRequested(Event, frozen=True):
    """The agent wants one of their commands to make a draft from a conversation of theirs."""

    conversation: ConversationId
    tool: str


class TabSelected(Event, frozen=True):
    """The agent went to an open tab."""

    conversation: ConversationId


class MostUrgentRequested(Event, frozen=True):
    """The agent wants their own conversation that is nearest to breaking the promise."""


class TabStepped(Event, frozen=True):
    """The agent went ``step`` tabs to the right (negative: left), around the ends."""

    step: int


class TabClosed(Event, frozen=True):
    """The agent put a conversation out of sight; it stays theirs and comes back when the customer writes."""

    conversation: ConversationId


class DraftChanged(Event, frozen=True):
    """The text beside the customer's name changed."""

    conversation: ConversationId
    text: str
    note: bool
    marks: Marks = NO_MARKS


class ReplySubmitted(Event, frozen=True):
    """The agent sent what they had typed."""

    conversation: ConversationId
    text: str
    note: bool
    echo: EchoId
    marks: Marks = NO_MARKS
    """Canned responses in the text."""


class RetryRequested(Event, frozen=True):
    """The agent wants a failed line sent again."""

    conversation: ConversationId
    echo: EchoId


class OlderRequested(Event, frozen=True):
    """The agent scrolled to the first line known."""

    conversation: ConversationId


class HistoryLetGo(Event, frozen=True):
    """Nobody reads further up in a conversation that is not on the screen: its newest lines will do."""

    conversation: ConversationId


class TagsChosen(Event, frozen=True):
    """The agent left the tag editor with this set."""

    conversation: ConversationId
    tags: frozenset[str]


class TagsOpened(Event, frozen=True):
    """The agent opened the tag editor of a conversation."""

    conversation: ConversationId


class ClosedRequested(Event, frozen=True):
    """The agent wants to see the conversations they closed."""


class TagsAdded(Event, frozen=True):
    """The agent puts these tags on several conversations, beside what they have."""

    conversations: tuple[ConversationId, ...]
    tags: frozenset[str]


class ResolveRequested(Event, frozen=True):
    """The agent is done with the conversation and goes on to the next."""

    conversation: ConversationId


class HandOverRequested(Event, frozen=True):
    """The agent gives a conversation of theirs away, with an optional comment for whoever is next.

    To a colleague, to a team, or, with neither, back to the queue it came from.
    """

    conversation: ConversationId
    agent: AgentId | None = None
    queue: QueueId | None = None
    comment: str = ""
    echo: EchoId = EchoId("")
    """For the comment, which is a note."""


class UndoRequested(Event, frozen=True):
    """The agent takes back what they did last."""


class LeavingRequested(Event, frozen=True):
    """The agent is about to leave the desk."""


class CardRead(Event, frozen=True):
    """The agent has read the card with which a conversation came; ``words`` is the note that says so."""

    conversation: ConversationId
    words: str
    echo: EchoId


class CustomerNoteWritten(Event, frozen=True):
    """The agent wrote something down about the customer of a conversation."""

    conversation: ConversationId
    text: str


class CustomerChanged(Event, frozen=True):
    """The agent changed what is known of the customer of a conversation."""

    conversation: ConversationId
    changes: ContactChanges


class DetailChanged(Event, frozen=True):
    """The agent set a detail of a conversation, or (empty) took it away."""

    conversation: ConversationId
    name: str
    value: str


class LinksSearched(Event, frozen=True):
    """The agent typed in the link picker."""

    query: str
    locale: str | None


class LinksOffered(Event, frozen=True):
    """These addresses stand in a list before the agent's eyes."""

    urls: tuple[str, ...]


class LinkOpened(Event, frozen=True):
    """The agent wants to see an address in their browser."""

    url: str


class RoundTripWanted(Event, frozen=True):
    """The agent wants to know how fast the server answers."""


class AvailabilityChosen(Event, frozen=True):
    """The agent takes chats, or does not."""

    availability: Availability
    reason: Displayable = NOTHING
    """Why not, in the agent's own words. It stays at this desk."""


Doing = (
    ServedQueuesChosen
    | LongestWaitingRequested
    | ConversationPicked
    | AutoTakeSwitched
    | TabSelected
    | MostUrgentRequested
    | TabStepped
    | TabClosed
    | DraftChanged
    | ReplySubmitted
    | RetryRequested
    | OlderRequested
    | HistoryLetGo
    | TagsChosen
    | TagsOpened
    | ClosedRequested
    | TagsAdded
    | ResolveRequested
    | LinksSearched
    | LinksOffered
    | LinkOpened
    | AvailabilityChosen
    | RoundTripWanted
    | HandOverRequested
    | PeekRequested
    | PeekLeft
    | PeekKept
    | PreviousRequested
    | SnoozeRequested
    | MuteRequested
    | PriorityChosen
    | SleepingRequested
    | UndoRequested
    | CardRead
    | CustomerNoteWritten
    | CustomerChanged
    | DetailChanged
    | LeavingRequested
    | SearchRequested
    | CustomersChatsRequested
    | HitChosen
    | HitShown
    | ExportRequested
    | ToolRequested
)
"""What the agent can do at the desk."""
