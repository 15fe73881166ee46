"""What conversations and contacts can be filtered by, and the pages that pass."""

from __future__ import annotations

from typing import Any

from practice.store import conditions
from practice.store.conditions import ANY_TEXT, CONTAINS, DATE, EQUAL, PRESENT, Attribute, Parameters
from practice.store.conversations import PER_PAGE, Counts, counts_where, visible
from practice.store.customers import CONTACTS_PER_PAGE
from practice.store.database import Database
from practice.store.rows import Contact, Conversation, User

_LABELLED = "id IN (SELECT {owner}_id FROM {owner}_labels WHERE {{values}})"


def _own(key: str) -> str:
    return f"json_extract(additional_attributes, '$.{key}')"


CONVERSATIONS = {
    "status": Attribute("status", EQUAL),
    "priority": Attribute("priority", EQUAL),
    "assignee_id": Attribute("assignee_id", PRESENT),
    "inbox_id": Attribute("inbox_id", PRESENT),
    "team_id": Attribute("team_id", PRESENT),
    "campaign_id": Attribute("NULL", PRESENT),
    "contact_id": Attribute("contact_id", EQUAL),
    "display_id": Attribute("id", CONTAINS),
    "labels": Attribute("", PRESENT, among=_LABELLED.format(owner="conversation")),
    "browser_language": Attribute(_own("browser_language"), EQUAL),
    "conversation_language": Attribute(_own("conversation_language"), EQUAL),
    "referer": Attribute(_own("referer"), CONTAINS),
    "mail_subject": Attribute(_own("mail_subject"), CONTAINS),
    "created_at": Attribute("created_at", DATE, "date"),
    "last_activity_at": Attribute("last_activity_at", DATE, "date"),
}
OF_CONVERSATIONS = {
    "conversation_attribute": "custom_attributes",
    "contact_attribute": "(SELECT custom_attributes FROM contacts WHERE contacts.id = contact_id)",
}
CONTACTS = {
    "name": Attribute("name", ANY_TEXT),
    "email": Attribute("email", ANY_TEXT),
    "phone_number": Attribute("phone_number", ANY_TEXT),
    "identifier": Attribute("identifier", ANY_TEXT),
    "city": Attribute(_own("city"), ANY_TEXT),
    "country_code": Attribute(_own("country_code"), PRESENT),
    "blocked": Attribute("blocked", EQUAL),
    "labels": Attribute("", PRESENT, among=_LABELLED.format(owner="contact")),
    "created_at": Attribute("created_at", DATE, "date"),
    "last_activity_at": Attribute("last_activity_at", DATE, "date"),
}
OF_CONTACTS = {"contact_attribute": "custom_attributes"}


def conversations(
    db: Database, viewer: User, payload: Any, *, now: float, page: int
) -> tuple[list[Conversation], Counts]:
    """One page of what passes, the latest first, and the counts; raises ``FilterError``."""
    rows = [row for row in conditions.read(payload) if not _means_any_status(row)]
    where, parameters = "1", Parameters(viewer=viewer.id)
    if rows:
        where, more = conditions.condition(rows, CONVERSATIONS, OF_CONVERSATIONS, now)
        parameters |= more
    where = f"{visible(viewer)} AND ({where})"
    skip = (page - 1) * PER_PAGE
    rest = f"FROM conversations WHERE {where} ORDER BY last_activity_at DESC, id DESC"
    found = db.all(Conversation, f"{rest} LIMIT {PER_PAGE} OFFSET {skip}", parameters)
    return found, counts_where(db, where, parameters)


def _means_any_status(row: conditions.Condition) -> bool:
    return row.attribute_key == "status" and row.values == ["all"]


def contacts(db: Database, payload: Any, *, now: float, page: int) -> tuple[list[Contact], int]:
    """One page of the contacts that pass, and how many do; raises ``FilterError``."""
    where, parameters = conditions.condition(conditions.read(payload), CONTACTS, OF_CONTACTS, now)
    skip = (page - 1) * CONTACTS_PER_PAGE
    rest = f"FROM contacts WHERE {where} ORDER BY last_activity_at DESC NULLS LAST, id"
    found = db.all(Contact, f"{rest} LIMIT {CONTACTS_PER_PAGE} OFFSET {skip}", parameters)
    return found, db.count(f"FROM contacts WHERE {where}", parameters)
