"""Articles and the categories they stand in."""

from __future__ import annotations

from practice.desk import Change
from practice.store import library
from practice.store.rows import Category, Json, Portal
from practice.store.seed import slug_of

GENERAL = "general"


def shelf_for(change: Change, portal: Portal, locale: str, category_id: int | None) -> Category:
    """The category named, or the one for everything else in a language, which is made when it is missing."""
    shelves = library.categories(change.db, portal.id)
    for shelf in shelves:
        if category_id is not None and shelf.id == category_id:
            return shelf
    for shelf in shelves:
        if shelf.slug == GENERAL and shelf.locale == locale:
            return shelf
    row = {"portal_id": portal.id, "slug": GENERAL, "name": GENERAL.capitalize(), "locale": locale}
    return Category(change.db.insert("categories", row), portal.id, GENERAL, GENERAL.capitalize(), locale)


def add_article(change: Change, shelf: Category, columns: Json) -> int:
    """A new article in a category; answers its id."""
    last = change.db.values("SELECT ifnull(max(position), 0), count(*) FROM articles")
    row = {
        "portal_id": shelf.portal_id,
        "category_id": shelf.id,
        "author_id": change.by.id if change.by else None,
        "locale": shelf.locale,
        "description": "",
        "content": "",
        "status": "draft",
        "position": last[0] + 10,
        **columns,
        "slug": _free_slug(change, shelf, columns.get("slug") or slug_of(columns["title"]) or "article"),
        "updated_at": change.now,
    }
    return change.db.insert("articles", row)


def _free_slug(change: Change, shelf: Category, wanted: str) -> str:
    """``wanted``, or with a number behind it when another article has it already."""
    sql = "SELECT slug FROM articles WHERE portal_id = ? AND locale = ?"
    taken = set(change.db.column(sql, (shelf.portal_id, shelf.locale)))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
