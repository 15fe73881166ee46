"""Customers on the wire: REST and pushed contact, sessions, and what the customer's own side gets."""

from __future__ import annotations

from practice.dialect.times import epoch, iso
from practice.store.rows import Contact, ContactInbox, Inbox, Json
from practice.store.seed import ACCOUNT_ID


def contact(row: Contact, *, online: bool) -> Json:
    """A contact in REST. ``last_activity_at`` is left out, not null, before the first message."""
    answer: Json = {
        "additional_attributes": row.additional_attributes,
        "availability_status": "online" if online else "offline",
        "email": row.email,
        "id": row.id,
        "name": row.name,
        "phone_number": row.phone_number,
        "blocked": row.blocked,
        "identifier": row.identifier,
        "thumbnail": "",
        "custom_attributes": row.custom_attributes,
        "created_at": epoch(row.created_at),
    }
    if row.last_activity_at is not None:
        answer["last_activity_at"] = epoch(row.last_activity_at)
    return answer


def pushed_contact(row: Contact) -> Json:
    """A contact as pushed, and as a message's sender in REST too: without presence and times."""
    return {
        "additional_attributes": row.additional_attributes,
        "custom_attributes": row.custom_attributes,
        "email": row.email,
        "id": row.id,
        "identifier": row.identifier,
        "name": row.name,
        "phone_number": row.phone_number,
        "thumbnail": "",
        "blocked": row.blocked,
        "type": "contact",
    }


def listed_session(row: ContactInbox, inbox: Inbox) -> Json:
    """One of a contact's sessions, in the contacts lists."""
    slim = {
        "id": inbox.id,
        "avatar_url": "",
        "channel_id": inbox.channel_id,
        "name": inbox.name,
        "channel_type": "Channel::Api",
        "provider": None,
    }
    return {"source_id": row.source_id, "inbox": slim}


def raw_session(row: ContactInbox) -> Json:
    """A session as it stands in pushed conversations: the bare record, the customer's own token in it."""
    return {
        "id": row.id,
        "contact_id": row.contact_id,
        "inbox_id": row.inbox_id,
        "source_id": row.source_id,
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "hmac_verified": row.hmac_verified,
        "pubsub_token": row.pubsub_token,
    }


def public_contact(row: Contact, session: ContactInbox) -> Json:
    """Who the customer is, for the customer's side."""
    return {
        "source_id": session.source_id,
        "pubsub_token": session.pubsub_token,
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "phone_number": row.phone_number,
    }


def raw_contact(row: Contact) -> Json:
    """The bare record, as the customer's side gets it after a change and inside conversations."""
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "phone_number": row.phone_number,
        "account_id": ACCOUNT_ID,
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "additional_attributes": row.additional_attributes,
        "identifier": row.identifier,
        "custom_attributes": row.custom_attributes,
        "last_activity_at": iso(row.last_activity_at),
        "blocked": row.blocked,
    }
