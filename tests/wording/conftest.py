"""The language of a process is one: a test that changes it puts it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent_tui import wording


@pytest.fixture
def english_again() -> Iterator[None]:
    """English when the test is over."""
    yield
    wording.choose_language(["en"])
