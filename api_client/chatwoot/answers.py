"""Whole answers of Chatwoot as models: its many envelopes opened, its lists and pages read."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct

from api_client.chatwoot import decode
from api_client.chatwoot.opening import opening_hours
from api_client.chatwoot.queue_ids import inbox_queue, team_queue
from api_client.chatwoot.reading import each, identifier, integer, load, mapping, rows, text
from api_client.errors import BadAnswer, NotAllowed
from api_client.models.conversation import AssigneeFilter, Conversation, ConversationPage, ConversationQuery
from api_client.models.identity import AgentId, ArticleId, CannedId, ConversationId
from api_client.models.library import Article, CannedResponse, Tag
from api_client.models.message import Attachment, Message, MessagePage
from api_client.models.people import Agent, Contact, Me, Queue, QueueKind
from api_client.secret import Secret

CONVERSATIONS_PAGE: Final = 25
MESSAGES_PAGE: Final = 20
MESSAGES_AFTER_PAGE: Final = 100
_OPENING_WITHIN: Final = 300

_COUNTS: Final = {
    AssigneeFilter.MINE: "mine_count",
    AssigneeFilter.UNASSIGNED: "unassigned_count",
    AssigneeFilter.ANYONE: "all_count",
}


class Profile(Struct, frozen=True):
    """Who is signed in, with what the live connection needs."""

    me: Me
    account_id: str
    pubsub_token: Secret


class Portal(Struct, frozen=True):
    """A help centre. ``domain`` is empty unless it has one of its own."""

    slug: str
    domain: str
    locales: tuple[str, ...] = ()


def profile(body: bytes, account: str | None) -> Profile:
    """The signed-in agent on ``account``, or on the account used last.

    Raises:
        NotAllowed: the agent does not belong to ``account``.
    """
    row = mapping(load(body))
    chosen = account or identifier(row.get("account_id")) or ""
    places = [place for place in _list_of(row, "accounts") if identifier(place.get("id")) == chosen]
    if not places:
        raise NotAllowed("the agent does not belong to this account")
    agent = Agent(
        AgentId(decode.required_id(row, "profile")),
        decode.person_name(row),
        text(row.get("email")),
        decode.role(places[0].get("role")),
        decode.availability(places[0].get("availability")),
    )
    return Profile(Me(agent, text(places[0].get("name"))), chosen, Secret(text(row.get("pubsub_token"))))


def inboxes(body: bytes) -> tuple[Queue, ...]:
    """The inboxes the agent belongs to: the server lists no others."""
    return each(rows(mapping(load(body)).get("payload")), _inbox)


def teams(body: bytes) -> tuple[Queue, ...]:
    """All teams of the account."""
    return each(rows(load(body)), _team)


def agents(body: bytes) -> tuple[Agent, ...]:
    """All colleagues, by name."""
    return tuple(sorted(each(rows(load(body)), decode.agent), key=lambda agent: agent.name.casefold()))


def queue_agents(body: bytes) -> frozenset[AgentId]:
    """Those of an inbox stand in an envelope, those of a team do not."""
    content = load(body)
    found = mapping(content).get("payload") if isinstance(content, dict) else content
    return frozenset(agent.id for agent in each(rows(found), decode.agent))


def tags(body: bytes) -> tuple[Tag, ...]:
    """All labels of the account, by name."""
    found = each(rows(mapping(load(body)).get("payload")), _tag)
    return tuple(sorted(found, key=lambda tag: tag.name.casefold()))


def tags_set(body: bytes) -> tuple[str, ...]:
    """The labels of one conversation."""
    answer = mapping(load(body)).get("payload")
    if not isinstance(answer, list):
        raise BadAnswer("the answer should be a list of tags")
    return decode.tags_of(answer)


def canned_responses(body: bytes) -> tuple[CannedResponse, ...]:
    """The shared canned responses."""
    return each(rows(load(body)), _canned)


def portals(body: bytes) -> tuple[Portal, ...]:
    """The help centres that are not archived."""
    found = rows(mapping(load(body)).get("payload"))
    return tuple(_portal(row) for row in found if row.get("archived") is not True and text(row.get("slug")))


def found_articles(body: bytes, base: str, known: tuple[Portal, ...]) -> tuple[Article, ...]:
    """Published articles that a search found; ``base`` is the installation's URL."""
    answer = mapping(mapping(load(body)).get("payload"))
    domains = {portal.slug: portal for portal in known}

    def read(row: dict[str, Any]) -> Article:
        slug = text(row.get("portal_slug"))
        return _article(row, base, domains.get(slug, Portal(slug, "")))

    return each(_published(rows(answer.get("articles"))), read)


def portal_articles(body: bytes, base: str, portal: Portal) -> tuple[Article, ...]:
    """The published articles of one help centre's list."""
    found = _published(rows(mapping(load(body)).get("payload")))
    return each(found, lambda row: _article(row, base, portal))


def same_language(one: str, other: str | None) -> bool:
    """Whether two locales are of one language, region apart; a locale not known suits all."""
    return not one or not other or _language(one) == _language(other)


