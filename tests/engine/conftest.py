"""A served practice desk for engine tests that go over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load


@pytest.fixture
async def served() -> AsyncIterator[EmbeddedDesk]:
    """The tax office, on real sockets, until the test is over."""
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk):
        async with served:
            yield served
