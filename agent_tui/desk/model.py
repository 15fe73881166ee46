"""What the desk holds: conversations, lines, waits, tabs. Owned by the thread that paints, alone.

Texts from outside are :class:`Displayable` here; the raw form stays only where it is sent back
(drafts, tags, canned responses) or can be asked for (``Line.raw``). Times are epoch seconds by the
server's clock unless a name says ``local``: those are seconds of the client's monotonic clock.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from agent_tui.desk.capacity import AutoTake, Capacity
from agent_tui.desk.file_model import Chosen, FileDesk
from agent_tui.desk.found import Search, Sought
from agent_tui.desk.intaking import Intaking
from agent_tui.desk.lead_model import Lead
from agent_tui.desk.linkbook import Linkbook
from agent_tui.desk.notice import Notice
from agent_tui.desk.passages import NO_MARKS, Marks, Passage
from agent_tui.desk.prepared import Texts
from agent_tui.desk.quiet import CALLED_ONCE, Alerts
from agent_tui.desk.rules import NONE_SETTLED, Rules
from agent_tui.desk.steps import Holds, Step
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.transcript import LONG_AGO, Order, Transcript, Unsent
from agent_tui.desk.view import Forecast
from agent_tui.desk.waiting_index import WaitingIndex
from agent_tui.desk.writing_speed import WritingSpeed
from api_client.backend import Capability
from api_client.models.conversation import Priority, Status
from api_client.models.hours import OpeningHours
from api_client.models.identity import (
    AgentId,
    ArticleId,
    ContactId,
    ConversationId,
    EchoId,
    QueueId,
)
from api_client.models.people import Availability
from canned.model import After


class Label(Struct, frozen=True):
    """A name that is sent back as it came and shown cleaned."""

    value: str
    shown: Displayable


class Colleague(Struct, frozen=True):
    """An agent, the signed-in one included."""

    id: AgentId
    name: Displayable
    availability: Availability = Availability.OFFLINE
    email: Displayable = NOTHING
    """Where the backend's list of agents tells it."""
    leads: bool = False
    """Administrators are who an agent calls for help."""


class Pause(Struct, frozen=True):
    """Since when the agent takes no chats, and why."""

    reason: Displayable = NOTHING
    since_local: float | None = None
    """``None`` when it began before the desk did."""


NO_PAUSE = Pause()


class Card(Struct, frozen=True):
    """The customer as shown. Empty text where the backend knows nothing."""

    id: ContactId
    name: Displayable
    raw_name: str
    """For canned responses."""
    email: Displayable = NOTHING
    phone: Displayable = NOTHING
    identifier: Displayable = NOTHING
    language: Displayable = NOTHING
    city: Displayable = NOTHING
    since: float | None = None
    attributes: tuple[tuple[Displayable, Displayable], ...] = ()


class CustomerNote(Struct, frozen=True):
    """What a colleague wrote down about a customer."""

    text: Displayable
    author: Displayable
    at: float


class Hit(Struct, frozen=True):
    """A conversation in a list to choose from, whether the desk holds it or not."""

    conversation: ConversationId
    customer: Displayable
    words: Displayable
    """What was said last, or where the search struck."""
    at: float
    status: Status | None = None
    """``None`` where the list does not tell."""
    rating: int | None = None
    """What the customer answered to the survey, 1 to 5."""
    language: str = ""
    """What the customer came with, in two letters; empty when nothing tells it."""


class Draft(Struct):
    """What the agent has typed and not sent."""

    text: str = ""
    note: bool = False
    """Meant as a private note."""
    marks: Marks = NO_MARKS
    """Canned responses in it, and fields to fill in."""
    files: tuple[Chosen, ...] = ()
    """Chosen to go with it."""

    @property
    def empty(self) -> bool:
        """Nothing in it would be lost."""
        return not (self.text.strip() or self.files)


