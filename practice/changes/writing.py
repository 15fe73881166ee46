"""Messages: what customers, staff and the desk itself write, and what that does to the waiting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from practice.announcing import ContactEvent, MentionEvent, MessageEvent
from practice.changes import automatic, delivering, mapping, measuring, notifying
from practice.changes.filing import drop_files, file_all
from practice.changes.records import Draft, Upload, activity, add_message, tell, touch
from practice.desk import Change
from practice.store import conversations, customers, messages, people
from practice.store.rows import INCOMING, OUTGOING, Contact, Conversation, Json, Message, User

MENTION = re.compile(r"mention://(user|team)/(\d+)/")
DELETED_TEXT = "This message was deleted"
REOPENED = "System reopened the conversation due to a new incoming message."


def customer_writes(
    change: Change, conversation: Conversation, draft: Draft, echo_id: str | None = None
) -> Message:
    """A message from the customer; it reopens what was resolved or snoozed, and starts the waiting.

    The first one is answered by the queue's greeting, if it has one.
    """
    first = messages.newest(change.db, conversation.id, f"message_type = {INCOMING}") is None
    row = _written(change, conversation, draft)
    reopened = conversation.status in {"resolved", "snoozed"} and not _is_blocked(change, conversation)
    if reopened:
        _reopen(change, conversation)
    change.events.append(MessageEvent("message.created", row.id, echo_id))
    if conversation.waiting_since is None and not reopened:
        touch(change, conversation.id, waiting_since=change.now)
        tell(change, conversation.id, "conversation.updated")
    if first or reopened or conversation.waiting_since is None:
        due = automatic.busy_due(change, conversation)
        change.db.update("conversations", conversation.id, {"busy_due": due})
    change.db.update("contacts", conversation.contact_id, {"last_activity_at": change.now})
    change.events.append(ContactEvent("contact.updated", conversation.contact_id))
    if first:
        mapping.lay_out(change, conversation, draft.content)
    automatic.answer_message(change, conversation, first=first)
    notifying.of_message(change, conversation, row)
    return row


def _is_blocked(change: Change, conversation: Conversation) -> bool:
    contact = customers.contact(change.db, conversation.contact_id)
    return contact is not None and contact.blocked


def _written(change: Change, conversation: Conversation, draft: Draft) -> Message:
    row = add_message(change, conversation, draft)
    file_all(change, row.id, draft)
    return row


def _reopen(change: Change, conversation: Conversation) -> None:
    waiting = conversation.waiting_since or change.now
    touch(change, conversation.id, status="open", snoozed_until=None, waiting_since=waiting)
    tell(change, conversation.id, "conversation.status_changed", "conversation.updated")
    activity(change, conversation, REOPENED)


def staff_replies(
    change: Change, conversation: Conversation, draft: Draft, echo_id: str | None = None
) -> Message:
    """A reply to the customer: the waiting ends, and the first one is remembered."""
    row = _written(change, conversation, draft)
    delivering.send(change, row)
    change.events.append(MessageEvent("message.created", row.id, echo_id))
    first = conversation.first_reply_created_at is None
    if first:
        change.events.append(MessageEvent("first.reply.created", row.id))
    if first or conversation.waiting_since is not None:
        _measure(change, conversation)
        answered = conversation.first_reply_created_at or change.now
        touch(change, conversation.id, first_reply_created_at=answered, waiting_since=None, busy_due=None)
        tell(change, conversation.id, "conversation.updated")
    notifying.of_message(change, conversation, row)
    return row


def _measure(change: Change, conversation: Conversation) -> None:
    if conversation.first_reply_created_at is None:
        measuring.measure(change, measuring.FIRST_RESPONSE, conversation, conversation.created_at)
    elif conversation.waiting_since is not None:
        measuring.measure(change, measuring.REPLY_TIME, conversation, conversation.waiting_since)


def staff_notes(
    change: Change, conversation: Conversation, draft: Draft, echo_id: str | None = None
) -> Message:
    """A note that customers never see; colleagues named in it are told."""
    row = _written(change, conversation, draft)
    change.events.append(MessageEvent("message.created", row.id, echo_id))
    named = _mentioned(change, conversation, draft.content)
    for user in named:
        conversations.add_participant(change.db, conversation.id, user.id, mentioned=True)
        change.events.append(MentionEvent(conversation.id, user.id))
        notifying.of_mention(change, conversation, user, row)
    notifying.of_message(change, conversation, row, frozenset(user.id for user in named))
    return row


def _mentioned(change: Change, conversation: Conversation, text: str) -> list[User]:
    named: set[int] = set()
    for kind, number in MENTION.findall(text):
        if kind == "user":
            named.add(int(number))
        else:
            named |= {member.id for member in people.team_members(change.db, int(number))}
    return [user for user in people.assignable(change.db, [conversation.inbox_id]) if user.id in named]


def delete_message(change: Change, row: Message) -> Message:
    """Take a message's text and files away; its row stays."""
    drop_files(change, row)
    deleted = {"content": DELETED_TEXT, "content_attributes": {"deleted": True}, "updated_at": change.now}
    change.db.update("messages", row.id, deleted)
    touch(change, row.conversation_id)
    previous = {
        "content": [row.content, DELETED_TEXT],
        "content_attributes": [row.content_attributes, {"deleted": True}],
    }
    change.events.append(MessageEvent("message.updated", row.id, previous=previous))
    return messages.message(change.db, row.id)


def customer_reads(change: Change, conversation: Conversation) -> None:
    """The customer has seen everything up to now; what staff wrote turns ``read``."""
    change.db.update("conversations", conversation.id, {"contact_last_seen_at": change.now})
    tell(change, conversation.id, "conversation.read")
    for row in messages.unread_by_customer(change.db, conversation.id, change.now):
        change.db.update("messages", row.id, {"status": "read", "updated_at": change.now})
        previous = {"status": [row.status, "read"]}
        change.events.append(MessageEvent("message.updated", row.id, previous=previous))


def incoming(
    conversation: Conversation, contact: Contact, content: str, files: Sequence[Upload] = ()
) -> Draft:
    """A draft of the customer's own."""
    if contact.id != conversation.contact_id:
        raise ValueError("this customer belongs to another conversation")
    return Draft(kind=INCOMING, content=content, sender=contact, files=tuple(files))


def outgoing(
    user: User,
    content: str,
    *,
    private: bool = False,
    attributes: Json | None = None,
    files: Sequence[Upload] = (),
) -> Draft:
    """A draft of a member of staff: a reply, or a note when ``private``."""
    return Draft(
        kind=OUTGOING,
        content=content,
        sender=user,
        private=private,
        content_attributes=attributes or {},
        files=tuple(files),
    )
