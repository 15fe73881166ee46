"""What the backend and the engine tell the desk, as events."""

from __future__ import annotations

from collections.abc import Mapping

from agent_tui.desk.capacity import TeamLimits
from agent_tui.desk.doings import Event
from agent_tui.desk.linkbook import Health, LinkUse
from agent_tui.desk.model import Card, Colleague, Draft, Label, LinkTarget, QueueInfo
from agent_tui.desk.problems import Problem
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Line, Unsent
from api_client.backend import Capability
from api_client.models.conversation import Priority, Status
from api_client.models.identity import AgentId, ContactId, ConversationId, EchoId, MessageId, QueueId
from api_client.models.people import Availability
from canned.model import Bookmark, Response


class SignedIn(Event, frozen=True):
    """The backend knows who the agent is."""

    me: Colleague
    account: Displayable
    capabilities: frozenset[Capability]


class StartFailed(Event, frozen=True):
    """The engine could not sign in and has ended; the app leaves with the problem's exit code."""

    problem: Problem


class CatalogLoaded(Event, frozen=True):
    """The account's lists, whole."""

    queues: tuple[QueueInfo, ...]
    colleagues: tuple[Colleague, ...]
    tags: tuple[Label, ...]
    tag_descriptions: Mapping[str, Displayable]
    canned: tuple[Response, ...]
    """The backend's canned responses, as they are written there."""


class TeamLimitsRead(Event, frozen=True):
    """The team's file of limits, and what is wrong in it."""

    limits: TeamLimits
    problems: tuple[Displayable, ...]


class ChatFacts(Event, frozen=True):
    """A conversation as the backend tells it. Not an event by itself; others carry it."""

    id: ConversationId
    queue: QueueId
    inbox: QueueId
    card: Card
    status: Status
    created_at: float
    updated_at: float
    last_activity_at: float
    assignee: Colleague | None
    tags: tuple[Label, ...]
    priority: Priority | None
    waiting_since: float | None
    first_reply_at: float | None
    seen_by_customer_at: float | None
    unread: int
    language: str
    channel: str
    page: Displayable
    last_line: Line | None
    attributes: tuple[tuple[Displayable, Displayable], ...] = ()
    utc_offset: int | None = None


class ConversationsListed(Event, frozen=True):
    """The agent's view of the backend, from a list request.

    ``whole``: these are all open conversations, so any other the desk holds is no longer open
    for this agent. Else these are some, of any status, and all others stand.
    """

    chats: tuple[ChatFacts, ...]
    whole: bool


class ConversationChanged(Event, frozen=True):
    """A conversation appeared or changed."""

    chat: ChatFacts


class MessageReceived(Event, frozen=True):
    """A line appeared in a conversation, anybody's."""

    conversation: ConversationId
    line: Line
    unread: int | None
    last_activity_at: float | None


class MessageChanged(Event, frozen=True):
    """A line changed: delivered, read, failed, deleted."""

    conversation: ConversationId
    line: Line


class NewestLoaded(Event, frozen=True):
    """The newest page of a conversation. ``more``: older ones exist."""

    conversation: ConversationId
    lines: tuple[Line, ...]
    more: bool


class OlderLoaded(Event, frozen=True):
    """The page before the first line known. ``more``: still older ones exist."""

    conversation: ConversationId
    lines: tuple[Line, ...]
    more: bool


class MissedLoaded(Event, frozen=True):
    """All that came in a conversation after a line, perhaps while the connection was down (oldest first)."""

    conversation: ConversationId
    lines: tuple[Line, ...]
    after: MessageId | None = None


class ReplyLeft(Event, frozen=True):
    """The line with this echo id is written down on this machine and on its way to the server."""

    conversation: ConversationId
    echo: EchoId


class ReplySent(Event, frozen=True):
    """The server has the line with this echo id."""

    conversation: ConversationId
    echo: EchoId
    line: Line


class ReplyFailed(Event, frozen=True):
    """The server does not have the line with this echo id."""

    conversation: ConversationId
    echo: EchoId
    problem: Problem


class ConversationTaken(Event, frozen=True):
    """The conversation is the agent's, checked."""

    chat: ChatFacts


class TakeLost(Event, frozen=True):
    """A colleague was faster."""

    conversation: ConversationId
    by: Displayable


class TakeFailed(Event, frozen=True):
    """The conversation could not be taken for another reason."""

    conversation: ConversationId
    problem: Problem


class Resolved(Event, frozen=True):
    """The backend has closed the conversation at the agent's wish."""

    chat: ChatFacts


class ResolveFailed(Event, frozen=True):
    """The backend has not closed it."""

    conversation: ConversationId
    problem: Problem


