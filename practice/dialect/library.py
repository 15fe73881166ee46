"""Shared texts on the wire: labels, canned responses, help centre and articles."""

from __future__ import annotations

from collections.abc import Sequence

from practice.dialect.times import epoch, iso
from practice.store.rows import Article, Canned, Category, Json, Label, Portal
from practice.store.seed import ACCOUNT_ID


def label(row: Label) -> Json:
    """A label of the account."""
    return {
        "id": row.id,
        "title": row.title,
        "description": row.description,
        "color": row.color,
        "show_on_sidebar": row.show_on_sidebar,
    }


def canned(row: Canned) -> Json:
    """A canned response; its variables are filled in by the client."""
    return {
        "id": row.id,
        "account_id": ACCOUNT_ID,
        "short_code": row.short_code,
        "content": row.content,
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
    }


def portal(row: Portal, articles_by_locale: dict[str, int], shelves: Sequence[Category]) -> Json:
    """A help centre with its languages."""
    locales = [
        {
            "code": code,
            "articles_count": articles_by_locale.get(code, 0),
            "categories_count": sum(shelf.locale == code for shelf in shelves),
            "draft": False,
        }
        for code in row.locales
    ]
    return {
        "id": row.id,
        "color": "#1F93FF",
        "custom_domain": row.custom_domain,
        "header_text": row.name,
        "homepage_link": row.homepage_link,
        "name": row.name,
        "page_title": row.name,
        "slug": row.slug,
        "archived": False,
        "account_id": ACCOUNT_ID,
        "config": {"allowed_locales": locales, "default_locale": row.locales[0], "layout": "classic"},
        "meta": {"all_articles_count": sum(articles_by_locale.values()), "categories_count": len(shelves)},
    }


def category(row: Category, articles: int) -> Json:
    """A category of a help centre."""
    return {
        "id": row.id,
        "name": row.name,
        "slug": row.slug,
        "locale": row.locale,
        "description": "",
        "position": row.id,
        "account_id": ACCOUNT_ID,
        "meta": {"articles_count": articles},
    }


def article(row: Article, shelf: Category, author: Json | None) -> Json:
    """An article in a help centre's list."""
    category = {
        "id": shelf.id,
        "name": shelf.name,
        "slug": shelf.slug,
        "locale": shelf.locale,
        "icon": "",
        "icon_color": "",
    }
    return {
        "id": row.id,
        "slug": row.slug,
        "title": row.title,
        "content": row.content,
        "description": row.description,
        "status": row.status,
        "position": row.position,
        "account_id": ACCOUNT_ID,
        "updated_at": epoch(row.updated_at),
        "meta": {},
        "category": category,
        "views": 0,
        "author": author,
        "associated_articles": [],
    }


def found_article(row: Article, shelf: Category, portal_slug: str) -> Json:
    """An article in a search result."""
    return {
        "id": row.id,
        "title": row.title,
        "locale": row.locale,
        "content": row.content,
        "slug": row.slug,
        "portal_slug": portal_slug,
        "account_id": ACCOUNT_ID,
        "category_name": shelf.name,
        "status": row.status,
        "updated_at": epoch(row.updated_at),
    }
