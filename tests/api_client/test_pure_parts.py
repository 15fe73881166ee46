"""Waits between attempts, and the server's clock."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_client.backoff import BASE, CAP, FLOOR, HEALTHY_AFTER, Backoff
from api_client.clocks import from_answer, from_second


class Highest(Random):
    """Always draws the most."""

    def uniform(self, a: float, b: float) -> float:
        return max(a, b)


class Lowest(Random):
    """Always draws the least."""

    def uniform(self, a: float, b: float) -> float:
        return min(a, b)


def test_waits_double_up_to_a_cap() -> None:
    backoff = Backoff(Highest())
    assert [backoff.next_wait() for _ in range(8)] == [BASE, 1, 2, 4, 8, 16, CAP, CAP]


def test_no_wait_is_nothing_at_all() -> None:
    assert Backoff(Lowest()).next_wait() == FLOOR


def test_only_a_healthy_while_starts_the_count_again() -> None:
    backoff = Backoff(Highest())
    waits = [backoff.next_wait(healthy_for=seconds) for seconds in (0, 19.9, HEALTHY_AFTER, 0)]
    assert waits == [BASE, 1, BASE, 1]


def test_a_wait_asked_for_is_never_cut_short() -> None:
    assert Backoff(Highest()).next_wait(asked=90.0) == 90.0
    assert Backoff(Highest()).next_wait(asked=0.01) == BASE


@given(st.lists(st.tuples(st.floats(0, 1e6), st.none() | st.floats(0, 3600)), max_size=200), st.integers())
def test_every_wait_lies_between_its_bounds(losses: list[tuple[float, float | None]], seed: int) -> None:
    backoff = Backoff(Random(seed))
    for healthy, asked in losses:
        assert FLOOR <= backoff.next_wait(healthy_for=healthy, asked=asked) <= max(CAP, asked or 0)


@given(st.floats(0, 1e10), st.floats(0, 5), st.floats(0, 1))
def test_the_server_s_clock_lies_within_the_uncertainty(second: float, trip: float, share: float) -> None:
    whole = second // 1
    for truth in (whole + trip * share, whole + 0.999 + trip * share):
        reading = from_second(whole, 100.0, trip)
        assert abs(reading.at - truth) <= reading.uncertainty + 1e-5


def test_the_date_of_an_answer_tells_the_time() -> None:
    reading = from_answer({"date": "Fri, 19 Jun 2026 12:00:00 GMT"}, 50.0, 50.4)
    assert reading is not None
    assert reading.received == 50.4
    assert reading.at == pytest.approx(1781870400.7)
    assert reading.uncertainty == pytest.approx(0.7)


@pytest.mark.parametrize(
    "headers",
    [{}, {"date": "yesterday"}, {"date": ""}, {"date": "Fri, 19 Jun 2026 12:00:00 GMT", "age": "300"}],
)
def test_an_answer_without_a_date_of_its_own_tells_nothing(headers: dict[str, str]) -> None:
    assert from_answer(headers, 0.0, 0.1) is None
