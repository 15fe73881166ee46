"""A served practice desk on a stepped clock, one for each test module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from practice.clock import SteppedClock
from practice.embedded import EmbeddedDesk
from tests.practice.server.house import SMALL, START, House


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    clock = SteppedClock(START)
    served = EmbeddedDesk.of(SMALL, clock=clock)
    with closing(served.desk), served, ExitStack() as stack:
        yield House(served, clock, stack)
