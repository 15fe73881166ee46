"""Removing conversations and customers with all that hangs on them, and merging two customers into one."""

from __future__ import annotations

from practice.announcing import ContactEvent, ContactGone, ConversationEvent
from practice.changes.filing import drop_files
from practice.desk import Change
from practice.store import customers, messages
from practice.store.rows import Contact, Conversation, Json

OF_A_CONVERSATION = (
    "notifications",
    "survey_answers",
    "measurements",
    "transcripts",
    "drafts",
    "participants",
    "conversation_labels",
    "messages",
)
MOVED_IN_A_MERGE = ("conversations", "contact_inboxes", "notes", "survey_answers")


def delete_conversation(change: Change, conversation: Conversation) -> None:
    """Remove a conversation; nobody is told, as on the real server."""
    for row in messages.all_of(change.db, conversation.id):
        drop_files(change, row)
    for table in OF_A_CONVERSATION:
        change.db.run(f"DELETE FROM {table} WHERE conversation_id = ?", (conversation.id,))  # noqa: S608  ours
    change.db.run("DELETE FROM conversations WHERE id = ?", (conversation.id,))


def delete_contact(change: Change, contact: Contact) -> None:
    """Remove a customer with all their conversations."""
    for conversation in customers.conversations_of(change.db, contact.id):
        delete_conversation(change, conversation)
    for table in ("notes", "contact_labels", "contact_inboxes"):
        change.db.run(f"DELETE FROM {table} WHERE contact_id = ?", (contact.id,))  # noqa: S608  ours
    change.db.run("DELETE FROM contacts WHERE id = ?", (contact.id,))
    change.events.append(ContactGone("contact.deleted", contact))


def merge(change: Change, base: Contact, other: Contact) -> None:
    """Make one customer of two: all of ``other`` is ``base``'s from now on."""
    moved = customers.conversations_of(change.db, other.id)
    for table in MOVED_IN_A_MERGE:
        sql = f"UPDATE {table} SET contact_id = ? WHERE contact_id = ?"  # noqa: S608  names are ours
        change.db.run(sql, (base.id, other.id))
    sql = "UPDATE messages SET sender_id = ? WHERE sender_type = 'Contact' AND sender_id = ?"
    change.db.run(sql, (base.id, other.id))
    change.db.run("DELETE FROM contact_labels WHERE contact_id = ?", (other.id,))
    change.db.run("DELETE FROM contacts WHERE id = ?", (other.id,))
    change.db.update("contacts", base.id, {**_completed(base, other), "updated_at": change.now})
    change.events += [ConversationEvent("conversation.contact_changed", one.id) for one in moved]
    change.events.append(ContactEvent("contact.updated", base.id))
    change.events.append(ContactGone("contact.merged", base))


def _completed(base: Contact, other: Contact) -> Json:
    """What the one who stays did not have."""
    return {
        "email": base.email or other.email,
        "phone_number": base.phone_number or other.phone_number,
        "identifier": base.identifier or other.identifier,
        "custom_attributes": {**other.custom_attributes, **base.custom_attributes},
        "additional_attributes": {**other.additional_attributes, **base.additional_attributes},
    }
