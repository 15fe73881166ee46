"""Routes: what staff knows of contacts, and changes: details, labels, notes, sessions, merging."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import Response

from practice.changes import arriving, contacts, disposing
from practice.dialect import errors
from practice.dialect.customers import listed_session
from practice.dialect.people import agent, inbox
from practice.dialect.times import epoch
from practice.routes.call import Params, StaffCall, answer, empty
from practice.routes.customers import CONTACT, CONTACTS, contact_of, show_contact, shown_contact
from practice.routes.served import ACCOUNT, ForAdministrators, ForStaff, Served
from practice.store import customers, notes, people
from practice.store.notes import Note
from practice.store.rows import Contact, Inbox, Json

NOTES = f"{CONTACT}/notes"
ONE_NOTE = NOTES + "/{note_id:int}"
PHONE = re.compile(r"\+[1-9]\d{1,14}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
TEXTS = ("name", "email", "phone_number", "identifier")


def _columns(call: StaffCall, known: Contact | None) -> Json:
    """What is to be set; raises ``ApiError`` for an address that is none, or another contact's."""
    given = call.params
    columns: Json = {name: given.text(name).strip() or None for name in TEXTS if name in given}
    if "name" in columns and columns["name"] is None:
        columns["name"] = ""
    columns |= {
        name: given.mapping(name) for name in ("custom_attributes", "additional_attributes") if name in given
    }
    if "blocked" in given:
        columns["blocked"] = given.flag("blocked")
    if columns.get("email"):
        columns["email"] = columns["email"].lower()
    _check(call, columns, known)
    return columns


def _check(call: StaffCall, columns: Json, known: Contact | None) -> None:
    email, phone = columns.get("email"), columns.get("phone_number")
    if email and not EMAIL.fullmatch(email):
        raise errors.invalid("Email is invalid", "email")
    if phone and not PHONE.fullmatch(phone):
        raise errors.invalid("Phone number should be in e164 format", "phone_number")
    for name, argument in (("email", "email"), ("phone_number", "phone"), ("identifier", "identifier")):
        value = columns.get(name)
        owner = customers.known_contact(call.desk.db, **{argument: value}) if value else None
        if owner is not None and (known is None or owner.id != known.id):
            words = name.replace("_", " ").capitalize()
            raise errors.invalid(f"{words} has already been taken", name)


def create_contact(call: StaffCall) -> Response:
    """A new contact, with a session in an inbox if one is named."""
    its_inbox = _inbox(call, call.params) if "inbox_id" in call.params else None
    columns = _columns(call, None)
    with call.desk.change(call.user) as change:
        contact_id, session = contacts.add(change, columns, its_inbox.id if its_inbox else None)
    row = customers.contact(call.desk.db, contact_id)
    payload: Json = {"contact": shown_contact(call, row) if row else None, "contact_inbox": None}
    if session is not None and its_inbox is not None:
        payload["contact_inbox"] = {"inbox": inbox(its_inbox), "source_id": session.source_id}
    return answer({"payload": payload})


def _inbox(call: StaffCall, params: Params) -> Inbox:
    row = people.inbox(call.desk.db, params.integer("inbox_id"))
    if row is None:
        raise errors.not_found()
    if row not in people.inboxes(call.desk.db, call.user):
        raise errors.forbidden()
    return row


def update_contact(call: StaffCall) -> Response:
    """Change what is known of a contact."""
    row = contact_of(call)
    columns = _columns(call, row)
    with call.desk.change(call.user) as change:
        contacts.update(change, row, columns)
    return show_contact(call)


def drop_custom_attributes(call: StaffCall) -> Response:
    """Forget some custom attributes."""
    row = contact_of(call)
    with call.desk.change(call.user) as change:
        contacts.drop_custom_attributes(change, row, call.params.texts("custom_attributes"))
    return show_contact(call)


def delete_contact(call: StaffCall) -> Response:
    """Remove a contact who is not there, with all their conversations."""
    row = contact_of(call)
    if call.desk.presence.is_online(row.id):
        raise errors.invalid(f"{row.name} is online. Please try again later.")
    with call.desk.change(call.user) as change:
        disposing.delete_contact(change, row)
    return empty()


def list_labels(call: StaffCall) -> Response:
    """The contact's labels."""
    return answer({"payload": notes.labels_of(call.desk.db, contact_of(call).id)})


def set_labels(call: StaffCall) -> Response:
    """Replace the contact's labels."""
    row = contact_of(call)
    with call.desk.change(call.user) as change:
        contacts.set_labels(change, row, call.params.texts("labels"))
    return list_labels(call)


def _shown_note(call: StaffCall, row: Note) -> Json:
    """As the real server has it, with two ids that come out as null."""
    writer = people.user(call.desk.db, row.user_id)
    return {
        "id": row.id,
        "content": row.content,
        "account_id": None,
        "contact_id": None,
        "user": agent(writer, call.desk.presence.status_of(writer)) if writer else None,
        "created_at": epoch(row.created_at),
        "updated_at": epoch(row.updated_at),
    }


