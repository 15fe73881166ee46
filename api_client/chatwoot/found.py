"""The answer of Chatwoot's search as a model."""

from __future__ import annotations

from typing import Any

from api_client.chatwoot import decode
from api_client.chatwoot.reading import each, load, mapping, moment, rows, text
from api_client.errors import BadAnswer
from api_client.models.identity import ConversationId
from api_client.models.message import AuthorKind
from api_client.models.people import Contact
from api_client.models.search import Found, FoundConversation, FoundMessage


def found(body: bytes) -> Found:
    """All sections; a section that an older server does not have is empty."""
    payload = mapping(mapping(load(body)).get("payload"))
    return Found(
        each(_section(payload, "conversations"), _conversation),
        each(_section(payload, "messages"), _message),
        each(_section(payload, "contacts"), _contact),
    )


def _section(payload: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return rows(payload.get(name) or [])


def _conversation(row: dict[str, Any]) -> FoundConversation:
    number = ConversationId(decode.required_id(row, "conversation"))
    contact = decode.contact(row.get("contact"))
    try:
        last = decode.message(row.get("message"), number)
    except BadAnswer:
        last = None
    return FoundConversation(number, contact, moment(row.get("created_at")) or 0.0, last)


def _message(row: dict[str, Any]) -> FoundMessage:
    message = decode.message(row)
    author = message.author
    told = text(mapping(row.get("contact")).get("name"))
    theirs = author.name if author is not None and author.kind is AuthorKind.CONTACT else ""
    return FoundMessage(
        message.conversation,
        message.text,
        message.created_at,
        message.kind,
        "" if author is None else author.name,
        told or theirs,
        message.id,
    )


def _contact(row: dict[str, Any]) -> Contact:
    decode.required_id(row, "contact")
    return decode.contact(row)
