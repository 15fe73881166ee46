"""Routes: the full search over conversations, contacts, messages and articles."""

from __future__ import annotations

from starlette.responses import Response

from practice.dialect import library as shown_library
from practice.dialect import search as dialect
from practice.routes.call import StaffCall, answer
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import library, search
from practice.store.rows import Json

SEARCH = f"{ACCOUNT}/search"


def _conversations(call: StaffCall, *, alone: bool) -> list[Json]:
    form = dialect.listed_conversation if alone else dialect.found_conversation
    rows = search.conversations(call.desk.db, call.user, call.params.text("q"), call.params.page)
    return [form(call.desk, row) for row in rows]


def _contacts(call: StaffCall) -> list[Json]:
    rows = search.contacts(call.desk.db, call.params.text("q"), call.params.page)
    return [dialect.found_contact(row) for row in rows]


def _messages(call: StaffCall) -> list[Json]:
    text, now = call.params.text("q"), call.desk.clock.now()
    rows = search.messages(call.desk.db, call.user, text, call.params.page, now)
    return [dialect.found_message(call.desk, row) for row in rows]


def _articles(call: StaffCall) -> list[Json]:
    rows = library.matching_articles(call.desk.db, call.params.text("q"), call.params.page)
    portals = {portal.id: portal.slug for portal in library.portals(call.desk.db)}
    shelves = {shelf.id: shelf for one in portals for shelf in library.categories(call.desk.db, one)}
    return [
        shown_library.found_article(row, shelves[row.category_id], portals[row.portal_id]) for row in rows
    ]


def _found(call: StaffCall, **sections: list[Json]) -> Response:
    """The sections; nothing is found when nothing was looked for."""
    asked = bool(call.params.text("q").strip())
    return answer({"payload": {name: rows if asked else [] for name, rows in sections.items()}})


def search_everything(call: StaffCall) -> Response:
    """A page of each section."""
    return _found(
        call,
        conversations=_conversations(call, alone=False),
        contacts=_contacts(call),
        messages=_messages(call),
        articles=_articles(call),
    )


def search_conversations(call: StaffCall) -> Response:
    """A page of conversations by number or customer."""
    return _found(call, conversations=_conversations(call, alone=True))


def search_contacts(call: StaffCall) -> Response:
    """A page of contacts by name or address."""
    return _found(call, contacts=_contacts(call))


def search_messages(call: StaffCall) -> Response:
    """A page of messages by their text."""
    return _found(call, messages=_messages(call))


def search_articles(call: StaffCall) -> Response:
    """A page of articles of any help centre that hold a text."""
    return _found(call, articles=_articles(call))


ROUTES: list[Served] = [
    ForStaff("GET", SEARCH, "Everything that holds a text", search_everything),
    ForStaff("GET", f"{SEARCH}/conversations", "Conversations by number or customer", search_conversations),
    ForStaff("GET", f"{SEARCH}/contacts", "Contacts by name or address", search_contacts),
    ForStaff("GET", f"{SEARCH}/messages", "Messages of the last 90 days by their text", search_messages),
    ForStaff("GET", f"{SEARCH}/articles", "Articles that hold a text", search_articles),
]
