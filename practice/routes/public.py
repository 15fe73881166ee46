"""Routes: the customer's side of the API inboxes, without credentials."""

from __future__ import annotations

from starlette.responses import Response

from practice.changes import arriving, handling, writing
from practice.changes.arriving import Visitor
from practice.changes.automatic import TELL_WHEN_BUSY
from practice.dialect import errors
from practice.dialect.conversations import public_conversation
from practice.dialect.customers import public_contact, raw_contact
from practice.dialect.messages import public_message
from practice.dialect.people import public_inbox
from practice.routes.call import Call, answer, empty
from practice.routes.messages import content_of
from practice.routes.served import PUBLIC, ForAnyone, Served
from practice.store import conversations, customers, messages, people
from practice.store.messages import Window
from practice.store.rows import Contact, ContactInbox, Conversation, Inbox, Json, Message

CONTACT = PUBLIC + "/contacts/{contact_identifier}"
CONVERSATIONS = CONTACT + "/conversations"
CONVERSATION = CONVERSATIONS + "/{conversation_id:int}"
MESSAGES = CONVERSATION + "/messages"


def _inbox(call: Call) -> Inbox:
    row = people.inbox_by_identifier(call.desk.db, call.path["inbox_identifier"])
    if row is None:
        raise errors.no_route()
    return row


def _session(call: Call) -> ContactInbox:
    row = customers.session_by_source(call.desk.db, _inbox(call).id, call.path["contact_identifier"])
    if row is None:
        raise errors.no_route()
    call.desk.presence.contact_seen(row.contact_id)
    return row


def _contact(call: Call, session: ContactInbox) -> Contact:
    row = customers.contact(call.desk.db, session.contact_id)
    if row is None:
        raise errors.no_route()
    return row


def conversation_of(call: Call) -> Conversation:
    """The customer's own conversation in the address; raises ``ApiError`` for any other."""
    session = _session(call)
    row = conversations.conversation(call.desk.db, call.path["conversation_id"])
    if row is None or row.contact_inbox_id != session.id:
        raise errors.no_route()
    return row


def show_inbox(call: Call) -> Response:
    """The inbox."""
    return answer(public_inbox(_inbox(call)))


def _visitor(call: Call) -> Visitor:
    params = call.params
    return Visitor(
        name=params.text("name") or None,
        email=params.text("email").strip().lower() or None,
        phone_number=params.text("phone_number") or None,
        identifier=params.text("identifier") or None,
        custom_attributes=params.mapping("custom_attributes"),
    )


def create_contact(call: Call) -> Response:
    """Arrive: a new session, or the one with this source id."""
    with call.desk.change() as change:
        session = arriving.arrive(
            change, _inbox(call).id, _visitor(call), call.params.text("source_id") or None
        )
    call.desk.presence.contact_seen(session.contact_id)
    return answer(public_contact(_contact(call, session), session))


def show_contact(call: Call) -> Response:
    """Who the customer is."""
    session = _session(call)
    return answer(public_contact(_contact(call, session), session))


def update_contact(call: Call) -> Response:
    """Tell more about oneself."""
    session, visitor = _session(call), _visitor(call)
    contact = _contact(call, session)
    _check_free(contact, customers.known_contact(call.desk.db, email=visitor.email), "email")
    _check_free(contact, customers.known_contact(call.desk.db, phone=visitor.phone_number), "phone_number")
    with call.desk.change() as change:
        arriving.introduce(change, contact, visitor)
    return answer(raw_contact(_contact(call, session)))


def _check_free(contact: Contact, owner: Contact | None, column: str) -> None:
    if owner is not None and owner.id != contact.id:
        raise errors.invalid(f"{column.replace('_', ' ').capitalize()} has already been taken", column)


def create_conversation(call: Call) -> Response:
    """Start a conversation; ``language`` and ``page`` also stand where a web page would leave them, and so
    does ``local_time``, a browser's date with its zone.

    With ``tell_when_busy`` the desk itself tells this customer when nobody answers in the queue's time.
    """
    session, custom = _session(call), call.params.mapping("custom_attributes")
    named = {"browser_language": custom.get("language"), "referer": custom.get("page")}
    attributes: Json = {name: value for name, value in named.items() if isinstance(value, str)}
    if call.params.text("local_time"):
        attributes["initiated_at"] = {"timestamp": call.params.text("local_time")[:100]}
    if call.params.flag(TELL_WHEN_BUSY):
        attributes[TELL_WHEN_BUSY] = True
    with call.desk.change() as change:
        row = arriving.start_conversation(change, session.id, attributes=attributes, custom_attributes=custom)
    return answer(public_conversation(call.desk, row))


def list_conversations(call: Call) -> Response:
    """The session's conversations."""
    rows = conversations.of_session(call.desk.db, _session(call).id)
    return answer([public_conversation(call.desk, row) for row in rows])


def show_conversation(call: Call) -> Response:
    """One conversation with what the customer may read."""
    return answer(public_conversation(call.desk, conversation_of(call)))


def resolve(call: Call) -> Response:
    """The customer ends the conversation."""
    row = conversation_of(call)
    who = _contact(call, _session(call)).name
    with call.desk.change() as change:
        handling.set_status(change, row, "resolved", who=who)
    return show_conversation(call)


def toggle_typing(call: Call) -> Response:
    """Tell that the customer types, or stopped."""
    row, typist = conversation_of(call), _contact(call, _session(call))
    with call.desk.change() as change:
        handling.typing(change, row, typist, on=call.params.text("typing_status") == "on", private=False)
    return empty()


def update_last_seen(call: Call) -> Response:
    """The customer has read everything."""
    row = conversation_of(call)
    with call.desk.change() as change:
        writing.customer_reads(change, row)
    return empty()


def list_messages(call: Call) -> Response:
    """The newest messages that the customer may read, or those before one."""
    wanted = Window(before=call.params.integer("before"), customer_visible=True)
    found = messages.window(call.desk.db, conversation_of(call).id, wanted)
    return answer([public_message(call.desk, row) for row in found])


def create_message(call: Call) -> Response:
    """Write."""
    row = conversation_of(call)
    content = content_of(call.desk, row, call.params)
    draft = writing.incoming(row, _contact(call, _session(call)), content, call.params.files("attachments"))
    with call.desk.change() as change:
        made: Message = writing.customer_writes(change, row, draft, call.params.text("echo_id") or None)
    return answer(public_message(call.desk, made))


ROUTES: list[Served] = [
    ForAnyone("GET", PUBLIC, "The inbox", show_inbox),
    ForAnyone("POST", f"{PUBLIC}/contacts", "Arrive: a new session, or a known one", create_contact),
    ForAnyone("GET", CONTACT, "Who the customer is", show_contact),
    ForAnyone("PATCH", CONTACT, "Tell more about oneself", update_contact),
    ForAnyone("POST", CONVERSATIONS, "Start a conversation", create_conversation),
    ForAnyone("GET", CONVERSATIONS, "The session's conversations", list_conversations),
    ForAnyone("GET", CONVERSATION, "One conversation with its messages", show_conversation),
    ForAnyone("POST", f"{CONVERSATION}/toggle_status", "The customer ends the conversation", resolve),
    ForAnyone("POST", f"{CONVERSATION}/toggle_typing", "Tell that the customer types", toggle_typing),
    ForAnyone(
        "POST", f"{CONVERSATION}/update_last_seen", "The customer has read everything", update_last_seen
    ),
    ForAnyone("GET", MESSAGES, "Messages the customer may read", list_messages),
    ForAnyone("POST", MESSAGES, "Write", create_message),
]
