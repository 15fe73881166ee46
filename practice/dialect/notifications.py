"""Notifications on the wire: listed, pushed, and as the bare record."""

from __future__ import annotations

from practice.dialect.context import Context
from practice.dialect.conversations import pushed_conversation
from practice.dialect.messages import pushed_message
from practice.dialect.people import pushed_user
from practice.dialect.times import epoch, iso
from practice.store import conversations, customers, messages, notifications, people
from practice.store.notifications import Notification
from practice.store.rows import Conversation, Json, Message
from practice.store.seed import ACCOUNT_ID

DATABASE_ID = 5000
"""Conversations have another id in the database than the one people see; here it is this much larger, so
that a program that takes one for the other is found out."""
TITLES = {
    "conversation_creation": "#{number} was started in {inbox}",
    "conversation_assignment": "#{number} was given to you",
    "assigned_conversation_new_message": "New message in #{number}",
    "conversation_mention": "You are named in #{number}",
    "participating_conversation_new_message": "New message in #{number}",
}
BODY_LENGTH = 200


def database_id(row: Conversation) -> int:
    """What notifications call a conversation by."""
    return row.id + DATABASE_ID


def _conversation(desk: Context, row: Notification) -> Conversation:
    found = conversations.conversation(desk.db, row.conversation_id)
    if found is None:
        raise LookupError(f"notification {row.id} has no conversation")
    return found


def notification(desk: Context, row: Notification) -> Json:
    """A row of the list."""
    its = _conversation(desk, row)
    inbox = people.inbox(desk.db, its.inbox_id)
    title = TITLES[row.kind].format(number=its.id, inbox=inbox.name if inbox else "")
    user = people.user(desk.db, row.user_id)
    return {
        "id": row.id,
        "notification_type": row.kind,
        "push_message_title": title,
        "push_message_body": _body(desk, row, its),
        "primary_actor_type": "Conversation",
        "primary_actor_id": database_id(its),
        "primary_actor": pushed_conversation(desk, its),
        "read_at": iso(row.read_at),
        "secondary_actor": _secondary(desk, row),
        "user": pushed_user(user, desk.presence.status_of(user)) if user else None,
        "created_at": epoch(row.created_at),
        "last_activity_at": epoch(row.last_activity_at),
        "snoozed_until": iso(row.snoozed_until),
        "meta": {},
    }


def _secondary(desk: Context, row: Notification) -> Json | None:
    if row.message_id is not None:
        return pushed_message(desk, messages.message(desk.db, row.message_id))
    user = people.user(desk.db, row.by_user_id)
    return pushed_user(user, desk.presence.status_of(user)) if user else None


def _body(desk: Context, row: Notification, its: Conversation) -> str:
    """Who said what: of the message it is about, else of the newest that the customer can read."""
    told = (
        messages.message(desk.db, row.message_id)
        if row.message_id is not None
        else messages.newest(desk.db, its.id, messages.VISIBLE_TO_CUSTOMER)
    )
    return f"{_writer(desk, told)}{told.content or ''}"[:BODY_LENGTH] if told else ""


def _writer(desk: Context, row: Message) -> str:
    if row.sender_type == "Contact":
        contact = customers.contact(desk.db, row.sender_id)
        return f"{contact.name}: " if contact else ""
    user = people.user(desk.db, row.sender_id)
    return f"{user.name}: " if user else ""


def pushed_notification(desk: Context, row: Notification) -> Json:
    """What the person hears at once: the row and the counts; its title is the text of the body."""
    shown = notification(desk, row)
    told = {**shown, "push_message_title": shown["push_message_body"], "account_id": ACCOUNT_ID}
    return {"notification": told, **counts(desk, row.user_id)}


def counts(desk: Context, user_id: int) -> Json:
    """The counts that go with every push."""
    return {
        "unread_count": notifications.unread_count(desk.db, user_id),
        "count": notifications.count(desk.db, user_id, read=True, snoozed=True),
    }


def raw_notification(row: Notification) -> Json:
    """The bare record, as changing one answers."""
    return {
        "id": row.id,
        "account_id": ACCOUNT_ID,
        "user_id": row.user_id,
        "notification_type": row.kind,
        "primary_actor_type": "Conversation",
        "primary_actor_id": row.conversation_id + DATABASE_ID,
        "secondary_actor_type": "Message" if row.message_id is not None else "User",
        "secondary_actor_id": row.message_id if row.message_id is not None else row.by_user_id,
        "read_at": iso(row.read_at),
        "snoozed_until": iso(row.snoozed_until),
        "last_activity_at": iso(row.last_activity_at),
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "meta": {},
    }
