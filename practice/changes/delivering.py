"""Whether a reply reached the customer: practice customers whose channel is broken, retries, reports."""

from __future__ import annotations

from practice.announcing import MessageEvent
from practice.desk import Change, Desk
from practice.store import conversations, customers, messages
from practice.store.rows import Json, Message

BROKEN = "delivery_fails"
"""The custom attribute of a customer whom nothing reaches: true, or the words of the failure."""
REASON = "The message could not be delivered"


def send(change: Change, row: Message) -> None:
    """Hand a reply to the customer's channel, once everybody on the desk has been told of it."""
    reason = _why_it_fails(change, row)
    if reason is not None:
        change.afterwards.append(lambda: _fail(change.desk, row.id, reason))


def _why_it_fails(change: Change, row: Message) -> str | None:
    conversation = conversations.conversation(change.db, row.conversation_id)
    contact = customers.contact(change.db, conversation.contact_id) if conversation else None
    broken = contact.custom_attributes.get(BROKEN) if contact else None
    if not broken:
        return None
    return broken if isinstance(broken, str) else REASON


def _fail(desk: Desk, message_id: int, reason: str) -> None:
    with desk.change() as change:
        report(change, messages.message(change.db, message_id), "failed", reason)


def report(change: Change, row: Message, status: str, error: str | None = None) -> None:
    """The channel tells how a message fares: sent, delivered, read or failed; read never goes back."""
    if row.status == status or (row.status == "read" and status == "delivered"):
        return
    attributes = {**row.content_attributes, "external_error": error} if error else row.content_attributes
    _set(change, row, status, attributes)


def retry(change: Change, row: Message) -> Message:
    """Send a failed message again; any other is left as it is."""
    if row.status == "failed":
        _set(change, row, "sent", {})
        send(change, row)
    return messages.message(change.db, row.id)


def _set(change: Change, row: Message, status: str, attributes: Json) -> None:
    columns = {"status": status, "content_attributes": attributes, "updated_at": change.now}
    change.db.update("messages", row.id, columns)
    previous: Json = {"status": [row.status, status]}
    if attributes != row.content_attributes:
        previous["content_attributes"] = [row.content_attributes, attributes]
    change.events.append(MessageEvent("message.updated", row.id, previous=previous))
