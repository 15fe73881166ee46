"""What is generated is up to date: ``make docs`` would change nothing."""

from __future__ import annotations

import pytest

from tests.generated import COMPILED, PAGES, ROOT


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_file_is_fresh(name: str) -> None:
    assert (ROOT / name).read_text() == PAGES[name]()


@pytest.mark.parametrize("name", COMPILED)
def test_a_compiled_catalog_is_fresh(name: str) -> None:
    assert (ROOT / name).read_bytes() == COMPILED[name]()
