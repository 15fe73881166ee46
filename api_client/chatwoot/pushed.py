"""What the live connection pushes, as backend events.

Messages and typing come by the hundred and take a fast path: typed, straight from the bytes. A message the
fast path refuses (a number written as a text, half an emoji) goes the tolerant way, so that a strange
message is still a message. Whatever cannot be read at all becomes ``Malformed``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Raw, Struct

from api_client.chatwoot import decode
from api_client.chatwoot.reading import identifier, load, mapping, moment
from api_client.errors import BadAnswer
from api_client.models.events import (
    BackendEvent,
    CatalogChanged,
    ContactSeen,
    ConversationChanged,
    Malformed,
    MessageCreated,
    MessageUpdated,
    PresenceChanged,
    TypingChanged,
    Unknown,
)
from api_client.models.identity import AgentId, ContactId, ConversationId, EchoId, MessageId
from api_client.models.message import Author, AuthorKind, Delivery, Message

_NOT_OURS: Final = frozenset(
    {
        # Told by the conversation or the message itself as well.
        "first.reply.created",
        "contact.created",
        "contact.updated",
        "contact.merged",
        "contact.deleted",
        # Served by no operation of the interface.
        "conversation.unread_count_changed",
        "notification.created",
        "notification.updated",
        "notification.deleted",
        "copilot.message.created",
        "voice_call.incoming",
        "voice_call.outbound_connected",
        "voice_call.outbound_accepted",
        "voice_call.ended",
        "account.enrichment_completed",
    }
)
_LONGEST_NAME: Final = 80

_Id = Annotated[int, Meta(ge=0)]


class _Sender(Struct):
    id: _Id
    type: str = ""
    name: str | None = None
    available_name: str | None = None


class _Extra(Struct):
    external_error: str | None = None
    deleted: bool = False


class _Whereabouts(Struct):
    unread_count: int | None = None
    last_activity_at: float | None = None


class _Message(Struct):
    id: _Id
    conversation_id: _Id
    message_type: int
    created_at: float
    content: str | None = None
    private: bool = False
    status: str | None = None
    sender_type: str | None = None
    updated_at: str | None = None
    echo_id: str | None = None
    account_id: int | None = None
    content_attributes: _Extra | None = None
    conversation: _Whereabouts | None = None
    sender: _Sender | None = None
    attachments: list[Any] | None = None


class _OnlyId(Struct):
    id: _Id


class _Typing(Struct):
    conversation: _OnlyId
    user: _Sender
    is_private: bool = False
    account_id: int | None = None


_message_decoder = msgspec.json.Decoder(_Message)
_typing_decoder = msgspec.json.Decoder(_Typing)
_REFUSALS: Final = (msgspec.DecodeError, RecursionError, ValueError, OverflowError)


def pushed(name: str, data: Raw | bytes, account: str) -> BackendEvent | None:
    """The event a broadcast stands for; ``None`` for another account's or one that says nothing new."""
    if name in _NOT_OURS:
        return None
    read = _READERS.get(name)
    if read is None:
        return Unknown(name[:_LONGEST_NAME])
    try:
        return read(name, bytes(data), account)
    except BadAnswer as problem:
        return Malformed(name, str(problem))


def _message_event(name: str, data: bytes, account: str) -> BackendEvent | None:
    try:
        row = _message_decoder.decode(data)
    except _REFUSALS:
        return _strange_message_event(name, data, account)
    if row.account_id is not None and str(row.account_id) != account:
        return None
    if name == "message.updated":
        return MessageUpdated(_message(row))
    place = row.conversation
    if place is None:
        return MessageCreated(_message(row))
    return MessageCreated(_message(row), place.unread_count, place.last_activity_at or None)


