"""Events of the desk: what each carries, and who may hear it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from practice.dialect.conversations import pushed_conversation
from practice.dialect.customers import pushed_contact
from practice.dialect.messages import pushed_message
from practice.dialect.notifications import counts, pushed_notification
from practice.dialect.people import cache_keys, pushed_user
from practice.store import conversations, customers, messages, notifications, people
from practice.store.rows import ACTIVITY, Contact, Conversation, Json, Message, User
from practice.store.seed import ACCOUNT_ID

if TYPE_CHECKING:
    from practice.desk import Desk

ACCOUNT_STREAM = f"account_{ACCOUNT_ID}"
WITHOUT_PERFORMER = frozenset(
    {
        "conversation.read",
        "conversation.updated",
        "conversation.status_changed",
        "assignee.changed",
        "team.changed",
    }
)
STAFF_ONLY = frozenset({"assignee.changed", "team.changed", "conversation.read", "first.reply.created"})


class MessageEvent(Struct, frozen=True):
    """Something about a message. ``previous`` maps changed columns to old and new value."""

    name: str
    message_id: int
    echo_id: str | None = None
    previous: Json | None = None


class ConversationEvent(Struct, frozen=True):
    """Something about a conversation."""

    name: str
    conversation_id: int


class ContactEvent(Struct, frozen=True):
    """Something about a customer; the whole account hears it."""

    name: str
    contact_id: int


class MentionEvent(Struct, frozen=True):
    """A colleague was called by name in a note; only they hear it."""

    conversation_id: int
    user_id: int


class ContactGone(Struct, frozen=True):
    """A customer who is no more, as they were; the whole account hears it."""

    name: str
    contact: Contact


class NotificationEvent(Struct, frozen=True):
    """Something about a notification; only its person hears it."""

    name: str
    notification_id: int


class NotificationGone(Struct, frozen=True):
    """A notification was taken back; only its person hears it."""

    notification_id: int
    user_id: int


class CacheEvent(Struct, frozen=True):
    """Labels, inboxes or teams changed; all staff hears it."""


class TypingEvent(Struct, frozen=True):
    """Someone began or stopped typing; everyone on the conversation but them hears it."""

    name: str
    conversation_id: int
    typist: User | Contact
    is_private: bool


Event = (
    MessageEvent
    | ConversationEvent
    | ContactEvent
    | ContactGone
    | MentionEvent
    | NotificationEvent
    | NotificationGone
    | CacheEvent
    | TypingEvent
)


def announce(desk: Desk, event: Event, performer: User | None) -> None:
    """Tell an event to whom it concerns, as things stand now. ``performer`` is the user who caused it."""
    match event:
        case MessageEvent():
            _message(desk, event, performer)
        case ConversationEvent():
            _conversation(desk, event, performer)
        case ContactEvent():
            _contact(desk, event, performer)
        case ContactGone():
            _contact_gone(desk, event, performer)
        case MentionEvent():
            _mention(desk, event, performer)
        case NotificationEvent():
            _notification(desk, event)
        case NotificationGone():
            _notification_gone(desk, event)
        case CacheEvent():
            _cache(desk)
        case TypingEvent():
            _typing(desk, event, performer)
        case _:
            assert_never(event)


def _signed(desk: Desk, data: Json, event: str, performer: User | None) -> Json:
    data["account_id"] = ACCOUNT_ID
    if performer is not None and event not in WITHOUT_PERFORMER:
        data["performer"] = pushed_user(performer, desk.presence.status_of(performer))
    return data


def _customer_token(desk: Desk, conversation: Conversation) -> str:
    session = customers.session(desk.db, conversation.contact_inbox_id)
    if session is None:
        raise LookupError(f"conversation {conversation.id} has no session")
    return session.pubsub_token


def _existing(desk: Desk, conversation_id: int) -> Conversation:
    found = conversations.conversation(desk.db, conversation_id)
    if found is None:
        raise LookupError(f"no conversation {conversation_id}")
    return found


def _message(desk: Desk, event: MessageEvent, performer: User | None) -> None:
    row = messages.message(desk.db, event.message_id)
    streams = people.audience_tokens(desk.db, row.inbox_id)
    if event.name not in STAFF_ONLY and not row.private and row.message_type != ACTIVITY:
        streams.append(_customer_token(desk, _existing(desk, row.conversation_id)))
    desk.note(event.name, row.conversation_id, row.id)

    def data() -> Json:
        return _signed(desk, _message_data(desk, row, event), event.name, performer)

    desk.hub.publish(streams, event.name, data)


def _message_data(desk: Desk, row: Message, event: MessageEvent) -> Json:
    data = pushed_message(desk, row, event.echo_id)
    if event.previous is not None:
        data["previous_changes"] = event.previous
    return data


def _conversation(desk: Desk, event: ConversationEvent, performer: User | None) -> None:
    row = _existing(desk, event.conversation_id)
    streams = people.audience_tokens(desk.db, row.inbox_id)
    if event.name not in STAFF_ONLY:
        streams.append(_customer_token(desk, row))
    desk.note(event.name, row.id)
    desk.hub.publish(
        streams, event.name, lambda: _signed(desk, pushed_conversation(desk, row), event.name, performer)
    )


def _contact(desk: Desk, event: ContactEvent, performer: User | None) -> None:
    row = customers.contact(desk.db, event.contact_id)
    if row is None:
        raise LookupError(f"no contact {event.contact_id}")
    desk.note(event.name, row.id)
    desk.hub.publish(
        [ACCOUNT_STREAM], event.name, lambda: _signed(desk, pushed_contact(row), event.name, performer)
    )


def _contact_gone(desk: Desk, event: ContactGone, performer: User | None) -> None:
    desk.note(event.name, event.contact.id)
    desk.hub.publish(
        [ACCOUNT_STREAM],
        event.name,
        lambda: _signed(desk, pushed_contact(event.contact), event.name, performer),
    )


def _notification(desk: Desk, event: NotificationEvent) -> None:
    row = notifications.notification(desk.db, event.notification_id)
    if row is None:
        return  # taken back before it was told
    desk.note(event.name, row.id, row.user_id)
    _tell_one(desk, row.user_id, event.name, lambda: pushed_notification(desk, row))


def _notification_gone(desk: Desk, event: NotificationGone) -> None:
    gone = {"notification": {"id": event.notification_id}}
    desk.note("notification.deleted", event.notification_id, event.user_id)
    _tell_one(desk, event.user_id, "notification.deleted", lambda: {**gone, **counts(desk, event.user_id)})


def _tell_one(desk: Desk, user_id: int, name: str, render: Callable[[], Json]) -> None:
    user = people.user(desk.db, user_id)
    desk.hub.publish([user.pubsub_token] if user else [], name, lambda: _signed(desk, render(), name, None))


def _cache(desk: Desk) -> None:
    keys = {"cache_keys": cache_keys(people.account(desk.db))}
    streams = [user.pubsub_token for user in people.users(desk.db)]
    desk.note("account.cache_invalidated")
    desk.hub.publish(
        streams, "account.cache_invalidated", lambda: _signed(desk, keys, "account.cache_invalidated", None)
    )


def _mention(desk: Desk, event: MentionEvent, performer: User | None) -> None:
    row = _existing(desk, event.conversation_id)
    mentioned = people.user(desk.db, event.user_id)
    desk.note("conversation.mentioned", row.id, event.user_id)
    desk.hub.publish(
        [mentioned.pubsub_token] if mentioned else [],
        "conversation.mentioned",
        lambda: _signed(desk, pushed_conversation(desk, row), "conversation.mentioned", performer),
    )


def _typing(desk: Desk, event: TypingEvent, performer: User | None) -> None:
    row = _existing(desk, event.conversation_id)
    streams = people.audience_tokens(desk.db, row.inbox_id)
    if isinstance(event.typist, User):
        who = pushed_user(event.typist, desk.presence.status_of(event.typist))
        streams = [token for token in streams if token != event.typist.pubsub_token]
        streams.append(_customer_token(desk, row))
    else:
        who = pushed_contact(event.typist)
    desk.note(event.name, row.id, event.typist.id)

    def data() -> Json:
        shown = {"conversation": pushed_conversation(desk, row), "user": who, "is_private": event.is_private}
        return _signed(desk, shown, event.name, performer)

    desk.hub.publish(streams, event.name, data)
