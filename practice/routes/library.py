"""Routes: the help centre and its articles."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from practice.dialect import errors
from practice.dialect import library as dialect
from practice.dialect.people import agent
from practice.routes.call import StaffCall, answer, page_of
from practice.routes.served import ACCOUNT, ForStaff, Served
from practice.store import library, people
from practice.store.rows import Article, Json, Portal

FILTERS = ("locale", "category_slug", "author_id", "query")


def _portal(call: StaffCall, row: Portal) -> Json:
    locales = call.desk.db.column("SELECT locale FROM articles WHERE portal_id = ?", (row.id,))
    return dialect.portal(row, Counter(locales), library.categories(call.desk.db, row.id))


def list_portals(call: StaffCall) -> Response:
    """The help centres."""
    payload = [_portal(call, row) for row in library.portals(call.desk.db)]
    meta = {"current_page": page_of(call), "portals_count": len(payload)}
    return answer({"payload": payload, "meta": meta})


def _asked_portal(call: StaffCall) -> Portal:
    row = library.portal(call.desk.db, call.path["slug"])
    if row is None:
        raise errors.not_found()
    return row


def show_portal(call: StaffCall) -> Response:
    """One help centre."""
    return answer(_portal(call, _asked_portal(call)))


def list_articles(call: StaffCall) -> Response:
    """A page of a help centre's articles; all of them are published."""
    portal = _asked_portal(call)
    filters = {name: call.params.text(name) for name in FILTERS}
    rows, count = library.articles(call.desk.db, portal.id, filters, call.params.page)
    if call.params.text("status") in {"draft", "archived", "0", "2"}:
        rows, count = [], 0
    meta = {
        "all_articles_count": count,
        "published_count": count,
        "draft_articles_count": 0,
        "archived_articles_count": 0,
        "articles_count": count,
        "current_page": page_of(call),
    }
    return answer({"payload": _shown(call, portal, rows), "meta": meta})


def _shown(call: StaffCall, portal: Portal, rows: list[Article]) -> list[Json]:
    shelves = {shelf.id: shelf for shelf in library.categories(call.desk.db, portal.id)}
    authors = {user.id: user for user in people.users(call.desk.db)}
    payload: list[Json] = []
    for row in rows:
        author = authors.get(row.author_id or 0)
        status = call.desk.presence.status_of(author) if author else "offline"
        payload.append(
            dialect.article(row, shelves[row.category_id], agent(author, status) if author else None)
        )
    return payload


ROUTES: list[Served] = [
    ForStaff("GET", f"{ACCOUNT}/portals", "The help centres", list_portals),
    ForStaff("GET", f"{ACCOUNT}/portals/{{slug}}", "One help centre", show_portal),
    ForStaff(
        "GET", f"{ACCOUNT}/portals/{{slug}}/articles", "Articles by language, shelf and text", list_articles
    ),
]
