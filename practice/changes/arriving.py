"""Customers arriving: who they are, their session in a queue, and the conversation they start."""

from __future__ import annotations

from msgspec import Struct, field

from practice.announcing import ContactEvent
from practice.changes import handling, notifying
from practice.changes.records import existing, tell
from practice.desk import Change
from practice.store import customers
from practice.store.rows import Contact, ContactInbox, Conversation, Json

FIRST_WORDS = ("amber", "brisk", "calm", "dewy", "early", "fond", "green", "hazel")
SECOND_WORDS = ("brook", "cove", "dune", "field", "grove", "harbour", "meadow", "shore")


class Visitor(Struct, frozen=True, kw_only=True):
    """Who a customer says they are; all of it is optional."""

    name: str | None = None
    email: str | None = None
    phone_number: str | None = None
    identifier: str | None = None
    custom_attributes: Json = field(default_factory=dict)


def arrive(change: Change, inbox_id: int, visitor: Visitor, source_id: str | None = None) -> ContactInbox:
    """A session in an inbox for this customer: the one with this source id, or a new one.

    Whoever is known by identifier, e-mail address or phone number stays the same contact.
    """
    known = customers.session_by_source(change.db, inbox_id, source_id) if source_id else None
    if known is not None:
        return known
    contact = customers.known_contact(
        change.db, identifier=visitor.identifier, email=visitor.email, phone=visitor.phone_number
    )
    contact_id = contact.id if contact else _new_contact(change, visitor)
    return open_session(change, contact_id, inbox_id, source_id)


def _new_contact(change: Change, visitor: Visitor) -> int:
    row = {
        "name": visitor.name or made_up_name(change),
        "email": visitor.email,
        "phone_number": visitor.phone_number,
        "identifier": visitor.identifier,
        "blocked": False,
        "additional_attributes": {},
        "custom_attributes": visitor.custom_attributes,
        "created_at": change.now,
        "updated_at": change.now,
    }
    contact_id = change.db.insert("contacts", row)
    change.events.append(ContactEvent("contact.created", contact_id))
    return contact_id


def made_up_name(change: Change) -> str:
    """A name for a customer who told none."""
    number = change.db.count("FROM contacts")
    first, second = FIRST_WORDS[number % len(FIRST_WORDS)], SECOND_WORDS[number // 8 % len(SECOND_WORDS)]
    return f"{first}-{second}-{number + 1}"


def open_session(
    change: Change, contact_id: int, inbox_id: int, source_id: str | None = None
) -> ContactInbox:
    """A new session of a contact in an inbox, with a cable token of its own."""
    row = {
        "contact_id": contact_id,
        "inbox_id": inbox_id,
        "source_id": source_id or change.desk.tokens.uuid("source"),
        "pubsub_token": change.desk.tokens.token("customer"),
        "hmac_verified": False,
        "created_at": change.now,
        "updated_at": change.now,
    }
    return _session(change, change.db.insert("contact_inboxes", row))


def _session(change: Change, session_id: int) -> ContactInbox:
    found = customers.session(change.db, session_id)
    if found is None:
        raise LookupError(f"no session {session_id}")
    return found


def introduce(change: Change, contact: Contact, visitor: Visitor) -> None:
    """A customer tells more about themselves; attributes are merged."""
    given = {"name": visitor.name, "email": visitor.email, "phone_number": visitor.phone_number}
    columns: Json = {name: value for name, value in given.items() if value}
    columns["custom_attributes"] = {**contact.custom_attributes, **visitor.custom_attributes}
    change.db.update("contacts", contact.id, {**columns, "updated_at": change.now})
    change.events.append(ContactEvent("contact.updated", contact.id))


def start_conversation(
    change: Change,
    session_id: int,
    *,
    attributes: Json | None = None,
    custom_attributes: Json | None = None,
    status: str = "open",
) -> Conversation:
    """A new conversation in a customer's session; they wait from this moment."""
    session = _session(change, session_id)
    row = {
        "uuid": change.desk.tokens.uuid("conversation"),
        "inbox_id": session.inbox_id,
        "contact_id": session.contact_id,
        "contact_inbox_id": session.id,
        "status": status,
        "additional_attributes": attributes or {},
        "custom_attributes": custom_attributes or {},
        "waiting_since": change.now,
        "last_activity_at": change.now,
        "created_at": change.now,
        "updated_at": change.now,
    }
    conversation_id = change.db.insert("conversations", row)
    tell(change, conversation_id, "conversation.created")
    made = existing(change, conversation_id)
    notifying.of_new_conversation(change, made)
    handling.assign_automatically(change, made)
    return existing(change, conversation_id)