def _message(row: _Message) -> Message:
    """What :func:`decode.message` makes of the same message, which a test holds it to."""
    sender = None if row.sender is None else _author(row.sender, row.sender_type)
    extra = row.content_attributes
    return Message(
        MessageId(str(row.id)),
        ConversationId(str(row.conversation_id)),
        decode.message_kind(row.message_type, sender, private=row.private),
        decode.words(row.content or "", private=row.private),
        row.created_at,
        row.id,
        sender,
        decode.DELIVERIES.get(row.status or "", Delivery.SENT),
        EchoId(row.echo_id) if row.echo_id else None,
        moment(row.updated_at) or 0.0,
        (extra.external_error or None) if extra is not None else None,
        extra is not None and extra.deleted,
        decode.attachments(row.attachments) if row.attachments else (),
    )


def _author(sender: _Sender, sender_type: str | None) -> Author | None:
    kind = decode.AUTHOR_KINDS.get(sender.type) or decode.AUTHOR_KINDS.get(sender_type or "")
    if kind is None:
        return None
    return Author(str(sender.id), sender.available_name or sender.name or "", kind)


def _strange_message_event(name: str, data: bytes, account: str) -> BackendEvent | None:
    row = _of_account(data, account)
    if row is None:
        return None
    message = decode.message(row)
    if name == "message.updated":
        return MessageUpdated(message)
    place = mapping(row.get("conversation"))
    unread = place.get("unread_count")
    return MessageCreated(
        message, unread if type(unread) is int else None, moment(place.get("last_activity_at"))
    )


def _conversation_event(name: str, data: bytes, account: str) -> BackendEvent | None:
    del name
    row = _of_account(data, account)
    return None if row is None else ConversationChanged(decode.conversation(row))


def _seen_event(name: str, data: bytes, account: str) -> BackendEvent | None:
    del name
    row = _of_account(data, account)
    if row is None:
        return None
    at = moment(row.get("contact_last_seen_at"))
    conversation = ConversationId(decode.required_id(row, "conversation"))
    return None if at is None else ContactSeen(conversation, at)


def _typing_event(name: str, data: bytes, account: str) -> BackendEvent | None:
    try:
        row = _typing_decoder.decode(data)
    except _REFUSALS:
        raise BadAnswer("who types where cannot be told") from None
    if row.account_id is not None and str(row.account_id) != account:
        return None
    who = _author(row.user, "User")
    return TypingChanged(
        ConversationId(str(row.conversation.id)),
        who.name if who is not None else "",
        str(row.user.id),
        by_customer=who is not None and who.kind is AuthorKind.CONTACT,
        on=name.endswith("_on"),
        private=row.is_private,
    )


def _presence_event(name: str, data: bytes, account: str) -> BackendEvent | None:
    del name
    row = _of_account(data, account)
    if row is None:
        return None
    agents = ((identifier(key), value) for key, value in mapping(row.get("users")).items())
    contacts = (identifier(key) for key, value in mapping(row.get("contacts")).items() if value == "online")
    return PresenceChanged(
        tuple((AgentId(key), decode.availability(value)) for key, value in agents if key is not None),
        tuple(ContactId(key) for key in contacts if key is not None),
    )


def _catalog_event(name: str, data: bytes, account: str) -> BackendEvent | None:
    del name
    return None if _of_account(data, account) is None else CatalogChanged()


def _of_account(data: bytes, account: str) -> dict[str, Any] | None:
    """The object pushed; ``None`` when it belongs to another account of the same agent."""
    row = load(data)
    if not isinstance(row, dict):
        raise BadAnswer("the event is no object")
    owner = identifier(row.get("account_id"))
    return row if owner is None or owner == account else None


_READERS: Final[dict[str, Callable[[str, bytes, str], BackendEvent | None]]] = {
    "message.created": _message_event,
    "message.updated": _message_event,
    "conversation.created": _conversation_event,
    "conversation.updated": _conversation_event,
    "conversation.status_changed": _conversation_event,
    "conversation.contact_changed": _conversation_event,
    "conversation.mentioned": _conversation_event,
    "assignee.changed": _conversation_event,
    "team.changed": _conversation_event,
    "conversation.read": _seen_event,
    "conversation.typing_on": _typing_event,
    "conversation.typing_off": _typing_event,
    "presence.update": _presence_event,
    "account.cache_invalidated": _catalog_event,
}
