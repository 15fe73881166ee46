"""Routes: the help centre, its categories and articles, as staff sees and leads write them."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from starlette.responses import Response

from practice.changes.shelving import add_article, shelf_for
from practice.dialect import errors
from practice.dialect import library as dialect
from practice.dialect.people import agent
from practice.routes.call import Params, StaffCall, answer, empty, page_of
from practice.routes.served import ACCOUNT, ForAdministrators, ForStaff, Served
from practice.store import library, people
from practice.store.rows import Article, ArticleStatus, Json, Portal
from practice.store.seed import slug_of

FILTERS = ("locale", "category_slug", "author_id", "query")
STATUSES: tuple[ArticleStatus, ...] = get_args(ArticleStatus)
PORTALS = f"{ACCOUNT}/portals"
PORTAL = PORTALS + "/{slug}"
ARTICLES = f"{PORTAL}/articles"
ARTICLE = ARTICLES + "/{article_id:int}"


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


def list_categories(call: StaffCall) -> Response:
    """A help centre's categories in a language, or in all."""
    portal, locale = _asked_portal(call), call.params.text("locale")
    rows = [row for row in library.categories(call.desk.db, portal.id) if not locale or row.locale == locale]
    payload = [dialect.category(row, library.shelved(call.desk.db, row.id)) for row in rows]
    meta = {"current_page": page_of(call), "categories_count": len(rows)}
    return answer({"payload": payload, "meta": meta})


def list_articles(call: StaffCall) -> Response:
    """A page of a help centre's articles."""
    portal = _asked_portal(call)
    filters = {name: call.params.text(name) for name in FILTERS}
    filters["status"] = _status(call.params) or ""
    rows, count = library.articles(call.desk.db, portal.id, filters, call.params.page)
    by_status = library.article_counts(call.desk.db, portal.id)
    meta = {
        "all_articles_count": sum(by_status.values()),
        "published_count": by_status.get("published", 0),
        "draft_articles_count": by_status.get("draft", 0),
        "archived_articles_count": by_status.get("archived", 0),
        "articles_count": count,
        "current_page": page_of(call),
    }
    return answer({"payload": _shown(call, portal, rows), "meta": meta})


def _status(params: Params) -> ArticleStatus | None:
    """A status by name or by number, as the wire takes both."""
    given = params.text("status")
    if given.isdecimal() and int(given) < len(STATUSES):
        return STATUSES[int(given)]
    return given if given in STATUSES else None


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


def _asked_article(call: StaffCall) -> tuple[Portal, Article]:
    portal = _asked_portal(call)
    row = library.article(call.desk.db, call.path["article_id"])
    if row is None or row.portal_id != portal.id:
        raise errors.not_found()
    return portal, row


def show_article(call: StaffCall) -> Response:
    """One article."""
    portal, row = _asked_article(call)
    return answer({"payload": _shown(call, portal, [row])[0]})


def _columns(call: StaffCall) -> Json:
    given = call.params.nested("article") if "article" in call.params else call.params
    columns: Json = {name: given.text(name) for name in ("title", "content", "description") if name in given}
    if given.text("slug"):
        columns["slug"] = slug_of(given.text("slug"))
    if "status" in given:
        columns["status"] = _status(given) or "draft"
    if (position := given.integer("position")) is not None:
        columns["position"] = position
    return columns


def create_article(call: StaffCall) -> Response:
    """A new article, a draft at first, in the category or the one for everything else."""
    portal, columns = _asked_portal(call), _columns(call)
    given = call.params.nested("article") if "article" in call.params else call.params
    if not columns.get("title", "").strip():
        raise errors.invalid("Title can't be blank", "title")
    locale = given.text("locale") or portal.locales[0]
    with call.desk.change(call.user) as change:
        shelf = shelf_for(change, portal, locale, given.integer("category_id"))
        made = add_article(change, shelf, columns)
    row = library.article(call.desk.db, made)
    return answer({"payload": _shown(call, portal, [row])[0] if row else None})


def update_article(call: StaffCall) -> Response:
    """Change an article, or publish it."""
    _, row = _asked_article(call)
    columns = _columns(call)
    with call.desk.change(call.user) as change:
        change.db.update("articles", row.id, {**columns, "updated_at": change.now})
    return show_article(call)


def delete_article(call: StaffCall) -> Response:
    """Throw an article away."""
    _, row = _asked_article(call)
    with call.desk.change(call.user) as change:
        change.db.run("DELETE FROM articles WHERE id = ?", (row.id,))
    return empty()


ROUTES: list[Served] = [
    ForStaff("GET", PORTALS, "The help centres", list_portals),
    ForStaff("GET", PORTAL, "One help centre", show_portal),
    ForStaff("GET", f"{PORTAL}/categories", "A help centre's categories", list_categories),
    ForStaff("GET", ARTICLES, "Articles by language, category, status and text", list_articles),
    ForAdministrators("POST", ARTICLES, "A new article", create_article),
    ForAdministrators("GET", ARTICLE, "One article", show_article),
    ForAdministrators("PUT", ARTICLE, "Change an article", update_article),
    ForAdministrators("PATCH", ARTICLE, "Change an article", update_article),
    ForAdministrators("DELETE", ARTICLE, "Throw an article away", delete_article),
]
