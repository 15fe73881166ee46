"""Routes: contacts as staff sees them."""

from __future__ import annotations

from starlette.responses import Response

from practice.dialect import errors
from practice.dialect.conversations import conversation as shown
from practice.dialect.customers import contact, listed_session
from practice.routes.call import StaffCall, answer, page_of
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import conversations, customers, people
from practice.store.rows import Contact, Json

CONTACT = ACCOUNT + "/contacts/{contact_id:int}"


def _contact(call: StaffCall) -> Contact:
    row = customers.contact(call.desk.db, call.path["contact_id"])
    if row is None:
        raise errors.not_found()
    return row


def _shown(call: StaffCall, row: Contact, *, sessions: bool = True) -> Json:
    form = contact(row, online=call.desk.presence.is_online(row.id))
    if not sessions:
        return form
    inboxes = {inbox.id: inbox for inbox in people.all_inboxes(call.desk.db)}
    own = customers.sessions(call.desk.db, row.id)
    return {**form, "contact_inboxes": [listed_session(one, inboxes[one.inbox_id]) for one in own]}


def list_contacts(call: StaffCall) -> Response:
    """A page of contacts who can be reached."""
    sort = call.params.text("sort") or "-last_activity_at"
    rows = customers.contacts(call.desk.db, sort=sort, page=call.params.page)
    with_sessions = call.params.flag("include_contact_inboxes", default=True)
    payload = [_shown(call, row, sessions=with_sessions) for row in rows]
    meta = {"count": customers.contact_count(call.desk.db), "current_page": page_of(call)}
    return answer({"meta": meta, "payload": payload})


def search_contacts(call: StaffCall) -> Response:
    """A page of contacts whose name or addresses hold a text."""
    text = call.params.text("q")
    if not text:
        raise errors.unprocessable("Specify search string with parameter q")
    sort = call.params.text("sort") or "-last_activity_at"
    rows, more = customers.matching_contacts(call.desk.db, text, sort=sort, page=call.params.page)
    meta = {"count": len(rows), "current_page": page_of(call), "has_more": more}
    return answer({"meta": meta, "payload": [_shown(call, row) for row in rows]})


def show_contact(call: StaffCall) -> Response:
    """One contact."""
    return answer({"payload": _shown(call, _contact(call))})


def list_conversations(call: StaffCall) -> Response:
    """A contact's newest conversations."""
    rows = conversations.of_contact(call.desk.db, _contact(call).id, call.user)
    return answer({"payload": [shown(call.desk, row, call.user) for row in rows]})


ROUTES: list[Served] = [
    ForStaff("GET", f"{ACCOUNT}/contacts", "A page of contacts", list_contacts),
    ForStaff("GET", f"{ACCOUNT}/contacts/search", "Contacts by name or address", search_contacts),
    ForStaff("GET", CONTACT, "One contact", show_contact),
    ForStaff("GET", f"{CONTACT}/conversations", "A contact's newest conversations", list_conversations),
]