class Chat(Struct):
    """One conversation the desk knows."""

    id: ConversationId
    queue: QueueId
    inbox: QueueId
    card: Card
    status: Status
    created_at: float
    updated_at: float
    last_activity_at: float
    assignee: Colleague | None = None
    tags: tuple[Label, ...] = ()
    priority: Priority | None = None
    waiting_since: float | None = None
    """The customer's first message without an answer."""
    slept: float = 0.0
    """Seconds since ``waiting_since`` that it slept and that do not count."""
    asleep_since: float | None = None
    """Known to sleep since then."""
    first_reply_at: float | None = None
    seen_by_customer_at: float | None = None
    unread: int = 0
    language: str = ""
    """Two letters, lower case; empty when unknown."""
    channel: str = ""
    page: Displayable = NOTHING
    first_words: Displayable = NOTHING
    """Of the newest customer message known, on one line."""
    customer_wrote: Order = LONG_AGO
    """The newest customer message known."""
    answered: Order = LONG_AGO
    """The newest answer by a human known; notes and automatic messages are none."""
    draft: Draft = field(default_factory=Draft)
    prepared: tuple[Passage, ...] = ()
    """Canned responses that the agent has sent to the customer here since the start, oldest first."""
    tried: frozenset[str] = frozenset()
    """Keys of the canned responses that were in the text since the last one was sent."""
    on_trial: tuple[str, ...] = ()
    """Keys of those in the last text sent, until the customer says something to it."""
    afterwards: dict[EchoId, After] = field(default_factory=dict)
    """What follows texts on their way once they have arrived."""
    transcript: Transcript = field(default_factory=Transcript)
    customer_typing_until: float = 0.0
    """Local time; the mark is shown before it. 0 when there is none."""
    there: bool | None = None
    """Whether the customer is there, by the backend's word; ``None`` until they were seen there."""
    colleague_typing: Displayable = NOTHING
    colleague_typing_until: float = 0.0
    """Local time; 0 when nobody types."""
    colleague_wrote: Displayable = NOTHING
    """The colleague whose line came after the agent began the draft."""
    word_waits: bool = False
    """A lead wrote the agent a word that they have not looked at."""
    tags_saving: int = 0
    """Changes of the tags the backend has not answered; its own tags are old news meanwhile."""
    told_at_local: float = 0.0
    """When the backend last told of it."""
    attributes: tuple[tuple[Displayable, Displayable], ...] = ()
    """Details of the conversation that the backend keeps by name."""
    utc_offset: int | None = None
    """Seconds that the customer's clock is ahead of UTC."""
    notes: tuple[CustomerNote, ...] | None = None
    """What colleagues wrote down about the customer, newest first; ``None`` until fetched."""
    previous: tuple[Hit, ...] | None = None
    """The customer's other conversations, newest first; ``None`` until fetched."""


class QueueInfo(Struct, frozen=True):
    """A queue as shown."""

    id: QueueId
    name: Displayable
    raw_name: str
    member: bool
    channel: str = ""
    team: bool = False
    """Colleagues whom conversations can be handed to, not a way in for customers."""
    agents: frozenset[AgentId] | None = None
    """Who serves it; ``None`` where nobody has asked."""
    hours: OpeningHours | None = None
    """When it is open; ``None`` when nobody told, or by a clock that this machine does not know."""


class TagCounts(Struct, frozen=True):
    """How often tags stand on the newest conversations of a queue."""

    times: Counter[str]
    at_local: float
    """When that was asked for."""


class LinkTarget(Struct, frozen=True):
    """A help-centre article to link to."""

    id: ArticleId
    title: Displayable
    url: str
    locale: str = ""
    category: Displayable = NOTHING
    summary: Displayable = NOTHING


class Link(enum.Enum):
    """State of the live connection."""

    STARTING = "starting"
    LIVE = "live"
    LOST = "lost"
    REFUSED = "refused"
    """The token is no longer accepted; nothing is tried any more."""


class Connection(Struct):
    """The live connection, for the banner."""

    link: Link = Link.STARTING
    reason: str = ""
    """A stable word of ``api_client.models.events.ConnectionLost.reason``."""
    since_local: float = 0.0
    """When ``link`` took its value."""
    retry_at_local: float | None = None
    attempt: int = 0
    heard_at_local: float = 0.0
    """When the server was last heard."""
    catching_up: bool = False
    """Lost, there again, and what was missed is being fetched."""


class OwnTyping(Struct):
    """The agent's own typing mark in a conversation."""

    private: bool
    until_local: float
    """When it goes out unless another key comes."""