def portal_locales(portal: Portal, wanted: str | None) -> tuple[str | None, ...]:
    """Which of a help centre's locales to list; ``None`` leaves the choice to the server."""
    if wanted is None or not portal.locales:
        return (wanted,)
    return tuple(code for code in portal.locales if same_language(code, wanted))


def conversation_page(body: bytes, query: ConversationQuery, page: int) -> ConversationPage:
    """One page of a list. Chatwoot says how many there are, but not whether more pages follow."""
    data = mapping(mapping(load(body)).get("data"))
    found = rows(data.get("payload"))
    total = integer(mapping(data.get("meta")).get(_COUNTS[query.assignee]))
    if query.updated_within is not None or not found:
        more = False
    elif total is None:
        more = len(found) >= CONVERSATIONS_PAGE
    else:
        # By the rows that came, as an installation may have set another page size.
        more = page * len(found) < total
    return ConversationPage(each(found, decode.conversation), more, total)


def conversation(body: bytes) -> Conversation:
    """One conversation."""
    return decode.conversation(load(body))


def contact_conversations(body: bytes) -> tuple[Conversation, ...]:
    """A customer's conversations, newest first."""
    found = each(rows(mapping(load(body)).get("payload")), decode.conversation)
    return tuple(sorted(found, key=lambda one: one.created_at, reverse=True))


def contact(body: bytes) -> Contact:
    """One customer."""
    answer = mapping(mapping(load(body)).get("payload"))
    decode.required_id(answer, "contact")
    return decode.contact(answer)


def message_page(body: bytes, conversation: ConversationId, *, forwards: bool) -> MessagePage:
    """Messages in ascending order; ``forwards`` when those after a message were asked for."""
    found = rows(mapping(load(body)).get("payload"))
    items = each(found, lambda row: decode.message(row, conversation))
    full = MESSAGES_AFTER_PAGE if forwards else MESSAGES_PAGE
    in_order = sorted(items, key=lambda item: (item.created_at, item.sequence))
    return MessagePage(tuple(in_order), len(found) >= full)


def message(body: bytes, conversation: ConversationId) -> Message:
    """The message that the server made of a text."""
    return decode.message(load(body), conversation)


def files(body: bytes) -> tuple[Attachment, ...]:
    """The files of a conversation, in the server's order: newest first."""
    return decode.attachments(mapping(load(body)).get("payload"))


def _inbox(row: dict[str, Any]) -> Queue:
    queue = inbox_queue(int(decode.required_id(row, "inbox")))
    name, channel = text(row.get("name")), text(row.get("channel_type"))
    return Queue(queue, name, QueueKind.INBOX, True, channel, opening_hours(row))


def _team(row: dict[str, Any]) -> Queue:
    queue = team_queue(int(decode.required_id(row, "team")))
    return Queue(queue, text(row.get("name")), QueueKind.TEAM, row.get("is_member") is True)


def _tag(row: dict[str, Any]) -> Tag:
    name = text(row.get("title"))
    if not name:
        raise BadAnswer("a tag without a name")
    return Tag(name, text(row.get("description")))


def _canned(row: dict[str, Any]) -> CannedResponse:
    key = decode.required_id(row, "canned response")
    return CannedResponse(CannedId(key), text(row.get("short_code")), text(row.get("content")))


def _portal(row: dict[str, Any]) -> Portal:
    allowed = _list_of(mapping(row.get("config")), "allowed_locales")
    codes = tuple(filter(None, (text(locale.get("code")) for locale in allowed)))
    return Portal(text(row.get("slug")), text(row.get("custom_domain")), codes)


def _published(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in found if row.get("status", "published") in ("published", 1)]


def _article(row: dict[str, Any], base: str, portal: Portal) -> Article:
    category = mapping(row.get("category"))
    return Article(
        ArticleId(decode.required_id(row, "article")),
        text(row.get("title")),
        _article_url(row, base, portal),
        text(row.get("locale")) or text(category.get("locale")),
        text(row.get("category_name")) or text(category.get("name")),
        text(row.get("description")) or _opening(text(row.get("content"))),
    )


def _opening(content: str) -> str:
    """The first line of a text that is no heading; a search's answer has no description."""
    lines = (line.strip() for line in content[:_OPENING_WITHIN].splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "")


def _article_url(row: dict[str, Any], base: str, portal: Portal) -> str:
    home = f"https://{portal.domain}" if portal.domain else base
    given = text(row.get("link")) or text(mapping(row.get("meta")).get("link"))
    if given.startswith(("https://", "http://")):
        return given
    if given.startswith("/"):
        return home + given
    slug = text(row.get("slug"))
    if not slug or not portal.slug:
        raise BadAnswer("an article without a place")
    return f"{home}/hc/{quote(portal.slug, safe='')}/articles/{quote(slug, safe='')}"


def _language(locale: str) -> str:
    return locale.replace("_", "-").partition("-")[0].casefold()


def _list_of(row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = row.get(key)
    return rows(found) if isinstance(found, list) else []
