"""Percentiles, programs in turn, goals."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import Against, Figure, Goal, Verdict, in_turn, latencies, percentile, verdict
from benchmarks.goals import GOALS


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5.0, 1.0, 4.0, 2.0, 3.0], 0.5) == 3.0
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 95.0
    assert percentile([7.0], 0.99) == 7.0


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_a_percentile_is_not_exceeded_by_its_share_of_the_values(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= math.floor(share * len(values))


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_programs_are_measured_in_turn() -> None:
    assert list(in_turn("hello", "ours", 2)) == [(0, "hello"), (0, "ours"), (1, "hello"), (1, "ours")]


def test_a_goal_against_hello_is_a_ratio() -> None:
    goal = Goal(1.5, Against.HELLO)
    assert verdict(Figure("k", "keys", 6.0, "ms", hello=4.0), goal) is Verdict.KEPT
    assert verdict(Figure("k", "keys", 6.1, "ms", hello=4.0), goal) is Verdict.MISSED


def test_a_goal_in_its_own_unit_is_a_limit() -> None:
    assert verdict(Figure("quit", "quit", 300.0, "ms"), Goal(300.0)) is Verdict.KEPT
    assert verdict(Figure("quit", "quit", 300.1, "ms", hello=1.0), Goal(300.0)) is Verdict.MISSED


def test_without_a_goal_or_a_hello_nothing_is_judged() -> None:
    assert verdict(Figure("k", "keys", 1.0, "ms"), None) is Verdict.NO_GOAL
    assert verdict(Figure("k", "keys", 1.0, "ms"), Goal(1.0, Against.HELLO)) is Verdict.NO_GOAL


def test_latencies_stand_beside_the_same_percentile_of_hello() -> None:
    ours = [float(n) for n in range(1, 101)]
    figures = latencies("keys", "keys", ours, [2 * value for value in ours])
    assert [(figure.key, figure.value, figure.ratio) for figure in figures] == [
        ("keys.p50", 50.0, 0.5),
        ("keys.p95", 95.0, 0.5),
        ("keys.p99", 99.0, 0.5),
    ]


def test_every_goal_is_a_limit_that_can_be_kept() -> None:
    assert all(goal.limit >= 0 for goal in GOALS.values())