class DeskState(Struct):
    """Everything the workstation shows. Changed by ``desk.update`` only."""

    rules: Rules = NONE_SETTLED
    """What the team has settled; given at start."""
    me: Colleague | None = None
    account: Displayable = NOTHING
    availability: Availability = Availability.ONLINE
    pause: Pause = NO_PAUSE
    """The newest one; it holds while ``availability`` says so."""
    capabilities: frozenset[Capability] = frozenset()
    connection: Connection = field(default_factory=Connection)
    clock_offset: float | None = None
    """Server's epoch seconds minus the client's monotonic seconds; ``None`` until measured."""
    round_trip: float | None = None
    """Seconds that the server took to answer when last asked for that; ``None`` when it did not."""
    queues: dict[QueueId, QueueInfo] = field(default_factory=dict)
    served: frozenset[QueueId] | None = None
    """Queues the agent serves; ``None`` means all they are a member of."""
    chats: dict[ConversationId, Chat] = field(default_factory=dict)
    tabs: list[ConversationId] = field(default_factory=list)
    active: ConversationId | None = None
    gone: Displayable = NOTHING
    """The customer whose chat went from the screen without the agent's doing, until another is there."""
    peeked: ConversationId | None = None
    """Read without being taken; nothing is ``active`` meanwhile."""
    peeked_from: ConversationId | None = None
    """What was active before."""
    peek_wanted: ConversationId | None = None
    """To be read as soon as the backend tells of it."""
    beside: ConversationId | None = None
    """Read without being taken, and left standing beside the one that is worked in."""
    beside_of: ConversationId | None = None
    """Which one that is."""
    waiting: WaitingIndex = field(default_factory=WaitingIndex)
    """The order of ``chats`` that wait for anybody."""
    capacity: Capacity = field(default_factory=Capacity)
    """How much everybody has in hand."""
    auto: AutoTake = field(default_factory=AutoTake)
    """Customers taken without a key."""
    taking: set[ConversationId] = field(default_factory=set)
    """Being taken: the answer is awaited."""
    wrote_meanwhile: set[ConversationId] = field(default_factory=set)
    """Those of ``taking`` since whose asking the agent has written elsewhere."""
    resolving: set[ConversationId] = field(default_factory=set)
    """Being resolved by the agent: the answer is awaited."""
    parting: dict[ConversationId, Notice] = field(default_factory=dict)
    """Being given away by the agent: the answer is awaited; what to tell when it comes."""
    holds: Holds = field(default_factory=Holds)
    """How long the agent can take back what they did."""
    steps: list[Step] = field(default_factory=list)
    """What they can take back now, oldest first."""
    carded: dict[ConversationId, Displayable] = field(default_factory=dict)
    """Customers the agent gave away with a card that nobody is known to have read yet, by name."""
    sleeping: tuple[Hit, ...] | None = None
    """The agent's sleeping conversations as last listed; ``None`` while that is awaited."""
    search: Search = field(default_factory=Search)
    """The newest search over everything."""
    customers_chats: tuple[ContactId, tuple[Hit, ...]] | None = None
    """Of a customer that was found, newest first; ``None`` while that is awaited."""
    sought: Sought | None = None
    """The message that the agent wants to see."""
    tools: tuple[str, ...] = ()
    """Names of the agent's commands."""
    tools_at_work: set[tuple[ConversationId, str]] = field(default_factory=set)
    """Which of the agent's commands works on which conversation."""
    asked: dict[ConversationId, float] = field(default_factory=dict)
    """Conversations asked for and not told of yet, with the local time of asking."""
    listed: bool = False
    """The backend has listed conversations at least once."""
    typing: dict[ConversationId, OwnTyping] = field(default_factory=dict)
    """Where the agent's typing mark is on."""
    typists: set[ConversationId] = field(default_factory=set)
    """Conversations in which somebody else's typing mark may be on."""
    pending_drafts: dict[ConversationId, Draft] = field(default_factory=dict)
    """Found on this machine for conversations not known yet."""
    pending_unsent: dict[ConversationId, list[Unsent]] = field(default_factory=dict)
    """Texts an earlier run did not send, for conversations not known yet."""
    colleagues: dict[AgentId, Colleague] = field(default_factory=dict)
    tags: tuple[Label, ...] = ()
    tag_counts: dict[QueueId, TagCounts] = field(default_factory=dict)
    """Of queues asked about."""
    closed: tuple[Hit, ...] | None = None
    """The agent's closed conversations as last listed; ``None`` while that is awaited."""
    tag_descriptions: Mapping[str, Displayable] = field(default_factory=dict)
    texts: Texts | None = None
    """The canned responses; ``None`` until they are read."""
    links: tuple[LinkTarget, ...] = ()
    """Answer to the newest link search."""
    links_query: str | None = None
    """The search ``links`` answers; ``None`` before the first and while a newer one is unanswered."""
    links_wanted: str | None = None
    """The newest search; answers to others come too late."""
    linkbook: Linkbook = field(default_factory=Linkbook)
    """What is known about addresses."""
    files: FileDesk = field(default_factory=FileDesk)
    intaking: Intaking = field(default_factory=Intaking)
    """What a lead has settled about closing and opening queues."""
    alerts: Alerts = CALLED_ONCE
    """What the agent has settled about being called."""
    quiet: bool = False
    """These are hours in which nothing rings."""
    rang_at_local: float | None = None
    ring_owed: bool = False
    """Somebody called too soon after the last ring."""
    storage_warned_at_local: float | None = None
    catalog_asked_at_local: float | None = None
    speed: WritingSpeed = field(default_factory=WritingSpeed)
    forecast: Forecast | None = None
    """What the agent will not be in time for, as things stand."""
    lead: Lead = field(default_factory=Lead)
    """The signed-in person as the team lead, on the board."""
    handled: int = 0
    """Conversations the agent resolved since start."""

    def __post_init__(self) -> None:
        for chat in self.chats.values():
            self.waiting.follow(chat)
            self.capacity.assigned.follow(chat)
