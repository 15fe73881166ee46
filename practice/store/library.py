"""Questions about shared texts: labels, canned responses, the help centre's articles."""

from __future__ import annotations

from collections import Counter

from practice.store.customers import like
from practice.store.database import Database
from practice.store.rows import Article, Canned, Category, Label, Portal

ARTICLES_PER_PAGE = 25
HITS_PER_PAGE = 15
MATCHING = (
    "(title LIKE :like ESCAPE '\\' OR description LIKE :like ESCAPE '\\' OR content LIKE :like ESCAPE '\\')"
)
TITLE_FIRST = "ORDER BY title LIKE :like ESCAPE '\\' DESC, position, id"


def labels(db: Database) -> list[Label]:
    """The account's labels by title."""
    return db.all(Label, "FROM labels ORDER BY title")


def label(db: Database, label_id: int) -> Label | None:
    """The label with this id."""
    return db.one(Label, "FROM labels WHERE id = ?", (label_id,))


def canned(db: Database, text: str = "") -> list[Canned]:
    """Canned responses by short code; with ``text`` those that hold it, the best short codes first."""
    if not text:
        return db.all(Canned, "FROM canned_responses ORDER BY short_code")
    rest = (
        "FROM canned_responses WHERE short_code LIKE :like ESCAPE '\\' OR content LIKE :like ESCAPE '\\'"
        " ORDER BY short_code LIKE :start ESCAPE '\\' DESC, short_code LIKE :like ESCAPE '\\' DESC,"
        " short_code"
    )
    pattern = like(text)
    return db.all(Canned, rest, {"like": pattern, "start": pattern.removeprefix("%")})


def canned_response(db: Database, canned_id: int) -> Canned | None:
    """The canned response with this id."""
    return db.one(Canned, "FROM canned_responses WHERE id = ?", (canned_id,))


def canned_by_code(db: Database, short_code: str) -> Canned | None:
    """The canned response with this short code."""
    return db.one(Canned, "FROM canned_responses WHERE short_code = ?", (short_code,))


def portals(db: Database) -> list[Portal]:
    """The help centres."""
    return db.all(Portal, "FROM portals ORDER BY id")


def portal(db: Database, slug: str) -> Portal | None:
    """The help centre with this slug."""
    return db.one(Portal, "FROM portals WHERE slug = ?", (slug,))


def categories(db: Database, portal_id: int) -> list[Category]:
    """A help centre's shelves in all languages."""
    return db.all(Category, "FROM categories WHERE portal_id = ? ORDER BY id", (portal_id,))


def articles(db: Database, portal_id: int, filters: dict[str, str], page: int) -> tuple[list[Article], int]:
    """One page of a help centre's articles, and how many there are on all pages.

    ``filters`` may hold ``locale``, ``category_slug``, ``author_id``, ``status`` and ``query``.
    """
    where = ["portal_id = :portal"]
    if filters.get("locale"):
        where.append("locale = :locale")
    if filters.get("author_id"):
        where.append("author_id = :author_id")
    if filters.get("status"):
        where.append("status = :status")
    if filters.get("category_slug"):
        where.append("category_id IN (SELECT id FROM categories WHERE slug = :category_slug)")
    if filters.get("query"):
        where.append(MATCHING)
    parameters = {
        **filters,
        "portal": portal_id,
        "like": like(filters.get("query", "")),
        "limit": ARTICLES_PER_PAGE,
        "skip": (page - 1) * ARTICLES_PER_PAGE,
    }
    condition = " AND ".join(where)
    count = db.count(f"FROM articles WHERE {condition}", parameters)
    rest = f"FROM articles WHERE {condition} {TITLE_FIRST} LIMIT :limit OFFSET :skip"
    return db.all(Article, rest, parameters), count


def article(db: Database, article_id: int) -> Article | None:
    """The article with this id."""
    return db.one(Article, "FROM articles WHERE id = ?", (article_id,))


def published(db: Database, portal_id: int, slug: str) -> Article | None:
    """What everybody may read under this slug; one slug in two languages gives the first."""
    rest = "FROM articles WHERE portal_id = ? AND slug = ? AND status = 'published' ORDER BY id"
    return db.one(Article, rest, (portal_id, slug))


def article_counts(db: Database, portal_id: int) -> dict[str, int]:
    """How many articles a help centre has, by status."""
    statuses = db.column("SELECT status FROM articles WHERE portal_id = ?", (portal_id,))
    return Counter(statuses)


def shelved(db: Database, category_id: int) -> int:
    """How many articles stand in a category."""
    return db.count("FROM articles WHERE category_id = ?", (category_id,))


def matching_articles(db: Database, text: str, page: int) -> list[Article]:
    """One page of published articles of any help centre that hold ``text``."""
    rest = f"FROM articles WHERE status = 'published' AND {MATCHING} {TITLE_FIRST} LIMIT :limit OFFSET :skip"
    return db.all(
        Article, rest, {"like": like(text), "limit": HITS_PER_PAGE, "skip": (page - 1) * HITS_PER_PAGE}
    )
