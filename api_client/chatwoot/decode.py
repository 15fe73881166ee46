"""Chatwoot's conversations, messages and people as models, from REST answers and from pushes.

The two forms differ (a reply's time is a number in one and a text in the other, an assignee has an e-mail
address in one only), and both may lack anything. What is missing or of the wrong kind becomes the model's
own "not known"; only a value without an id raises ``BadAnswer``.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from api_client.chatwoot.mentions import plain
from api_client.chatwoot.queue_ids import inbox_queue, team_queue
from api_client.chatwoot.reading import (
    identifier,
    integer,
    mapping,
    moment,
    number,
    optional_text,
    text,
)
from api_client.errors import BadAnswer
from api_client.models.conversation import Conversation, Priority, Status
from api_client.models.identity import AgentId, ContactId, ConversationId, EchoId, MessageId, QueueId
from api_client.models.message import Attachment, Author, AuthorKind, Delivery, Message, MessageKind
from api_client.models.people import Agent, AgentRef, Availability, Contact, Role

_OFFSET: Final = re.compile(r"GMT([+-])(0\d|1[0-4])([0-5]\d)(?!\d)")
_DATE_LIMIT: Final = 100
_RATINGS: Final = range(1, 6)
AVAILABILITIES: Final = {value.value: value for value in Availability}
STATUSES: Final = {value.value: value for value in Status}
DELIVERIES: Final = {value.value: value for value in Delivery}
_PRIORITIES: Final = {value.value: value for value in Priority}
_ROLES: Final = {value.value: value for value in Role}
_KINDS: Final[dict[Any, MessageKind]] = {
    0: MessageKind.CUSTOMER,
    1: MessageKind.AGENT,
    2: MessageKind.ACTIVITY,
    3: MessageKind.AUTOMATIC,
    "incoming": MessageKind.CUSTOMER,
    "outgoing": MessageKind.AGENT,
    "activity": MessageKind.ACTIVITY,
    "template": MessageKind.AUTOMATIC,
}
AUTHOR_KINDS: Final = {
    "user": AuthorKind.AGENT,
    "contact": AuthorKind.CONTACT,
    "agent_bot": AuthorKind.BOT,
    "captain_assistant": AuthorKind.BOT,
    "User": AuthorKind.AGENT,
    "Contact": AuthorKind.CONTACT,
    "AgentBot": AuthorKind.BOT,
    "Captain::Assistant": AuthorKind.BOT,
}


# People


def agent(value: Any) -> Agent:
    """A colleague from the list of agents, or the agent of a profile."""
    row = mapping(value)
    return Agent(
        AgentId(required_id(row, "agent")),
        person_name(row),
        text(row.get("email")),
        role(row.get("role")),
        availability(row.get("availability_status")),
    )


def role(value: Any) -> Role:
    """What an account lets an agent do; a role of the account's own making counts as an agent's."""
    return _ROLES.get(text(value), Role.AGENT)


def availability(value: Any) -> Availability:
    """What colleagues see of an agent."""
    return AVAILABILITIES.get(text(value), Availability.OFFLINE)


def person_name(row: dict[str, Any]) -> str:
    """The name an agent goes by."""
    return text(row.get("available_name")) or text(row.get("name"))


def contact(value: Any) -> Contact:
    """A customer; the id is empty when the conversation has lost its contact."""
    row = mapping(value)
    extra = mapping(row.get("additional_attributes"))
    custom = mapping(row.get("custom_attributes"))
    return Contact(
        ContactId(identifier(row.get("id")) or ""),
        text(row.get("name")),
        email=optional_text(row.get("email")),
        phone=optional_text(row.get("phone_number")),
        identifier=optional_text(row.get("identifier")),
        language=_first_text(extra.get("language"), extra.get("browser_language"), custom.get("language")),
        city=optional_text(extra.get("city")),
        country=_first_text(extra.get("country"), extra.get("country_code")),
        created_at=moment(row.get("created_at")),
        last_activity_at=moment(row.get("last_activity_at")),
        blocked=row.get("blocked") is True,
        attributes=_attributes(custom),
    )


# Messages


def message(value: Any, within: ConversationId | None = None) -> Message:
    """A message in either form; ``within`` is the conversation that was asked for its messages."""
    row = mapping(value)
    extra = mapping(row.get("content_attributes"))
    sender = author(row.get("sender"), row.get("sender_type"))
    conversation_id = identifier(row.get("conversation_id")) or within
    if conversation_id is None:
        raise BadAnswer("a message without a conversation")
    sequence = int(required_id(row, "message"))
    return Message(
        MessageId(str(sequence)),
        ConversationId(conversation_id),
        message_kind(row.get("message_type"), sender, private=row.get("private") is True),
        words(text(row.get("content")), private=row.get("private") is True),
        moment(row.get("created_at")) or 0.0,
        sequence,
        author=sender,
        delivery=DELIVERIES.get(text(row.get("status")), Delivery.SENT),
        echo=_echo(row.get("echo_id")),
        updated_at=moment(row.get("updated_at")) or 0.0,
        error=optional_text(extra.get("external_error")),
        deleted=extra.get("deleted") is True,
        attachments=attachments(row.get("attachments")),
    )


def words(written: str, *, private: bool) -> str:
    """What was written; in a note with the names of colleagues as people read them."""
    return plain(written) if private else written


def message_kind(value: Any, sender: Author | None, *, private: bool) -> MessageKind:
    """Who speaks; what a bot says to the customer is automatic, not an agent's."""
    if private:
        return MessageKind.NOTE
    kind = _KINDS.get(value, MessageKind.UNKNOWN) if isinstance(value, int | str) else MessageKind.UNKNOWN
    by_bot = sender is not None and sender.kind is AuthorKind.BOT
    return MessageKind.AUTOMATIC if by_bot and kind is MessageKind.AGENT else kind


