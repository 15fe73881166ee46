"""Routes: a conversation's messages, and writing, noting and deleting them."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from practice.changes import delivering, writing
from practice.desk import Change, Desk
from practice.dialect import errors
from practice.dialect.conversations import messages_meta
from practice.dialect.messages import message
from practice.routes.call import Params, StaffCall, answer
from practice.routes.conversations import conversation_of
from practice.routes.files import uploads_of
from practice.routes.served import CONVERSATION, ForStaff, Served
from practice.store import customers, messages
from practice.store.messages import Window
from practice.store.rows import Conversation, Json, Message

MESSAGE = CONVERSATION + "/messages/{message_id:int}"
CONTENT_LIMIT = 150_000
STATUSES = ("sent", "delivered", "read", "failed")


def content_of(desk: Desk, conversation: Conversation, params: Params) -> str:
    """The text to write, which only files may replace; raises ``ApiError`` when it is not acceptable.

    That is when it is blank, too long, or one message too many in a minute.
    """
    content = params.text("content")
    if not content.strip() and not params.files("attachments") and not params.texts("attachments"):
        raise errors.unprocessable("Validation failed: Content can't be blank")
    if len(content) > CONTENT_LIMIT:
        raise errors.unprocessable(
            f"Validation failed: Content is too long (maximum is {CONTENT_LIMIT} characters)"
        )
    if (
        messages.count_since(desk.db, conversation.id, desk.clock.now() - 60)
        >= desk.bounds.messages_per_minute
    ):
        raise errors.unprocessable("Validation failed: Too many messages")
    return content


def list_messages(call: StaffCall) -> Response:
    """A window of messages, oldest first."""
    row = conversation_of(call)
    before, after = call.params.integer("before"), call.params.integer("after")
    wanted = Window(before, after, call.params.flag("filter_internal_messages"))
    found = messages.window(call.desk.db, row.id, wanted)
    payload = [message(call.desk, one) for one in found]
    return answer({"meta": messages_meta(call.desk, row), "payload": payload})


def create_message(call: StaffCall) -> Response:
    """Write a reply or a note, or play the customer with ``message_type`` incoming."""
    row = conversation_of(call)
    content = content_of(call.desk, row, call.params)
    echo_id = call.params.text("echo_id") or None
    incoming = call.params.text("message_type") == "incoming"
    with call.desk.change(None if incoming else call.user) as change:
        made = _as_customer(change, call, row, content) if incoming else _as_staff(change, call, row, content)
    return answer(message(call.desk, made, echo_id))


def _as_staff(change: Change, call: StaffCall, row: Conversation, content: str) -> Message:
    private, echo_id = call.params.flag("private"), call.params.text("echo_id") or None
    draft = writing.outgoing(
        call.user, content, private=private, attributes=_attributes(call, row), files=uploads_of(call)
    )
    write = writing.staff_notes if private else writing.staff_replies
    return write(change, row, draft, echo_id)


def _as_customer(change: Change, call: StaffCall, row: Conversation, content: str) -> Message:
    contact = customers.contact(call.desk.db, row.contact_id)
    if contact is None:
        raise errors.not_found()
    draft = writing.incoming(row, contact, content, uploads_of(call))
    return writing.customer_writes(change, row, draft, call.params.text("echo_id") or None)


def _attributes(call: StaffCall, row: Conversation) -> Json:
    given = call.params.values.get("content_attributes")
    if isinstance(given, str):
        try:
            given = msgspec.json.decode(given)
        except msgspec.DecodeError:
            given = {}
    attributes: Json = dict(given) if isinstance(given, dict) else {}
    if "in_reply_to" in attributes:
        answered = Params(attributes, {}).integer("in_reply_to")
        known = messages.message_in(call.desk.db, row.id, answered)
        attributes["in_reply_to"] = known.id if known else None
    return attributes


def _asked(call: StaffCall) -> Message:
    row = messages.message_in(call.desk.db, conversation_of(call).id, call.path["message_id"])
    if row is None:
        raise errors.not_found()
    return row


def retry_message(call: StaffCall) -> Response:
    """Send a message again whose delivery failed."""
    row = _asked(call)
    with call.desk.change(call.user) as change:
        sent = delivering.retry(change, row)
    return answer(message(call.desk, sent))


def report_delivery(call: StaffCall) -> Response:
    """Tell how a message fared on its channel."""
    row, status = _asked(call), call.params.text("status")
    if not status:
        raise errors.unprocessable("param is missing or the value is empty: status")
    if status not in STATUSES:
        raise errors.internal()
    with call.desk.change(call.user) as change:
        delivering.report(change, row, status, call.params.text("external_error") or None)
    return answer(message(call.desk, messages.message(call.desk.db, row.id)))


def delete_message(call: StaffCall) -> Response:
    """Take a message's text and files away; its row stays."""
    row = _asked(call)
    with call.desk.change(call.user) as change:
        gone = writing.delete_message(change, row)
    return answer(message(call.desk, gone))


ROUTES: list[Served] = [
    ForStaff("GET", f"{CONVERSATION}/messages", "Messages around a cursor", list_messages),
    ForStaff("POST", f"{CONVERSATION}/messages", "Write a reply or a note", create_message),
    ForStaff("PATCH", MESSAGE, "Tell how a message fared on its channel", report_delivery),
    ForStaff("POST", f"{MESSAGE}/retry", "Send a message again whose delivery failed", retry_message),
    ForStaff("DELETE", MESSAGE, "Take a message's text and files away", delete_message),
]
