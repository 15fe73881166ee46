"""Questions about what staff keeps about customers: notes and labels."""

from __future__ import annotations

from msgspec import Struct

from practice.store.database import Database


class Note(Struct, frozen=True):
    """Something a member of staff wrote down about a customer."""

    id: int
    contact_id: int
    user_id: int
    content: str
    created_at: float
    updated_at: float


def of_contact(db: Database, contact_id: int) -> list[Note]:
    """A customer's notes, newest first."""
    return db.all(Note, "FROM notes WHERE contact_id = ? ORDER BY id DESC", (contact_id,))


def note(db: Database, contact_id: int, note_id: int) -> Note | None:
    """One of a customer's notes."""
    return db.one(Note, "FROM notes WHERE id = ? AND contact_id = ?", (note_id, contact_id))


def labels_of(db: Database, contact_id: int) -> list[str]:
    """A customer's labels in the order they were set."""
    sql = "SELECT title FROM contact_labels WHERE contact_id = ? ORDER BY position"
    return db.column(sql, (contact_id,))


def replace_labels(db: Database, contact_id: int, titles: list[str]) -> None:
    """Set a customer's labels, dropping what there were."""
    db.run("DELETE FROM contact_labels WHERE contact_id = ?", (contact_id,))
    for position, title in enumerate(dict.fromkeys(titles)):
        db.run("INSERT INTO contact_labels VALUES (?, ?, ?)", (contact_id, position, title))