def author(value: Any, sender_type: Any = None) -> Author | None:
    """The sender named on a message; ``None`` when there is none or its kind cannot be told."""
    row = mapping(value)
    kind = AUTHOR_KINDS.get(text(row.get("type"))) or AUTHOR_KINDS.get(text(sender_type))
    if not row or kind is None:
        return None
    return Author(identifier(row.get("id")) or "", person_name(row), kind)


def attachments(value: Any) -> tuple[Attachment, ...]:
    """The files of a message."""
    if not isinstance(value, list):
        return ()
    return tuple(_attachment(row) for row in value if isinstance(row, dict))


def _attachment(row: dict[str, Any]) -> Attachment:
    url = text(row.get("data_url"))
    size = integer(row.get("file_size"))
    return Attachment(
        identifier(row.get("id")) or "",
        text(row.get("file_type")) or "file",
        text(row.get("fallback_title")) or _file_name(url),
        url,
        size if size is not None and size > 0 else None,
    )


def _file_name(url: str) -> str:
    try:
        return unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:
        return ""


def _echo(value: Any) -> EchoId | None:
    said = optional_text(value)
    return None if said is None else EchoId(said)


# Conversations


def conversation(value: Any) -> Conversation:
    """A conversation in either form."""
    row, meta = mapping(value), mapping(mapping(value).get("meta"))
    extra, custom = mapping(row.get("additional_attributes")), mapping(row.get("custom_attributes"))
    inbox = inbox_queue(integer(row.get("inbox_id")) or 0)
    created_at = moment(row.get("created_at")) or 0.0
    return Conversation(
        ConversationId(required_id(row, "conversation")),
        _queue(meta.get("team"), inbox),
        inbox,
        contact(meta.get("sender")),
        STATUSES.get(text(row.get("status")), Status.OPEN),
        created_at,
        moment(row.get("updated_at")) or 0.0,
        moment(row.get("last_activity_at")) or moment(row.get("timestamp")) or created_at,
        assignee=_assignee(meta),
        tags=tags_of(row.get("labels")),
        priority=_PRIORITIES.get(text(row.get("priority"))),
        waiting_since=moment(row.get("waiting_since")),
        first_reply_at=moment(row.get("first_reply_created_at")),
        snoozed_until=moment(row.get("snoozed_until")),
        contact_seen_at=moment(row.get("contact_last_seen_at")),
        unread=max(integer(row.get("unread_count")) or 0, 0),
        channel=text(meta.get("channel")) or text(row.get("channel")),
        can_reply=row.get("can_reply") is not False,
        language=_first_text(extra.get("browser_language"), custom.get("language")),
        page=_first_text(_referer(extra.get("referer")), custom.get("page")),
        attributes=_attributes(custom),
        utc_offset=_utc_offset(text(mapping(extra.get("initiated_at")).get("timestamp"))),
        rating=_rating(row),
        last_message=_last_message(row),
    )


def tags_of(value: Any) -> tuple[str, ...]:
    """The labels set on a conversation."""
    return tuple(filter(None, map(text, value))) if isinstance(value, list) else ()


def _queue(team: Any, inbox: QueueId) -> QueueId:
    found = integer(mapping(team).get("id"))
    return inbox if found is None else team_queue(found)


def _assignee(meta: dict[str, Any]) -> AgentRef | None:
    # A bot on a conversation is nobody whom a customer could be waiting for.
    row = mapping(meta.get("assignee"))
    found = identifier(row.get("id"))
    if found is None or AUTHOR_KINDS.get(text(meta.get("assignee_type"))) is AuthorKind.BOT:
        return None
    return AgentRef(AgentId(found), person_name(row))


def _last_message(row: dict[str, Any]) -> Message | None:
    newest = row.get("messages")
    if not isinstance(newest, list) or not newest:
        return None
    try:
        return message(newest[-1], ConversationId(identifier(row.get("id")) or ""))
    except BadAnswer:
        return None


def _rating(row: dict[str, Any]) -> int | None:
    """Of the newest messages sent along, that of a survey."""
    newest = row.get("messages")
    told = [*(newest if isinstance(newest, list) else ()), row.get("last_non_activity_message")]
    return next((found for found in map(_answered, told) if found is not None), None)


def _answered(row: Any) -> int | None:
    """What the customer answered to a survey message, 1 to 5."""
    answered = mapping(mapping(mapping(row).get("content_attributes")).get("submitted_values"))
    found = integer(mapping(answered.get("csat_survey_response")).get("rating"))
    return found if found in _RATINGS else None


def _utc_offset(said: str) -> int | None:
    """From a browser's date such as ``Thu Jun 20 2024 10:12:00 GMT+0300 (EEST)``."""
    found = _OFFSET.search(said[:_DATE_LIMIT])
    if found is None:
        return None
    seconds = int(found[2]) * 3600 + int(found[3]) * 60
    return -seconds if found[1] == "-" else seconds


def _referer(value: Any) -> Any:
    return value.get("url") if isinstance(value, dict) else value


# Shared


def required_id(row: dict[str, Any], what: str) -> str:
    """The id of ``row``; raises ``BadAnswer`` without one."""
    found = identifier(row.get("id"))
    if found is None:
        raise BadAnswer(f"a {what} without an id")
    return found


def _attributes(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    named = ((text(name), _attribute(value)) for name, value in values.items())
    return tuple((name, value) for name, value in named if value)


def _attribute(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return "" if number(value) is None else str(value)
    return text(value)


def _first_text(*values: Any) -> str | None:
    return next((found for found in map(text, values) if found), None)
