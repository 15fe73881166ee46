"""Questions about customers: contacts and their sessions in inboxes."""

from __future__ import annotations

from collections.abc import Sequence

from practice.store.database import Database
from practice.store.rows import Contact, ContactInbox, Conversation

CONTACTS_PER_PAGE = 15
REACHABLE = "(email IS NOT NULL OR phone_number IS NOT NULL OR identifier IS NOT NULL)"
MATCHING = (
    "(name LIKE :like ESCAPE '\\' OR email LIKE :like ESCAPE '\\'"
    " OR phone_number LIKE :like ESCAPE '\\' OR identifier LIKE :like ESCAPE '\\')"
)
SORT_COLUMNS = {
    "name": "lower(name)",
    "email": "lower(email)",
    "phone_number": "phone_number",
    "last_activity_at": "last_activity_at",
    "created_at": "created_at",
    "city": "json_extract(additional_attributes, '$.city')",
    "country": "json_extract(additional_attributes, '$.country_code')",
}


def like(text: str) -> str:
    """A LIKE pattern that finds ``text`` anywhere, its own wildcards taken literally."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def contact(db: Database, contact_id: int | None) -> Contact | None:
    """The contact with this id."""
    return db.one(Contact, "FROM contacts WHERE id = ?", (contact_id,))


def _ordering(sort: str) -> str:
    column = SORT_COLUMNS.get(sort.removeprefix("-"), "last_activity_at")
    return f"ORDER BY {column} {'DESC' if sort.startswith('-') else 'ASC'} NULLS LAST, id"


def contacts(db: Database, *, sort: str, page: int, labels: Sequence[str] = ()) -> list[Contact]:
    """One page of who can be reached, with any of some labels.

    ``sort`` is a name of ``SORT_COLUMNS``, with ``-`` reversed.
    """
    rest = f"FROM contacts WHERE {REACHABLE}{_labelled(labels)} {_ordering(sort)} LIMIT ? OFFSET ?"
    return db.all(Contact, rest, (*labels, CONTACTS_PER_PAGE, (page - 1) * CONTACTS_PER_PAGE))


def contact_count(db: Database, labels: Sequence[str] = ()) -> int:
    """How many contacts the list has over all its pages."""
    return db.count(f"FROM contacts WHERE {REACHABLE}{_labelled(labels)}", labels)


def _labelled(labels: Sequence[str]) -> str:
    marks = ", ".join("?" * len(labels))
    return f" AND id IN (SELECT contact_id FROM contact_labels WHERE title IN ({marks}))" if labels else ""  # noqa: S608  only marks


def matching_contacts(db: Database, text: str, *, sort: str, page: int) -> tuple[list[Contact], bool]:
    """One page of contacts whose name or addresses hold ``text``, and whether there are more."""
    rest = f"FROM contacts WHERE {REACHABLE} AND {MATCHING} {_ordering(sort)} LIMIT :limit OFFSET :skip"
    skip = (page - 1) * CONTACTS_PER_PAGE
    found = db.all(Contact, rest, {"like": like(text), "limit": CONTACTS_PER_PAGE + 1, "skip": skip})
    return found[:CONTACTS_PER_PAGE], len(found) > CONTACTS_PER_PAGE


def known_contact(
    db: Database, *, identifier: str | None = None, email: str | None = None, phone: str | None = None
) -> Contact | None:
    """The contact who already has this identifier, e-mail address or phone number, asked in that order."""
    for column, value in (("identifier", identifier), ("email", email), ("phone_number", phone)):
        found = db.one(Contact, f"FROM contacts WHERE {column} = ?", (value,)) if value else None
        if found is not None:
            return found
    return None


def conversations_of(db: Database, contact_id: int) -> list[Conversation]:
    """All conversations of a contact, oldest first."""
    return db.all(Conversation, "FROM conversations WHERE contact_id = ? ORDER BY id", (contact_id,))


def session(db: Database, contact_inbox_id: int) -> ContactInbox | None:
    """The customer session with this id."""
    return db.one(ContactInbox, "FROM contact_inboxes WHERE id = ?", (contact_inbox_id,))


def session_by_source(db: Database, inbox_id: int, source_id: str) -> ContactInbox | None:
    """The customer session that goes by this source id in an inbox."""
    return db.one(
        ContactInbox, "FROM contact_inboxes WHERE inbox_id = ? AND source_id = ?", (inbox_id, source_id)
    )


def session_by_token(db: Database, pubsub_token: str) -> ContactInbox | None:
    """The customer session with this cable token."""
    return db.one(ContactInbox, "FROM contact_inboxes WHERE pubsub_token = ?", (pubsub_token,))


def sessions(db: Database, contact_id: int) -> list[ContactInbox]:
    """All sessions of a contact, oldest first."""
    return db.all(ContactInbox, "FROM contact_inboxes WHERE contact_id = ? ORDER BY id", (contact_id,))
