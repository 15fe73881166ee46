"""The server's clock from samples that are only good to an interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.engine.clock import ServerClock
from api_client.models.events import ServerTime


def test_the_first_sample_is_told() -> None:
    assert ServerClock().hear(ServerTime(5000.0, 100.0, 0.5)) == pytest.approx(4900.0)


def test_an_unchanged_clock_is_told_once_a_second() -> None:
    clock = ServerClock()
    told = [clock.hear(ServerTime(5000.0 + n / 4, 100.0 + n / 4, 0.01)) is not None for n in range(9)]
    assert told == [True, False, False, False, True, False, False, False, True]


def test_a_clock_that_was_set_is_believed_at_once() -> None:
    clock = ServerClock()
    clock.hear(ServerTime(5000.0, 100.0, 0.5))
    assert clock.hear(ServerTime(9000.0, 100.1, 0.5)) == pytest.approx(8899.9)


def test_a_clock_that_runs_fast_is_followed() -> None:
    clock = ServerClock()
    for second in range(100):
        offset = clock.hear(ServerTime(5000.0 + 60 * second, float(second), 0.5))
        assert offset == pytest.approx(5000.0 + 59 * second, abs=1.1)


@given(
    offset=st.floats(1e9, 2e9),
    trips=st.lists(st.tuples(st.floats(0.01, 5.0), st.floats(0.0, 0.3)), min_size=20, max_size=60),
)
def test_many_whole_seconds_make_an_estimate_that_every_one_of_them_allows(
    offset: float, trips: list[tuple[float, float]]
) -> None:
    clock, now, told = ServerClock(), 1000.0, 0.0
    for pause, trip in trips:
        now += pause
        second = (offset + now) // 1.0
        uncertainty = (1.0 + trip) / 2
        told = clock.hear(ServerTime(second + uncertainty, now + trip, uncertainty)) or told
        assert abs(told - offset) <= 1.3
