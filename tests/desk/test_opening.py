"""Opening hours by the queue's own clock, also in the nights when clocks are set."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.desk.opening import is_open, knows_zone, moment_after, seconds_open
from api_client.models.hours import ALL_DAY, DAY_MINUTES, OpeningHours, Span

OFFICE = Span(8 * 60, 16 * 60)
HELSINKI = OpeningHours("Europe/Helsinki", (OFFICE,) * 5 + (None, None))
NIGHTS = [
    ("Europe/Helsinki", "2026-03-29T00:00"),
    ("Europe/Helsinki", "2026-10-25T00:00"),
    ("America/Havana", "2026-03-08T00:00"),
    ("Australia/Lord_Howe", "2026-04-05T00:00"),
    ("Africa/Casablanca", "2026-02-15T00:00"),
    ("Asia/Kolkata", "2026-06-01T00:00"),
]
"""Zones with a moment near which their clocks are set: by an hour, at midnight, by half an hour, never."""


def at(text: str, zone: str = "Europe/Helsinki", *, fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp()


def naively(hours: OpeningHours, start: float, minutes: int) -> int:
    """Minutes open, by asking the clock at the beginning of each."""
    zone = ZoneInfo(hours.zone)
    found = 0
    for minute in range(minutes):
        wall = datetime.fromtimestamp(start + minute * 60, zone)
        span = hours.week[wall.weekday()]
        found += span is not None and span.opens <= wall.hour * 60 + wall.minute < span.closes
    return found


spans = st.one_of(
    st.none(),
    st.just(ALL_DAY),
    st.tuples(st.integers(0, DAY_MINUTES), st.integers(0, DAY_MINUTES))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: Span(min(pair), max(pair))),
)


@given(st.sampled_from(NIGHTS), st.tuples(*[spans] * 7), st.integers(-4000, 1000), st.integers(0, 3000))
def test_seconds_open_agree_with_a_count_minute_by_minute(
    night: tuple[str, str], week: tuple[Span | None, ...], shift: int, minutes: int
) -> None:
    zone, day = night
    hours = OpeningHours(zone, week)
    start = at(day, zone) + shift * 60
    assert seconds_open(hours, start, start + minutes * 60) == 60 * naively(hours, start, minutes)


@given(st.sampled_from(NIGHTS), st.tuples(*[spans] * 7), st.integers(0, 10**6), st.integers(0, 10**5))
def test_a_moment_after_so_many_open_seconds_has_them_behind_it(
    night: tuple[str, str], week: tuple[Span | None, ...], shift: int, seconds: int
) -> None:
    hours = OpeningHours(night[0], week)
    start = at(night[1], night[0]) + shift
    moment = moment_after(hours, start, seconds)
    if any(week):
        assert seconds_open(hours, start, moment) == pytest.approx(seconds, abs=0.01)
    else:
        assert moment == math.inf


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20T15:00", "2026-11-20T15:30", 0.5),
        ("2026-11-20T15:00", "2026-11-23T09:00", 2.0),
        ("2026-11-21T10:00", "2026-11-22T10:00", 0.0),
        ("2026-03-27T15:00", "2026-03-30T08:30", 1.5),
        ("2026-10-23T15:00", "2026-10-26T08:30", 1.5),
        ("2026-01-05T00:00", "2027-01-04T00:00", 52 * 40.0),
    ],
)
def test_nights_and_weekends_do_not_count(start: str, end: str, hours: float) -> None:
    assert seconds_open(HELSINKI, at(start), at(end)) == hours * 3600


def test_an_hour_read_twice_counts_twice_and_one_never_read_not_at_all() -> None:
    night = OpeningHours("Europe/Helsinki", (Span(3 * 60, 4 * 60),) * 7)
    assert seconds_open(night, at("2026-10-25T00:00"), at("2026-10-25T12:00")) == 7200
    assert seconds_open(night, at("2026-03-29T00:00"), at("2026-03-29T12:00")) == 0


def test_it_is_open_by_its_own_clock() -> None:
    assert is_open(HELSINKI, at("2026-11-20T08:00"))
    assert not is_open(HELSINKI, at("2026-11-20T16:00"))
    assert is_open(HELSINKI, at("2026-11-20T15:30", "Europe/Berlin") - 3600)
    assert not is_open(HELSINKI, at("2026-11-20T15:30", "Europe/Berlin"))
    assert not is_open(HELSINKI, at("2026-11-21T12:00"))


def test_hours_that_are_not_kept_or_not_known_never_close() -> None:
    kept_not = OpeningHours("Europe/Helsinki", (None,) * 7, kept=False)
    for hours in (None, kept_not):
        assert is_open(hours, 0)
        assert seconds_open(hours, 100.0, 350.5) == 250.5
        assert moment_after(hours, 100.0, 60.0) == 160.0


def test_a_wait_that_a_clock_puts_in_the_future_has_no_seconds() -> None:
    assert seconds_open(HELSINKI, 1000.0, 900.0) == 0
    assert seconds_open(None, 1000.0, 900.0) == 0


def test_a_wait_of_centuries_is_no_burden() -> None:
    start = datetime.now(ZoneInfo("UTC")) - timedelta(days=1)
    assert seconds_open(HELSINKI, -1e30, start.timestamp()) > 0
    assert not is_open(HELSINKI, -1e30)


def test_only_zones_of_the_calendar_are_known() -> None:
    assert knows_zone("Europe/Stockholm")
    assert not any(map(knows_zone, ("", "Nowhere/At all", "../../etc/passwd", "a\0b")))
