"""What a desk asks of a chat backend, whichever it is."""

from __future__ import annotations

import enum
from collections.abc import AsyncIterator, Callable
from typing import Protocol

from api_client.models.conversation import Conversation, ConversationPage, ConversationQuery, Priority, Status
from api_client.models.events import BackendEvent
from api_client.models.identity import AgentId, ContactId, ConversationId, MessageId, QueueId
from api_client.models.intake import Intake, IntakeChanges
from api_client.models.library import Article, CannedResponse, Tag
from api_client.models.message import Attachment, Message, MessagePage, Outgoing
from api_client.models.people import Agent, Availability, Contact, ContactChanges, ContactNote, Me, Queue
from api_client.models.search import Found


class Capability(enum.Enum):
    """What a backend may or may not be able to do."""

    AGENT_TYPING_TO_AGENTS = "agent typing to agents"
    ARTICLES = "articles"
    ATTACHMENTS = "attachments"
    CLEAR_PRIORITY = "clear priority"
    CUSTOMER_READ_RECEIPTS = "customer read receipts"
    MUTE = "mute"
    CONTACT_EDIT = "contact edit"
    CONTACT_NOTES = "contact notes"
    CUSTOM_ATTRIBUTES = "custom attributes"
    INTAKE = "intake"
    """To close and open queues, and to change their hours and what they say; often for some roles only."""
    PENDING = "pending"
    PREVIOUS_CONVERSATIONS = "previous conversations"
    RECENT_CHANGES = "recent changes"
    """To list what changed in the last so many seconds, in one page: ``ConversationQuery.updated_within``."""
    SEARCH = "search"
    TEAMS = "teams"
    UNTIL_REPLY_SNOOZE = "snooze until reply"


