"""A shift in small: customers are served by keys, and memory is judged by its course."""

import pytest

from benchmarks.load import PracticeDesk
from benchmarks.rows_shift import AT_A_TIME, growth, shift_desk, worked


def test_customers_are_taken_answered_and_closed() -> None:
    with PracticeDesk() as desk, shift_desk(desk) as working:
        worked(desk, working, 2 * AT_A_TIME)
        assert 10 < working.own_memory() < working.memory()
        assert working.serve(0) == 2 * AT_A_TIME


def test_one_jump_is_no_growth_and_a_steady_leak_is() -> None:
    flat = [(100, 70.0), (200, 70.1), (300, 70.0), (400, 72.0), (500, 70.1), (600, 70.1)]
    assert growth(flat) * 100 == pytest.approx(0.03, abs=0.05)
    leaking = [(handled, 70.0 + handled * 0.02) for handled, _ in flat]
    assert growth(leaking) * 100 == pytest.approx(2.0)
