"""Who is notified of what: one notification a person and conversation, the newest."""

from __future__ import annotations

from practice.announcing import NotificationEvent, NotificationGone
from practice.desk import Change
from practice.store import conversations, notifications, people
from practice.store.notifications import Kind, Notification
from practice.store.rows import Conversation, Json, Message, User


def notify(
    change: Change, conversation: Conversation, user: User, kind: Kind, *, message: Message | None = None
) -> None:
    """Tell one person of a conversation; what they were told of it before is taken back."""
    row = {
        "user_id": user.id,
        "kind": kind,
        "conversation_id": conversation.id,
        "message_id": message.id if message else None,
        "by_user_id": change.by.id if change.by and message is None else None,
        "created_at": change.now,
        "updated_at": change.now,
        "last_activity_at": change.now,
    }
    older = notifications.about(change.db, user.id, conversation.id)
    made = change.db.insert("notifications", row)
    change.events.append(NotificationEvent("notification.created", made))
    for one in older:
        take_back(change, one)


def take_back(change: Change, row: Notification) -> None:
    """Forget a notification."""
    change.db.run("DELETE FROM notifications WHERE id = ?", (row.id,))
    change.events.append(NotificationGone(row.id, row.user_id))


def set_columns(change: Change, row: Notification, **columns: float | None) -> None:
    """Mark a notification read or unread, or put it off."""
    change.db.update("notifications", row.id, {**columns, "updated_at": change.now})
    change.events.append(NotificationEvent("notification.updated", row.id))


def wake_due(change: Change) -> None:
    """Bring back what was put off until now; it is unread again."""
    for row in notifications.due(change.db, change.now):
        set_columns(change, row, snoozed_until=None, read_at=None, last_activity_at=change.now)


def of_new_conversation(change: Change, conversation: Conversation) -> None:
    """Tell those who asked to hear of every new one and serve its queue."""
    wanted = notifications.subscribed_to_new(change.db)
    for user in people.assignable(change.db, [conversation.inbox_id]) if wanted else []:
        if user.id in wanted and not _is_actor(change, user.id):
            notify(change, conversation, user, "conversation_creation")


def of_assignment(change: Change, conversation: Conversation, user: User) -> None:
    """Tell whoever a conversation was given to, unless they took it themselves."""
    if not _is_actor(change, user.id):
        notify(change, conversation, user, "conversation_assignment")


def of_message(
    change: Change, conversation: Conversation, message: Message, mentioned: frozenset[int] = frozenset()
) -> None:
    """Tell the assignee and whoever else takes part; those mentioned by name are told that."""
    skipped = mentioned | ({message.sender_id} if message.sender_type == "User" else frozenset())
    assignee = people.user(change.db, conversation.assignee_id)
    if assignee is not None and assignee.id not in skipped:
        notify(change, conversation, assignee, "assigned_conversation_new_message", message=message)
    for user in conversations.participants(change.db, conversation.id):
        if user.id not in skipped and user.id != conversation.assignee_id:
            notify(change, conversation, user, "participating_conversation_new_message", message=message)


def of_mention(change: Change, conversation: Conversation, user: User, message: Message) -> None:
    """Tell somebody that they are named in a note."""
    if not _is_actor(change, user.id):
        notify(change, conversation, user, "conversation_mention", message=message)


def read_all(change: Change, user: User, conversation_id: int | None = None) -> None:
    """Mark all of a person's notifications read, or those of one conversation; nobody is told of it."""
    sql = (
        "UPDATE notifications SET read_at = :now, updated_at = :now WHERE user_id = :user AND read_at IS NULL"
    )
    parameters: Json = {"now": change.now, "user": user.id, "conversation": conversation_id}
    change.db.run(sql + (" AND conversation_id = :conversation" if conversation_id else ""), parameters)


def _is_actor(change: Change, user_id: int) -> bool:
    return change.by is not None and change.by.id == user_id
