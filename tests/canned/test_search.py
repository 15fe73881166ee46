"""Finding canned responses by what the agent types."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from canned.model import Response
from canned.search import search

LIBRARY = [
    Response("1", "moi", "Hei, miten voin auttaa?"),
    Response("2", "hetki", "Pieni hetki, tarkistan asian."),
    Response("3", "verokortti-muutos", "Voit muuttaa verokorttia OmaVerossa."),
    Response("4", "verokortti", "Verokortti lähetetään työnantajalle."),
    Response("5", "hetki-sv", "Ett ögonblick, jag kontrollerar saken."),
]


def shortcuts(query: str) -> list[str]:
    return [response.shortcut for response in search(LIBRARY, query)]


def test_the_exact_shortcut_comes_before_longer_ones() -> None:
    assert shortcuts("verokortti") == ["verokortti", "verokortti-muutos"]


def test_a_later_part_of_a_shortcut_is_found() -> None:
    assert shortcuts("mu")[0] == "verokortti-muutos"


def test_words_of_the_text_are_found() -> None:
    assert shortcuts("ögonblick") == ["hetki-sv"]


def test_a_slip_of_the_finger_still_finds_it() -> None:
    assert shortcuts("hekti")[0] == "hetki"


def test_an_empty_query_lists_by_shortcut() -> None:
    assert shortcuts("") == sorted(response.shortcut for response in LIBRARY)


@given(st.text(), st.integers(1, 9))
def test_no_query_raises_or_exceeds_the_limit(query: str, limit: int) -> None:
    assert len(search(LIBRARY, query, limit)) <= limit
