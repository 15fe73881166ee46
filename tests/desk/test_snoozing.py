"""Until when a conversation can sleep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from agent_tui.desk.snoozing import offered, typed

SUNDAY = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)


def test_times_offered_lie_ahead_and_in_order() -> None:
    for days in range(7):
        now = SUNDAY + timedelta(days=days)
        times = offered(now)
        assert times == sorted(times)
        assert times[0] > now
        assert len(times) == len(set(times))


def test_monday_is_offered_once_on_a_sunday() -> None:
    assert len(offered(SUNDAY)) == 4
    assert len(offered(SUNDAY + timedelta(days=1))) == 5


@pytest.mark.parametrize(
    ("words", "ahead"),
    [
        ("45", timedelta(minutes=45)),
        ("14:30", timedelta(hours=1, minutes=30)),
        ("8.15", timedelta(hours=19, minutes=15)),
        (" 13:00 ", timedelta(days=1)),
    ],
)
def test_a_typed_time_is_the_next_such_time(words: str, ahead: timedelta) -> None:
    assert typed(words, SUNDAY) == SUNDAY + ahead


@pytest.mark.parametrize("words", ["", "0", "soon", "25:00", "12:60", "-5", "99999999", "１２"])
def test_what_is_no_time_means_none(words: str) -> None:
    assert typed(words, SUNDAY) is None