class Backend(Protocol):
    """One signed-in agent on one account.

    Every call may raise any :class:`api_client.errors.ApiError` and nothing else; cancelling a call is
    safe. Reads may be repeated freely. ``send`` is not idempotent: after ``AnswerLost`` look first.
    """

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this backend can do; constant after :meth:`sign_in`."""
        ...

    async def sign_in(self) -> Me:
        """Check the token and learn who the agent is. Must come first."""
        ...

    async def set_availability(self, availability: Availability) -> None:
        """Tell colleagues and the backend's routing whether the agent takes chats."""
        ...

    async def queues(self) -> tuple[Queue, ...]:
        """Inboxes and teams, by name."""
        ...

    async def intake(self, queue: QueueId) -> Intake:
        """When a queue is open and what it says by itself.

        Raises:
            Unsupported: this kind of queue has no hours of its own.
        """
        ...

    async def set_intake(self, queue: QueueId, changes: IntakeChanges) -> Intake:
        """Change it, for all customers from now on; only with ``Capability.INTAKE``.

        Setting it again changes nothing, so it may be repeated. Returns it as it is now.

        Raises:
            NotAllowed: this agent's role may not.
            Refused: the backend does not take such hours or texts.
            Unsupported: this kind of queue has no hours of its own.
        """
        ...

    async def queue_agents(self, queue: QueueId) -> frozenset[AgentId]:
        """Who serves a queue, as the backend has it; whoever may do without being a member is not in it."""
        ...

    async def agents(self) -> tuple[Agent, ...]:
        """All colleagues, the agent included, by name."""
        ...

    async def tags(self) -> tuple[Tag, ...]:
        """All tags of the account, by name."""
        ...

    async def canned_responses(self) -> tuple[CannedResponse, ...]:
        """The shared canned responses."""
        ...

    async def search_articles(self, query: str, locale: str | None = None) -> tuple[Article, ...]:
        """Published help-centre articles that match; an empty query lists the first page of all."""
        ...

    async def conversations(self, query: ConversationQuery, page: int = 1) -> ConversationPage:
        """One page of the agent's view, pages from 1; unassigned ones come longest waiting first."""
        ...

    async def conversation(self, conversation: ConversationId) -> Conversation:
        """One conversation as it is now."""
        ...

    async def messages(
        self,
        conversation: ConversationId,
        *,
        before: MessageId | None = None,
        after: MessageId | None = None,
    ) -> MessagePage:
        """Messages in ascending order: the newest page, or the page before or after a message.

        ``before`` and ``after`` exclude the message named, and exclude each other.
        """
        ...

    async def send(
        self,
        conversation: ConversationId,
        outgoing: Outgoing,
        progress: Callable[[int, int], None] | None = None,
    ) -> Message:
        """Send a reply or a note, files with it; returns the message the server made of it.

        ``@`` and a colleague's whole name in a note calls them in, where the backend can. ``progress`` is
        told how many bytes of the files have been handed over, of how many. An upload that broke off
        before the last byte is ``ConnectFailed``: the server cannot have it.

        Raises:
            TooLarge: the server does not take so much.
        """
        ...

    async def files(self, conversation: ConversationId) -> tuple[Attachment, ...]:
        """The newest files of a conversation, newest first: at least a hundred, when there are as many."""
        ...

    async def download(self, file: Attachment, take: Callable[[bytes], None], *, limit: int) -> None:
        """Fetch a file and hand its bytes to ``take`` as they come.

        What proves who asks goes to the installation's own host only.

        Raises:
            TooLarge: it has more than ``limit`` bytes; ``take`` has been given no more than that.
        """
        ...

    async def take(self, conversation: ConversationId) -> Conversation:
        """Assign an unassigned conversation to the agent and check that it stayed so.

        Raises:
            AlreadyTaken: a colleague was faster, before or in between.
        """
        ...

    async def assign(self, conversation: ConversationId, agent: AgentId | None) -> None:
        """Hand a conversation to a colleague, or to nobody."""
        ...

    async def move(self, conversation: ConversationId, queue: QueueId | None) -> None:
        """Hand a conversation to another queue (a team); ``None`` takes it out of its team."""
        ...

    async def set_status(
        self, conversation: ConversationId, status: Status, *, until: float | None = None
    ) -> Conversation:
        """Open, resolve or snooze; ``until`` is epoch seconds, ``None`` means until the customer replies."""
        ...

    async def set_priority(self, conversation: ConversationId, priority: Priority | None) -> None:
        """Call it more or less urgent; ``None`` takes the priority away where the backend can."""
        ...

    async def mute(self, conversation: ConversationId) -> None:
        """Close the conversation and hear the customer no more; only with ``Capability.MUTE``."""
        ...

    async def set_tags(
        self, conversation: ConversationId, *, add: frozenset[str], remove: frozenset[str]
    ) -> tuple[str, ...]:
        """Add and remove tags, leaving others' tags alone; returns the tags as they are now."""
        ...

    async def set_typing(self, conversation: ConversationId, *, on: bool, private: bool = False) -> None:
        """Show or hide the agent's typing mark. The backend decides who sees it."""
        ...

    async def mark_seen(self, conversation: ConversationId) -> None:
        """Say that the agent has read the conversation."""
        ...

    async def contact(self, contact: ContactId) -> Contact:
        """Everything known about a customer."""
        ...

    async def contact_conversations(self, contact: ContactId) -> tuple[Conversation, ...]:
        """The customer's conversations the agent may see, newest first."""
        ...

    async def contact_notes(self, contact: ContactId) -> tuple[ContactNote, ...]:
        """What colleagues wrote down about a customer, newest first; with ``Capability.CONTACT_NOTES``."""
        ...

    async def add_contact_note(self, contact: ContactId, text: str) -> ContactNote:
        """Write something down about a customer, who never sees it. Not idempotent."""
        ...

    async def update_contact(self, contact: ContactId, changes: ContactChanges) -> Contact:
        """Change what is known of a customer; only with ``Capability.CONTACT_EDIT``.

        Raises:
            Refused: a value that the backend does not take, such as another customer's e-mail address.
        """
        ...

    async def set_attribute(self, conversation: ConversationId, name: str, value: str) -> Conversation:
        """Set a custom attribute of a conversation, or (empty) take it away; others stay.

        Only with ``Capability.CUSTOM_ATTRIBUTES``.
        """
        ...

    async def search(self, words: str) -> Found:
        """What the agent may see of conversations, messages and customers that match.

        Only with ``Capability.SEARCH``. Empty words find nothing. How far back messages are looked through
        is up to the backend.
        """
        ...

    def events(self) -> AsyncIterator[BackendEvent]:
        """The live connection, kept up until the iterator is closed. One iterator at a time."""
        ...

    async def aclose(self) -> None:
        """Close every connection."""
        ...
