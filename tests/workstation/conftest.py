"""A practice desk without invented customers; tests bring their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load


@pytest.fixture
async def desk() -> AsyncIterator[EmbeddedDesk]:
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk):
        async with served:
            yield served
