"""What a backend has found, as the desk lists it. Pure."""

from __future__ import annotations

from agent_tui.desk.found import HitKind, SearchHit
from agent_tui.desk.private_numbers import without_private_numbers
from agent_tui.desk.searching import excerpt, words_of
from agent_tui.desk.standing import FIRST_WORDS
from agent_tui.desk.text import NOTHING, clean_line
from api_client.models.people import Contact
from api_client.models.search import Found, FoundConversation, FoundMessage


def hits_of(found: Found, query: str) -> tuple[SearchHit, ...]:
    """All kinds, in the backend's order."""
    words = words_of(query)
    return (
        *map(_chat, found.conversations),
        *map(_customer, found.contacts),
        *(_message(one, words) for one in found.messages),
    )


def _chat(found: FoundConversation) -> SearchHit:
    last = found.last_message
    return SearchHit(
        HitKind.CHAT,
        without_private_numbers(clean_line(found.contact.name)),
        NOTHING if last is None else without_private_numbers(clean_line(last.text, limit=FIRST_WORDS)),
        found.created_at if last is None else last.created_at,
        conversation=found.id,
    )


def _customer(contact: Contact) -> SearchHit:
    reached = " · ".join(filter(None, (contact.email, contact.phone, contact.identifier)))
    told = (contact.name, reached, contact.email or "")
    name, how, email = (without_private_numbers(clean_line(one)) for one in told)
    return SearchHit(HitKind.CUSTOMER, name, how, contact=contact.id, email=email)


def _message(found: FoundMessage, words: tuple[str, ...]) -> SearchHit:
    return SearchHit(
        HitKind.MESSAGE,
        without_private_numbers(clean_line(found.customer)),
        without_private_numbers(excerpt(found.text, words)),
        found.at,
        conversation=found.conversation,
        message=found.id,
        said_by=found.kind,
    )