class TagsSaved(Event, frozen=True):
    """The tags as the backend now has them."""

    conversation: ConversationId
    tags: tuple[Label, ...]


class TagsFailed(Event, frozen=True):
    """The tags were not saved; ``tags`` are the ones to go back to."""

    conversation: ConversationId
    tags: tuple[Label, ...]
    problem: Problem


class LoadFailed(Event, frozen=True):
    """Messages of a conversation could not be fetched."""

    conversation: ConversationId
    problem: Problem


class LinksFound(Event, frozen=True):
    """Answer to a link search."""

    query: str
    links: tuple[LinkTarget, ...]


class LinksFailed(Event, frozen=True):
    """A link search got no answer."""

    query: str
    problem: Problem


class LinkChecked(Event, frozen=True):
    """An address has been asked whether it answers."""

    url: str
    health: Health


class LinkOpenFailed(Event, frozen=True):
    """An address could not be shown in a browser."""

    url: str


class BookmarksRead(Event, frozen=True):
    """The team's bookmarks, the nearest first, and what is wrong in their files."""

    bookmarks: tuple[Bookmark, ...]
    problems: tuple[Displayable, ...]


class LinkUsesRestored(Event, frozen=True):
    """Addresses sent in earlier runs, found on this machine at start."""

    uses: tuple[LinkUse, ...]


LinkHeard = LinkChecked | LinkOpenFailed | BookmarksRead | LinkUsesRestored
"""What the engine tells about addresses, beside the backend."""


class AvailabilityFailed(Event, frozen=True):
    """The backend did not take the agent's availability; ``was`` is what still holds."""

    was: Availability
    problem: Problem


class TypingSeen(Event, frozen=True):
    """The customer or a colleague started or stopped typing."""

    conversation: ConversationId
    who: Displayable
    by_customer: bool
    on: bool


class CustomerRead(Event, frozen=True):
    """The customer has read up to ``at``."""

    conversation: ConversationId
    at: float


class PresenceSeen(Event, frozen=True):
    """Colleagues' availability, and which customers are there; whoever is missing is not."""

    agents: Mapping[AgentId, Availability]
    customers: frozenset[ContactId] = frozenset()


class Subscribed(Event, frozen=True):
    """The live connection is there and keeps what comes until the lists are known."""


class ConnectionOpened(Event, frozen=True):
    """Live from now on."""


class ConnectionDropped(Event, frozen=True):
    """Not live any more; the next attempt comes in ``retry_in`` seconds."""

    reason: str
    retry_in: float
    attempt: int


class AccessRefused(Event, frozen=True):
    """The token is no longer accepted."""


class ServerHeard(Event, frozen=True):
    """The server's clock was read. ``offset``: its epoch seconds minus our monotonic seconds."""

    offset: float


class RoundTripMeasured(Event, frozen=True):
    """How long the server took to answer, in seconds; ``None``: it did not."""

    seconds: float | None


class DraftsRestored(Event, frozen=True):
    """Drafts found on this machine at start."""

    drafts: Mapping[ConversationId, Draft]


class UnsentRestored(Event, frozen=True):
    """Texts found on this machine at start that an earlier run did not send for certain, in order."""

    texts: tuple[Unsent, ...]


class StorageFailed(Event, frozen=True):
    """Drafts or texts to be sent cannot be written on this machine; typing and sending go on."""

    problem: Problem


class Ticked(Event, frozen=True):
    """About a second has passed."""

    local_minute: int | None = None
    """The minute of the day where the agent is; ``None`` where nobody tells."""


Told = (
    SignedIn
    | StartFailed
    | CatalogLoaded
    | TeamLimitsRead
    | ConversationsListed
    | ConversationChanged
    | MessageReceived
    | MessageChanged
    | NewestLoaded
    | OlderLoaded
    | MissedLoaded
    | ReplyLeft
    | ReplySent
    | ReplyFailed
    | ConversationTaken
    | TakeLost
    | TakeFailed
    | Resolved
    | ResolveFailed
    | TagsSaved
    | TagsFailed
    | LoadFailed
    | LinksFound
    | LinksFailed
    | LinkChecked
    | LinkOpenFailed
    | BookmarksRead
    | LinkUsesRestored
    | AvailabilityFailed
    | TypingSeen
    | CustomerRead
    | PresenceSeen
    | Subscribed
    | ConnectionOpened
    | ConnectionDropped
    | AccessRefused
    | ServerHeard
    | RoundTripMeasured
    | DraftsRestored
    | UnsentRestored
    | StorageFailed
    | Ticked
)
"""What the desk can be told."""
