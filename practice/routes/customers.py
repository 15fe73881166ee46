"""Routes: contacts as staff finds them."""

from __future__ import annotations

from starlette.responses import Response

from practice.dialect import errors
from practice.dialect.conversations import conversation as shown
from practice.dialect.customers import contact, listed_session
from practice.routes.call import StaffCall, answer, page_of
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import conversations, customers, filtering, people
from practice.store.conditions import FilterError
from practice.store.rows import Contact, Json

CONTACTS = f"{ACCOUNT}/contacts"
CONTACT = CONTACTS + "/{contact_id:int}"


def contact_of(call: StaffCall) -> Contact:
    """The contact in the address; raises ``ApiError`` if there is none."""
    row = customers.contact(call.desk.db, call.path["contact_id"])
    if row is None:
        raise errors.not_found()
    return row


def shown_contact(call: StaffCall, row: Contact, *, sessions: bool = True) -> Json:
    """A contact with their sessions, unless these are not wanted."""
    form = contact(row, online=call.desk.presence.is_online(row.id))
    if not sessions:
        return form
    inboxes = {inbox.id: inbox for inbox in people.all_inboxes(call.desk.db)}
    own = customers.sessions(call.desk.db, row.id)
    return {**form, "contact_inboxes": [listed_session(one, inboxes[one.inbox_id]) for one in own]}


def list_contacts(call: StaffCall) -> Response:
    """A page of contacts who can be reached."""
    sort = call.params.text("sort") or "-last_activity_at"
    labels = call.params.texts("labels")
    rows = customers.contacts(call.desk.db, sort=sort, page=call.params.page, labels=labels)
    with_sessions = call.params.flag("include_contact_inboxes", default=True)
    payload = [shown_contact(call, row, sessions=with_sessions) for row in rows]
    meta = {"count": customers.contact_count(call.desk.db, labels), "current_page": page_of(call)}
    return answer({"meta": meta, "payload": payload})


def list_active(call: StaffCall) -> Response:
    """Contacts who are there now."""
    online = [customers.contact(call.desk.db, int(one)) for one in call.desk.presence.customers()]
    payload = [shown_contact(call, row) for row in online if row is not None]
    return answer({"meta": {"count": len(payload), "current_page": page_of(call)}, "payload": payload})


def search_contacts(call: StaffCall) -> Response:
    """A page of contacts whose name or addresses hold a text."""
    text = call.params.text("q")
    if not text:
        raise errors.unprocessable("Specify search string with parameter q")
    sort = call.params.text("sort") or "-last_activity_at"
    rows, more = customers.matching_contacts(call.desk.db, text, sort=sort, page=call.params.page)
    meta = {"count": len(rows), "current_page": page_of(call), "has_more": more}
    return answer({"meta": meta, "payload": [shown_contact(call, row) for row in rows]})


def filter_contacts(call: StaffCall) -> Response:
    """A page of contacts that pass a filter."""
    payload = call.params.values.get("payload")
    try:
        rows, count = filtering.contacts(
            call.desk.db, payload, now=call.desk.clock.now(), page=call.params.page
        )
    except FilterError as error:
        raise errors.unprocessable(str(error)) from error
    meta = {"count": count, "current_page": page_of(call)}
    return answer({"meta": meta, "payload": [shown_contact(call, row) for row in rows]})


def show_contact(call: StaffCall) -> Response:
    """One contact."""
    return answer({"payload": shown_contact(call, contact_of(call))})


def list_conversations(call: StaffCall) -> Response:
    """A contact's newest conversations."""
    rows = conversations.of_contact(call.desk.db, contact_of(call).id, call.user)
    return answer({"payload": [shown(call.desk, row, call.user) for row in rows]})


ROUTES: list[Served] = [
    ForStaff("GET", CONTACTS, "A page of contacts", list_contacts),
    ForStaff("GET", f"{CONTACTS}/search", "Contacts by name or address", search_contacts),
    ForStaff("POST", f"{CONTACTS}/filter", "Contacts that pass a filter", filter_contacts),
    ForStaff("GET", f"{CONTACTS}/active", "Contacts who are there now", list_active),
    ForStaff("GET", CONTACT, "One contact", show_contact),
    ForStaff("GET", f"{CONTACT}/conversations", "A contact's newest conversations", list_conversations),
]
