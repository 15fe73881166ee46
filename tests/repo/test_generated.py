"""What is generated is up to date: ``make docs`` would change nothing."""

from __future__ import annotations

import pytest

from tests.generated import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_fresh(name: str) -> None:
    assert (DOCS / name).read_text() == PAGES[name]()
