"""Turns what a backend tells into what the desk holds. Pure; texts from outside become safe to show here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from agent_tui.desk import events as d
from agent_tui.desk.file_model import FileLine
from agent_tui.desk.model import Card, Colleague, CustomerNote, Hit, Label, LinkTarget, QueueInfo
from agent_tui.desk.opening import knows_zone
from agent_tui.desk.private_numbers import masked, without_private_numbers
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.selectors import two_letters
from agent_tui.desk.standing import FIRST_WORDS
from agent_tui.desk.text import LINE_LIMIT, NOTHING, Displayable, clean_block, clean_line
from agent_tui.desk.transcript import Fate, Line
from api_client import errors
from api_client.backend import Capability
from api_client.models.conversation import Conversation
from api_client.models.identity import AgentId, QueueId
from api_client.models.library import Article, CannedResponse, Tag
from api_client.models.message import Attachment, AuthorKind, Delivery, Message, MessageKind
from api_client.models.people import Agent, AgentRef, Contact, ContactNote, Me, Queue, QueueKind, Role
from canned.layers import SERVER_KEYS
from canned.model import Response, folded

_TROUBLES: Final[Mapping[type[errors.ApiError], Trouble]] = {
    errors.ApiError: Trouble.BAD_ANSWER,
    errors.Unreachable: Trouble.UNREACHABLE,
    errors.ConnectFailed: Trouble.UNREACHABLE,
    errors.BadAddress: Trouble.UNREACHABLE,
    errors.InsecureAddress: Trouble.UNREACHABLE,
    errors.CertificateRefused: Trouble.UNREACHABLE,
    errors.AnswerLost: Trouble.UNREACHABLE,
    errors.NotSignedIn: Trouble.NOT_SIGNED_IN,
    errors.CodeTooLate: Trouble.NOT_SIGNED_IN,
    errors.NotAllowed: Trouble.NOT_ALLOWED,
    errors.NotFound: Trouble.NOT_FOUND,
    errors.Refused: Trouble.REFUSED,
    errors.TooLarge: Trouble.TOO_LARGE,
    errors.AlreadyTaken: Trouble.REFUSED,
    errors.RateLimited: Trouble.LIMITED,
    errors.ServerFault: Trouble.SERVER_FAULT,
    errors.BadAnswer: Trouble.BAD_ANSWER,
    errors.NotABackend: Trouble.BAD_ANSWER,
    errors.Unsupported: Trouble.UNSUPPORTED,
}
_FATES: Final[Mapping[Delivery, Fate]] = {
    Delivery.SENT: Fate.SENT,
    Delivery.DELIVERED: Fate.DELIVERED,
    Delivery.READ: Fate.READ,
    Delivery.FAILED: Fate.FAILED,
}
_NOTE_LIMIT: Final = 1000
"""Characters of a note on a customer that are shown."""
UNEXPLAINED: Final = Problem(Trouble.BAD_ANSWER)
"""For a fault of our own: logged in full, told in general."""


def shielded_line(raw: str, limit: int = LINE_LIMIT) -> Displayable:
    """One line that shows nobody's private numbers, for where nobody can ask to see them."""
    return without_private_numbers(clean_line(raw, limit=limit))


def problem_of(error: errors.ApiError) -> Problem:
    """The error as the desk needs to know it. Every kind of error has its row in the table."""
    return Problem(_TROUBLES[type(error)], shielded_line(error.detail))


def disk_problem(error: Exception) -> Problem:
    """A file that cannot be written, in the system's own words."""
    return Problem(Trouble.DISK, clean_line(str(error)))


def language_code(language: str | None) -> str:
    """Two letters, lower case, of a language tag such as ``sv-FI``; empty when there is none."""
    letters = (language or "").strip()[:2].lower()
    return letters if len(letters) == 2 and letters.isascii() and letters.isalpha() else ""  # noqa: PLR2004


def line_of(message: Message, me: AgentId) -> Line:
    """A message as a line of the log; ``me`` tells the agent's own."""
    block = clean_block(message.text)
    author = message.author
    mine = author is not None and author.kind is AuthorKind.AGENT and author.id == me
    return Line(
        key=message.id,
        echo=message.echo,
        kind=message.kind,
        author=_author(author.name) if author else NOTHING,
        mine=mine and message.kind in {MessageKind.AGENT, MessageKind.NOTE},
        text=block.text,
        altered=block.altered,
        cut=block.cut,
        # One text in memory where nothing was altered, which is nearly always.
        raw=block.text if block.text == message.text else message.text,
        at=message.created_at,
        sequence=message.sequence,
        fate=_FATES[message.delivery] if mine else Fate.RECEIVED,
        problem=shielded_line(message.error or ""),
        files=tuple(map(file_of, message.attachments)),
        deleted=message.deleted,
        masked=masked(block.text),
    )


@lru_cache(maxsize=512)
def _author(name: str) -> Displayable:
    """A name is the same object in all lines of its author."""
    return shielded_line(name)


def lines_of(messages: Iterable[Message], me: AgentId) -> tuple[Line, ...]:
    """Messages as lines, in the same order."""
    return tuple(line_of(message, me) for message in messages)


