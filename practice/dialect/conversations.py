"""Conversations on the wire: the REST form, the pushed form, and what the customer's side gets."""

from __future__ import annotations

from practice.dialect.context import Context
from practice.dialect.customers import contact, pushed_contact, raw_contact, raw_session
from practice.dialect.messages import public_message, pushed_message, sender
from practice.dialect.people import agent, pushed_user, team
from practice.dialect.times import epoch, iso
from practice.store import conversations, customers, messages, people
from practice.store.rows import ACTIVITY, Contact, ContactInbox, Conversation, Json, Message, User
from practice.store.seed import ACCOUNT_ID

NO_ACTIVITY = f"message_type != {ACTIVITY}"


def conversation(desk: Context, row: Conversation, viewer: User) -> Json:
    """The REST form; ``viewer`` matters for the team's ``is_member`` only."""
    newest = messages.newest(desk.db, row.id)
    spoken = messages.newest(desk.db, row.id, NO_ACTIVITY)
    customer = _contact(desk, row)
    return {
        "meta": _meta(desk, row, viewer),
        "id": row.id,
        "messages": [pushed_message(desk, newest)] if newest else [],
        "account_id": ACCOUNT_ID,
        "uuid": row.uuid,
        "additional_attributes": row.additional_attributes,
        "agent_last_seen_at": epoch(row.agent_last_seen_at),
        "assignee_last_seen_at": epoch(row.assignee_last_seen_at),
        "can_reply": True,
        "contact_last_seen_at": epoch(row.contact_last_seen_at),
        "custom_attributes": row.custom_attributes,
        "inbox_id": row.inbox_id,
        "labels": conversations.labels_of(desk.db, row.id),
        "muted": customer.blocked,
        "snoozed_until": iso(row.snoozed_until),
        "status": row.status,
        "created_at": epoch(row.created_at),
        "updated_at": row.updated_at,
        "timestamp": epoch(row.last_activity_at),
        "first_reply_created_at": epoch(row.first_reply_created_at),
        "unread_count": messages.unread_count(desk.db, row.id, row.agent_last_seen_at),
        "last_non_activity_message": pushed_message(desk, spoken) if spoken else None,
        "last_activity_at": epoch(row.last_activity_at),
        "priority": row.priority,
        "waiting_since": epoch(row.waiting_since),
        "sla_policy_id": None,
    }


def _meta(desk: Context, row: Conversation, viewer: User) -> Json:
    """Customer, assignee and team; who is not set is left out."""
    customer = _contact(desk, row)
    meta: Json = {
        "sender": contact(customer, online=desk.presence.is_online(customer.id)),
        "channel": "Channel::Api",
    }
    assignee = people.user(desk.db, row.assignee_id)
    if assignee is not None:
        meta |= {"assignee": agent(assignee, desk.presence.status_of(assignee)), "assignee_type": "User"}
    its_team = people.team(desk.db, row.team_id)
    if its_team is not None:
        meta["team"] = team(its_team, is_member=people.is_team_member(desk.db, its_team.id, viewer.id))
    return {**meta, "hmac_verified": _session(desk, row).hmac_verified}


def _contact(desk: Context, row: Conversation) -> Contact:
    found = customers.contact(desk.db, row.contact_id)
    if found is None:
        raise LookupError(f"conversation {row.id} has no contact")
    return found


def _session(desk: Context, row: Conversation) -> ContactInbox:
    found = customers.session(desk.db, row.contact_inbox_id)
    if found is None:
        raise LookupError(f"conversation {row.id} has no session")
    return found


def pushed_conversation(desk: Context, row: Conversation) -> Json:
    """The pushed form: unset people are null, and first reply and snooze are ISO."""
    told = messages.newest(desk.db, row.id, messages.VISIBLE_TO_CUSTOMER)
    return {
        "additional_attributes": row.additional_attributes,
        "can_reply": True,
        "channel": "Channel::Api",
        "contact_inbox": raw_session(_session(desk, row)),
        "id": row.id,
        "inbox_id": row.inbox_id,
        "messages": [pushed_message(desk, told)] if told else [],
        "labels": conversations.labels_of(desk.db, row.id),
        "meta": _pushed_meta(desk, row),
        "status": row.status,
        "custom_attributes": row.custom_attributes,
        "snoozed_until": iso(row.snoozed_until),
        "unread_count": messages.unread_count(desk.db, row.id, row.agent_last_seen_at),
        "first_reply_created_at": iso(row.first_reply_created_at),
        "priority": row.priority,
        "waiting_since": epoch(row.waiting_since),
        "agent_last_seen_at": epoch(row.agent_last_seen_at),
        "contact_last_seen_at": epoch(row.contact_last_seen_at),
        "last_activity_at": epoch(row.last_activity_at),
        "timestamp": epoch(row.last_activity_at),
        "created_at": epoch(row.created_at),
        "updated_at": row.updated_at,
        "account_id": ACCOUNT_ID,
    }


def _pushed_meta(desk: Context, row: Conversation) -> Json:
    assignee = people.user(desk.db, row.assignee_id)
    its_team = people.team(desk.db, row.team_id)
    return {
        "sender": pushed_contact(_contact(desk, row)),
        "assignee": pushed_user(assignee, desk.presence.status_of(assignee)) if assignee else None,
        "assignee_type": "User" if assignee else None,
        "team": {"id": its_team.id, "name": its_team.name} if its_team else None,
        "hmac_verified": _session(desk, row).hmac_verified,
    }


def found_conversation(desk: Context, row: Conversation, text: str) -> Json:
    """A conversation in the old search, with the messages that hold ``text``."""
    inbox, customer = people.inbox(desk.db, row.inbox_id), _contact(desk, row)
    name = inbox.name if inbox else ""
    return {
        "id": row.id,
        "uuid": row.uuid,
        "created_at": epoch(row.created_at),
        "contact": {"id": customer.id, "name": customer.name},
        "inbox": {"id": row.inbox_id, "name": name, "channel_type": "Channel::Api"},
        "messages": [_found_message(desk, one) for one in messages.holding(desk.db, row.id, text)],
        "account_id": ACCOUNT_ID,
    }


def _found_message(desk: Context, row: Message) -> Json:
    who = sender(desk, row)
    return {
        "content": row.content,
        "id": row.id,
        "sender_name": who["name"] if who else None,
        "message_type": row.message_type,
        "created_at": epoch(row.created_at),
    }


def messages_meta(desk: Context, row: Conversation) -> Json:
    """What stands above a list of messages; last-seen times are ISO here."""
    meta: Json = {
        "labels": conversations.labels_of(desk.db, row.id),
        "additional_attributes": row.additional_attributes,
        "contact": pushed_contact(_contact(desk, row)),
        "agent_last_seen_at": iso(row.agent_last_seen_at),
        "assignee_last_seen_at": iso(row.assignee_last_seen_at),
    }
    assignee = people.user(desk.db, row.assignee_id)
    if assignee is not None:
        meta["assignee"] = pushed_user(assignee, desk.presence.status_of(assignee))
    return meta


def public_conversation(desk: Context, row: Conversation) -> Json:
    """What the customer's side gets, with everything the customer may read."""
    told = messages.customer_visible(desk.db, row.id)
    return {
        "id": row.id,
        "uuid": row.uuid,
        "inbox_id": row.inbox_id,
        "contact_last_seen_at": epoch(row.contact_last_seen_at),
        "status": row.status,
        "agent_last_seen_at": epoch(row.agent_last_seen_at),
        "messages": [public_message(desk, one) for one in told],
        "contact": raw_contact(_contact(desk, row)),
    }
