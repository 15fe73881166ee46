"""Opening hours: by the queue's own clock, over nights, weekends and the turning of clocks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from practice.opening import always_open, day, is_open, seconds_open
from practice.store.rows import Inbox, Json

HELSINKI = ZoneInfo("Europe/Helsinki")
WEEK = [
    day(0),
    *(day(number, opens=(9, 0), closes=(16, 30)) for number in range(1, 6)),
    {**day(6, opens=(0, 0), closes=(23, 59)), "open_all_day": True},
]


def an_inbox(week: list[Json], *, enabled: bool = True) -> Inbox:
    return Inbox(
        id=1,
        key="hats",
        name="Hats",
        identifier="x",
        channel_id=1,
        timezone="Europe/Helsinki",
        working_hours_enabled=enabled,
        working_hours=week,
        greeting_enabled=False,
        greetings={},
        out_of_office={},
        busy={},
        busy_after=60.0,
        survey_enabled=False,
        surveys={},
        auto_assign=False,
        additional_attributes={},
        created_at=0.0,
    )


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).timestamp()


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2030-03-18T08:59:59", False),
        ("2030-03-18T09:00:00", True),
        ("2030-03-18T16:29:59", True),
        ("2030-03-18T16:30:00", False),
        ("2030-03-23T23:59:59", True),
        ("2030-03-24T12:00:00", False),
    ],
)
def test_a_queue_is_open_by_its_own_clock(when: str, *, expected: bool) -> None:
    assert is_open(an_inbox(WEEK), at(when)) is expected


def test_a_queue_without_hours_is_always_open() -> None:
    assert is_open(an_inbox(WEEK, enabled=False), at("2030-03-24T12:00:00"))
    assert is_open(an_inbox(always_open()), at("2030-03-24T03:30:00"))
    assert seconds_open(an_inbox(WEEK, enabled=False), 100.0, 160.0) == 60.0


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2030-03-18T10:00:00", "2030-03-18T11:00:00", 1.0),
        ("2030-03-18T16:00:00", "2030-03-19T09:30:00", 1.0),
        ("2030-03-18T17:00:00", "2030-03-19T08:00:00", 0.0),
        ("2030-03-22T16:00:00", "2030-03-25T09:30:00", 0.5 + 24.0 + 0.5),
        ("2030-03-30T22:00:00", "2030-04-01T09:30:00", 2.0 + 0.5),
    ],
)
def test_the_time_a_queue_was_open_counts_without_nights(start: str, end: str, hours: float) -> None:
    assert seconds_open(an_inbox(WEEK), at(start), at(end)) == hours * 3600


def test_a_span_of_decades_is_cut_and_no_burden() -> None:
    assert seconds_open(an_inbox(WEEK), 0.0, at("2030-03-18T10:00:00")) < 400 * 24 * 3600
