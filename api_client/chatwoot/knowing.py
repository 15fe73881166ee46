"""What staff knows of a customer on Chatwoot: notes, details, and attributes that keep their kind."""

from __future__ import annotations

from typing import Any

from api_client.chatwoot import decode
from api_client.chatwoot.reading import identifier, integer, load, mapping, moment, rows, text
from api_client.models.people import Contact, ContactChanges, ContactNote


def note(value: Any) -> ContactNote:
    """A note from an answer; whoever wrote it may be gone."""
    row = mapping(value)
    return ContactNote(
        identifier(row.get("id")) or "",
        text(row.get("content")),
        decode.person_name(mapping(row.get("user"))),
        moment(row.get("created_at")) or 0.0,
    )


def notes(body: bytes) -> tuple[ContactNote, ...]:
    """The notes of one contact, newest first."""
    found = map(note, rows(load(body)))
    return tuple(sorted(found, key=lambda one: one.created_at, reverse=True))


def attributes(body: bytes) -> dict[str, Any]:
    """The custom attributes of a conversation or contact as the server holds them."""
    answer = mapping(load(body))
    return dict(mapping(mapping(answer.get("payload") or answer).get("custom_attributes")))


def with_attribute(held: dict[str, Any], name: str, value: str) -> dict[str, Any]:
    """The attributes with one changed; an empty ``value`` takes it away."""
    if value:
        return {**held, name: of_kind(held.get(name), value)}
    return {key: kept for key, kept in held.items() if key != name}


def of_kind(before: Any, value: str) -> Any:
    """``value`` as a number or a yes and no where it was one before and still reads like it."""
    if isinstance(before, bool):
        return {"true": True, "false": False}.get(value.strip().lower(), value)
    if isinstance(before, int | float):
        found = integer(value.strip()) if isinstance(before, int) else None
        return value if found is None else found
    return value


def changed(contact: Contact, changes: ContactChanges, held: dict[str, Any]) -> dict[str, Any]:
    """The body of a change; the server merges attributes into those it has."""
    body: dict[str, Any] = {}
    if changes.name is not None:
        body["name"] = changes.name
    if changes.email is not None:
        # An empty address is told as none: the server checks that it is unique.
        body["email"] = changes.email or None
    given = {name: of_kind(held.get(name), value) for name, value in changes.attributes if value}
    if given:
        body["custom_attributes"] = given
    return body or {"name": contact.name}
