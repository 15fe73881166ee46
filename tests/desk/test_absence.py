"""How far back is asked for changes after a loss."""

from __future__ import annotations

import pytest

from agent_tui.desk.absence import LONGEST, MARGIN, Absence


@pytest.fixture
def absence() -> Absence:
    """Of a desk that has been told everything at moment 0."""
    made = Absence()
    made.over(None, 0.0)
    made.filled()
    return made


def test_at_the_first_connection_everything_is_listed() -> None:
    assert Absence().over(None, 0.0) is None


def test_after_a_short_loss_the_gap_is_asked_for_and_a_margin(absence: Absence) -> None:
    assert absence.over(20.0, 500.0) == 20.0 + MARGIN


def test_after_a_long_loss_everything_is_listed(absence: Absence) -> None:
    assert absence.over(LONGEST, 5000.0) == LONGEST + MARGIN
    absence.filled()
    assert absence.over(LONGEST + 1, 9000.0) is None


def test_what_was_not_filled_counts_on_with_the_time_in_between(absence: Absence) -> None:
    absence.over(20.0, 500.0)
    assert absence.over(5.0, 512.0) == 20.0 + 12.0 + 5.0 + MARGIN
    absence.filled()
    assert absence.over(5.0, 900.0) == 5.0 + MARGIN


def test_short_losses_that_are_never_filled_become_a_long_one(absence: Absence) -> None:
    wanted = [absence.over(5.0, 1000.0 + 300.0 * number) for number in range(4)]
    assert [seconds is None for seconds in wanted] == [False, False, True, True]


def test_when_nobody_can_say_what_was_missed_everything_is_listed_until_it_was(absence: Absence) -> None:
    absence.lose_track()
    assert absence.over(5.0, 500.0) is None
    assert absence.over(5.0, 510.0) is None
    absence.filled()
    assert absence.over(5.0, 520.0) == 5.0 + MARGIN


def test_a_list_that_never_came_is_asked_for_again_however_short_the_next_loss() -> None:
    absence = Absence()
    absence.over(None, 0.0)
    assert absence.over(5.0, 10.0) is None