def list_notes(call: StaffCall) -> Response:
    """What staff wrote down about a contact."""
    return answer([_shown_note(call, row) for row in notes.of_contact(call.desk.db, contact_of(call).id)])


def _note(call: StaffCall, note_id: int) -> Note:
    row = notes.note(call.desk.db, contact_of(call).id, note_id)
    if row is None:
        raise errors.not_found()
    return row


def show_note(call: StaffCall) -> Response:
    """One note."""
    return answer(_shown_note(call, _note(call, call.path["note_id"])))


def _content(call: StaffCall) -> str:
    given = call.params.nested("note") if "note" in call.params else call.params
    content = given.text("content")
    if not content.strip():
        raise errors.invalid("Content can't be blank", "content")
    return content


def create_note(call: StaffCall) -> Response:
    """Write something down."""
    row, content = contact_of(call), _content(call)
    with call.desk.change(call.user) as change:
        made = contacts.add_note(change, row, content)
    return answer(_shown_note(call, _note(call, made)))


def update_note(call: StaffCall) -> Response:
    """Write a note anew."""
    row, content = _note(call, call.path["note_id"]), _content(call)
    with call.desk.change(call.user) as change:
        contacts.set_note(change, row, content)
    return show_note(call)


def delete_note(call: StaffCall) -> Response:
    """Throw a note away."""
    row = _note(call, call.path["note_id"])
    with call.desk.change(call.user) as change:
        change.db.run("DELETE FROM notes WHERE id = ?", (row.id,))
    return empty()


def list_contactable(call: StaffCall) -> Response:
    """The caller's inboxes in which this contact can be written to."""
    row = contact_of(call)
    sources = {one.inbox_id: one.source_id for one in customers.sessions(call.desk.db, row.id)}
    mine = people.inboxes(call.desk.db, call.user)
    payload: list[dict[str, Any]] = [
        {"inbox": inbox(one), "source_id": sources.get(one.id) or call.desk.tokens.uuid("offered")}
        for one in mine
    ]
    return answer({"payload": payload})


def open_session(call: StaffCall) -> Response:
    """Give the contact a session in an inbox."""
    row, its_inbox = contact_of(call), _inbox(call, call.params)
    source = call.params.text("source_id") or None
    known = customers.session_by_source(call.desk.db, its_inbox.id, source) if source else None
    if known is not None and known.contact_id != row.id:
        raise errors.invalid("Source has already been taken", "source_id")
    if known is None:
        with call.desk.change(call.user) as change:
            known = arriving.open_session(change, row.id, its_inbox.id, source)
    return answer(listed_session(known, its_inbox))


def merge_contacts(call: StaffCall) -> Response:
    """Make one contact of two."""
    base = customers.contact(call.desk.db, call.params.integer("base_contact_id"))
    other = customers.contact(call.desk.db, call.params.integer("mergee_contact_id"))
    if base is None or other is None:
        raise errors.not_found()
    if base.id == other.id:
        raise errors.unprocessable("A contact cannot be merged with itself")
    with call.desk.change(call.user) as change:
        disposing.merge(change, base, other)
    return answer(shown_contact(call, customers.contact(call.desk.db, base.id) or base, sessions=False))


ROUTES: list[Served] = [
    ForStaff("POST", CONTACTS, "A new contact", create_contact),
    ForStaff("PUT", CONTACT, "Change what is known of a contact", update_contact),
    ForStaff("PATCH", CONTACT, "Change what is known of a contact", update_contact),
    ForAdministrators("DELETE", CONTACT, "Remove a contact who is not there", delete_contact),
    ForStaff(
        "POST", f"{CONTACT}/destroy_custom_attributes", "Forget custom attributes", drop_custom_attributes
    ),
    ForStaff("GET", f"{CONTACT}/labels", "The contact's labels", list_labels),
    ForStaff("POST", f"{CONTACT}/labels", "Replace the contact's labels", set_labels),
    ForStaff("GET", NOTES, "What staff wrote down about a contact", list_notes),
    ForStaff("POST", NOTES, "Write something down", create_note),
    ForStaff("GET", ONE_NOTE, "One note", show_note),
    ForStaff("PATCH", ONE_NOTE, "Write a note anew", update_note),
    ForStaff("DELETE", ONE_NOTE, "Throw a note away", delete_note),
    ForStaff("GET", f"{CONTACT}/contactable_inboxes", "Where a contact can be written to", list_contactable),
    ForStaff("POST", f"{CONTACT}/contact_inboxes", "Give a contact a session in an inbox", open_session),
    ForStaff("POST", f"{ACCOUNT}/actions/contact_merge", "Make one contact of two", merge_contacts),
]
