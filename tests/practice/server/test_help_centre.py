"""The help centre: categories, articles that leads write, and what everybody may read."""

from __future__ import annotations

from typing import Any

import httpx

from tests.practice.server.house import ACCOUNT, House

ARTICLES = "/portals/help/articles"


def written(house: House, **article: Any) -> dict[str, Any]:
    made: dict[str, Any] = house.ida.post(ARTICLES, article=article)["payload"]
    return made


def patch(house: House, article: dict[str, Any], **body: Any) -> Any:
    return house.ida.http.patch(f"{ACCOUNT}{ARTICLES}/{article['id']}", json={"article": body}).json()


def test_categories_by_language(house: House) -> None:
    answer = house.mara.get("/portals/help/categories", locale="en")
    assert [one["name"] for one in answer["payload"]][:2] == ["Money", "Hats"]
    assert answer["payload"][1]["meta"]["articles_count"] == 1
    swedish = house.mara.get("/portals/help/categories", locale="sv")
    assert [one["slug"] for one in swedish["payload"]] == ["pengar"]
    assert swedish["meta"]["categories_count"] == 1


def test_an_article_is_a_draft_until_it_is_published(house: House) -> None:
    made = written(house, title="Caring for felt", content="Brush it.\n\nKeep it **dry**.", locale="en")
    assert (made["slug"], made["status"], made["author"]["id"]) == ("caring-for-felt", "draft", house.ida.id)
    assert made["category"]["name"] == "General"
    address = f"{house.url}/hc/help/articles/caring-for-felt"
    assert httpx.get(address).status_code == 404
    assert house.mara.get("/search/articles", q="felt")["payload"]["articles"] == []
    for status in ("draft", 0):
        listed = house.mara.get(ARTICLES, status=status, query="felt")["payload"]
        assert [one["id"] for one in listed] == [made["id"]]
    assert patch(house, made, status=1)["payload"]["status"] == "published"
    assert httpx.get(address).status_code == 200
    assert [one["id"] for one in house.mara.get("/search/articles", q="felt")["payload"]["articles"]]
    assert patch(house, made, status="archived", title="Felt")["payload"]["title"] == "Felt"
    assert house.mara.get(ARTICLES)["meta"]["archived_articles_count"] == 1
    path = f"{ARTICLES}/{made['id']}"
    assert house.ida.get(path)["payload"]["status"] == "archived"
    assert house.ida.http.delete(ACCOUNT + path).content == b""
    assert house.ida.refused("GET", path)[0] == 404


def test_two_articles_with_one_title_get_two_addresses(house: House) -> None:
    shelf = house.mara.get("/portals/help/categories", locale="en")["payload"][0]["id"]
    made = [written(house, title="Öppet!", category_id=shelf) for _ in range(3)]
    assert [one["slug"] for one in made] == ["ppet", "ppet-2", "ppet-3"]
    assert {one["category"]["id"] for one in made} == {shelf}
    assert house.ida.refused("POST", ARTICLES, article={"title": " "})[0] == 422


def test_everybody_finds_and_reads_what_is_published(house: House) -> None:
    found = httpx.get(f"{house.url}/hc/help/en/articles.json", params={"query": "refund"}).json()
    assert [one["title"] for one in found["payload"]] == ["Refunds", "Sizes"]
    assert found["meta"] == {"articles_count": 2}
    link = found["payload"][0]["link"]
    assert httpx.get(f"{house.url}/{link}.md").text == "How a **refund** works."
    assert httpx.get(f"{house.url}/hc/nowhere/en/articles.json").status_code == 404
    assert httpx.get(f"{house.url}/hc/help/articles/nothing.md").status_code == 404


def test_nothing_in_an_article_is_taken_for_markup(house: House) -> None:
    evil = written(house, title="<b>Bold</b>", content="<script>alert(1)</script>", status="published")
    page = httpx.get(f"{house.url}/hc/help/articles/{evil['slug']}")
    assert "<script" not in page.text
    assert "&lt;b&gt;Bold" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
