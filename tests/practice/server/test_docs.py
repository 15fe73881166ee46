"""The page about the practice desk lists exactly what is served."""

from __future__ import annotations

from pathlib import Path

from practice.routes.table import markdown, routes

PAGE = Path(__file__).parents[3] / "docs" / "practice.md"


def test_the_page_holds_the_table_of_routes_as_it_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text.partition("<!-- routes:start -->")[2].partition("<!-- routes:end -->")[0]
    assert table.strip() == markdown()


def test_no_route_stands_in_the_table_twice() -> None:
    served = [(route.method, route.path) for route in routes()]
    assert len(served) == len(set(served))