def chat_of(conversation: Conversation, me: AgentId) -> d.ChatFacts:
    """A conversation as the desk takes it in."""
    last = conversation.last_message
    return d.ChatFacts(
        id=conversation.id,
        queue=conversation.queue,
        inbox=conversation.inbox,
        card=card_of(conversation.contact),
        status=conversation.status,
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
        last_activity_at=conversation.last_activity_at,
        assignee=_named(conversation.assignee),
        tags=labels_of(conversation.tags),
        priority=conversation.priority,
        waiting_since=conversation.waiting_since,
        first_reply_at=conversation.first_reply_at,
        seen_by_customer_at=conversation.contact_seen_at,
        unread=conversation.unread,
        language=language_code(conversation.language or conversation.contact.language),
        channel=conversation.channel,
        page=shielded_line(conversation.page or ""),
        last_line=None if last is None else line_of(last, me),
        attributes=_named_values(conversation.attributes),
        utc_offset=conversation.utc_offset,
    )


def chats_of(conversations: Iterable[Conversation], me: AgentId) -> tuple[d.ChatFacts, ...]:
    """Conversations as the desk takes them in, in the same order."""
    return tuple(chat_of(conversation, me) for conversation in conversations)


def hit_of(conversation: Conversation) -> Hit:
    """A conversation as one to choose from a list."""
    last = conversation.last_message
    return Hit(
        conversation.id,
        shielded_line(conversation.contact.name),
        NOTHING if last is None else shielded_line(last.text, FIRST_WORDS),
        conversation.last_activity_at,
        conversation.status,
        conversation.rating,
        two_letters(conversation.language or conversation.contact.language or ""),
    )


def note_of(note: ContactNote) -> CustomerNote:
    """What a colleague wrote down, as shown."""
    text = shielded_line(note.text, _NOTE_LIMIT)
    return CustomerNote(text, clean_line(note.author), note.created_at)


def _named_values(values: Iterable[tuple[str, str]]) -> tuple[tuple[Displayable, Displayable], ...]:
    return tuple((clean_line(name), clean_line(value)) for name, value in values)


def card_of(contact: Contact) -> Card:
    """A customer as shown."""
    return Card(
        id=contact.id,
        name=shielded_line(contact.name),
        raw_name=contact.name,
        email=clean_line(contact.email or ""),
        phone=clean_line(contact.phone or ""),
        identifier=clean_line(contact.identifier or ""),
        language=Displayable(language_code(contact.language)),
        city=clean_line(contact.city or ""),
        since=contact.created_at,
        attributes=_named_values(contact.attributes),
    )


def labels_of(tags: Iterable[str]) -> tuple[Label, ...]:
    """Tags as shown, in the same order."""
    return tuple(Label(tag, clean_line(tag)) for tag in tags)


def signed_in(me: Me, capabilities: frozenset[Capability]) -> d.SignedIn:
    """Who the agent is."""
    return d.SignedIn(_colleague(me.agent), clean_line(me.account), capabilities)


def catalog(
    queues: Iterable[Queue],
    agents: Iterable[Agent],
    tags: Iterable[Tag],
    canned: Iterable[CannedResponse],
    serve: Mapping[QueueId, frozenset[AgentId] | None] = {},
) -> d.CatalogLoaded:
    """The account's lists; ``serve``: who serves each queue, where that was asked."""
    tags = tuple(tags)
    return d.CatalogLoaded(
        queues=tuple(_queue(queue, serve.get(queue.id)) for queue in queues),
        colleagues=tuple(map(_colleague, agents)),
        tags=labels_of(tag.name for tag in tags),
        tag_descriptions={tag.name: clean_line(tag.description) for tag in tags if tag.description},
        canned=tuple(map(_canned, canned)),
    )


def _queue(queue: Queue, agents: frozenset[AgentId] | None) -> QueueInfo:
    return QueueInfo(
        queue.id,
        clean_line(queue.name),
        queue.name,
        queue.member,
        queue.channel,
        team=queue.kind is QueueKind.TEAM,
        agents=agents,
        hours=queue.hours if queue.hours is not None and knows_zone(queue.hours.zone) else None,
    )


def link_of(article: Article) -> LinkTarget:
    """A help-centre article as a link to send."""
    return LinkTarget(
        id=article.id,
        title=clean_line(article.title),
        url=article.url,
        locale=article.locale,
        category=clean_line(article.category),
        summary=clean_line(article.summary),
    )


def _named(agent: AgentRef | None) -> Colleague | None:
    return None if agent is None else Colleague(agent.id, clean_line(agent.name))


def _colleague(agent: Agent) -> Colleague:
    return Colleague(
        agent.id,
        clean_line(agent.name),
        agent.availability,
        clean_line(agent.email),
        leads=agent.role is Role.ADMINISTRATOR,
    )


def _canned(response: CannedResponse) -> Response:
    """Its key is made of the shortcut, so that figures of a response outlive a list made anew."""
    return Response(f"{SERVER_KEYS}{folded(response.shortcut)}", response.shortcut, response.text)


def file_of(attachment: Attachment) -> FileLine:
    """A file as shown."""
    name = attachment.name or attachment.kind
    return FileLine(
        shielded_line(name), clean_line(attachment.kind), attachment.size, attachment.id, attachment.url
    )
