"""Routes: the help centre as anybody reads it, without a script and with nothing in it interpreted."""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from practice.dialect import errors
from practice.routes.call import Call, answer
from practice.routes.served import ForAnyone, Served
from practice.store import library
from practice.store.rows import Article, Json, Portal

HITS = 10
SNIPPET = 200
PAGE = """<!doctype html>
<html lang="{locale}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>{title}</h1>
{paragraphs}
</main></body></html>
"""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
}


def _portal(call: Call) -> Portal:
    row = library.portal(call.desk.db, call.path["slug"])
    if row is None:
        raise errors.no_route()
    return row


def find_articles(call: Call) -> Response:
    """Published articles in a language that hold a text, with the beginning of each."""
    portal, locale = _portal(call), call.path["locale"]
    filters = {"locale": locale, "query": call.params.text("query"), "status": "published"}
    rows, count = library.articles(call.desk.db, portal.id, filters, call.params.page)
    payload = [_found(portal, row) for row in rows[:HITS]]
    return answer({"payload": payload, "meta": {"articles_count": count}})


def _found(portal: Portal, row: Article) -> Json:
    return {
        "id": row.id,
        "category_id": row.category_id,
        "title": row.title,
        "content": row.content[:SNIPPET],
        "link": f"hc/{portal.slug}/articles/{row.slug}",
    }


def _article(call: Call, slug: str) -> Article:
    row = library.published(call.desk.db, _portal(call).id, slug)
    if row is None:
        raise errors.no_route()
    return row


def read_article(call: Call) -> Response:
    """A published article: as a page of plain paragraphs, or with ``.md`` behind it as it was written."""
    slug = call.path["article"]
    if slug.endswith(".md"):
        row = _article(call, slug.removesuffix(".md"))
        return Response(row.content, 200, HEADERS, media_type="text/markdown; charset=utf-8")
    row = _article(call, slug)
    paragraphs = "\n".join(f"<p>{escape(text)}</p>" for text in row.content.split("\n\n"))
    page = PAGE.format(locale=escape(row.locale), title=escape(row.title), paragraphs=paragraphs)
    return Response(page, 200, HEADERS, media_type="text/html; charset=utf-8")


ROUTES: list[Served] = [
    ForAnyone(
        "GET", "/hc/{slug}/{locale}/articles.json", "Published articles that hold a text", find_articles
    ),
    ForAnyone("GET", "/hc/{slug}/articles/{article}", "A published article, or its Markdown", read_article),
]
