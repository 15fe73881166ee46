"""When customers arrive: bounds that hold exactly for these seeds, and generously for others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from random import Random

import pytest

from practice.customers.arrivals import arrivals, constant
from practice.scenario.model import Phase


def within(phases: Sequence[Phase], seconds: float, seed: int, start: float = 0.0) -> list[float]:
    times = arrivals(phases, start, Random(seed))
    return list(takewhile(lambda at: at < start + seconds, times))


@pytest.mark.parametrize("seed", range(20))
def test_somebody_is_there_within_three_seconds_and_three_within_twenty(seed: int) -> None:
    times = within(constant(0.01), 20.0, seed, start=1_900_000_000.0)

    assert len(times) == 3
    assert 0 < times[0] - 1_900_000_000.0 <= 3.0


def test_arrivals_come_in_order_and_repeat_with_their_seed() -> None:
    times = within(constant(60.0), 3600.0, 7)

    assert times == sorted(times)
    assert times == within(constant(60.0), 3600.0, 7)
    assert times != within(constant(60.0), 3600.0, 8)


@pytest.mark.parametrize("seed", range(5))
def test_a_constant_rate_brings_as_many_as_it_says_spread_at_chance(seed: int) -> None:
    times = within(constant(30.0), 10 * 3600.0, seed)
    gaps = [later - earlier for earlier, later in pairwise(times[3:])]

    assert 17_300 < len(times) < 18_700
    assert 1.9 < sum(gaps) / len(gaps) < 2.1
    mean_square = sum(gap * gap for gap in gaps) / len(gaps)
    assert 7.0 < mean_square < 9.0, "the gaps of a Poisson process vary as much as they are long"


@pytest.mark.parametrize("seed", range(5))
def test_each_phase_has_its_own_rate_and_the_pattern_begins_anew(seed: int) -> None:
    phases = [
        Phase(minutes=10, per_minute=6),
        Phase(minutes=5, per_minute=0),
        Phase(minutes=5, per_minute=24),
    ]
    rounds = 60
    times = within(phases, rounds * 20 * 60.0, seed)
    minutes = [at % 1200 / 60 for at in times if at > 20.0]

    slow = sum(minute < 10 for minute in minutes)
    none = sum(10 <= minute < 15 for minute in minutes)
    fast = sum(minute >= 15 for minute in minutes)

    assert none == 0
    assert 3300 < slow < 3900
    assert 6800 < fast < 7600


def test_nobody_comes_when_no_phase_brings_anybody() -> None:
    assert list(arrivals(constant(0.0), 0.0, Random(1))) == []
