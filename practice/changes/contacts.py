"""Customers as staff changes them: new ones, what is known of them, their sessions, notes and labels."""

from __future__ import annotations

from practice.announcing import ContactEvent
from practice.changes import arriving
from practice.desk import Change
from practice.store import notes
from practice.store.notes import Note
from practice.store.rows import Contact, ContactInbox, Json


def add(change: Change, columns: Json, inbox_id: int | None) -> tuple[int, ContactInbox | None]:
    """A new customer, with a session in an inbox if one is named; answers their id and the session."""
    row = {"blocked": False, "custom_attributes": {}, "additional_attributes": {}, **columns}
    name = columns.get("name") or arriving.made_up_name(change)
    times = {"created_at": change.now, "updated_at": change.now}
    contact_id = change.db.insert("contacts", {**row, "name": name, **times})
    change.events.append(ContactEvent("contact.created", contact_id))
    session = arriving.open_session(change, contact_id, inbox_id) if inbox_id is not None else None
    return contact_id, session


def update(change: Change, contact: Contact, columns: Json) -> None:
    """Change what is known of a customer; attributes are merged into those there are."""
    merged = dict(columns)
    for name in ("custom_attributes", "additional_attributes"):
        if name in columns:
            merged[name] = {**getattr(contact, name), **columns[name]}
    _set(change, contact, merged)


def drop_custom_attributes(change: Change, contact: Contact, names: list[str]) -> None:
    """Forget some of a customer's custom attributes."""
    kept = {name: value for name, value in contact.custom_attributes.items() if name not in names}
    _set(change, contact, {"custom_attributes": kept})


def _set(change: Change, contact: Contact, columns: Json) -> None:
    change.db.update("contacts", contact.id, {**columns, "updated_at": change.now})
    change.events.append(ContactEvent("contact.updated", contact.id))


def set_labels(change: Change, contact: Contact, titles: list[str]) -> None:
    """Replace a customer's labels."""
    notes.replace_labels(change.db, contact.id, titles)
    change.events.append(ContactEvent("contact.updated", contact.id))


def add_note(change: Change, contact: Contact, content: str) -> int:
    """Write something down about a customer; answers the note's id."""
    row = {"contact_id": contact.id, "user_id": change.by.id if change.by else None, "content": content}
    return change.db.insert("notes", {**row, "created_at": change.now, "updated_at": change.now})


def set_note(change: Change, note: Note, content: str) -> None:
    """Write a note anew."""
    change.db.update("notes", note.id, {"content": content, "updated_at": change.now})
