"""Times of day as people type them, by the clock on the queue's wall."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from agent_tui.desk.clock_entry import Mistake, Mistyped, minute_of, moment_of, span_of, weekday_at
from api_client.models.hours import ALL_DAY, Span

ZONE = "Europe/Helsinki"


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp()


@pytest.mark.parametrize(
    ("text", "minute"), [("9", 540), ("9:05", 545), (" 9.05 ", 545), ("0905", 545), ("24:00", 1440)]
)
def test_a_time_is_typed_as_people_type_it(text: str, minute: int) -> None:
    assert minute_of(text) == minute


@pytest.mark.parametrize("text", ["", "x", "25", "9:60", "24:01", "9:5:3", "-1", "٩"])
def test_what_is_no_time_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Mistyped, match="not a time"):
        minute_of(text)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9-16:30", Span(540, 990)),
        ("9:00 – 17", Span(540, 1020)),
        ("0-24", ALL_DAY),
        ("closed", None),
        ("shut", None),
        ("-", None),
    ],
)
def test_a_day_has_hours_or_none(text: str, hours: Span | None) -> None:
    assert span_of(text) == hours


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("9", Mistake.NOT_HOURS),
        ("9-9", Mistake.ENDS_BEFORE),
        ("22-2", Mistake.OVER_MIDNIGHT),
        ("9-25", Mistake.NOT_A_TIME),
    ],
)
def test_hours_that_a_day_cannot_have_are_a_mistake(text: str, mistake: Mistake) -> None:
    with pytest.raises(Mistyped) as caught:
        span_of(text)
    assert caught.value.mistake is mistake


def test_a_time_is_todays_and_one_that_has_passed_a_mistake_or_tomorrows() -> None:
    now = at("2030-03-18T15:00:00")
    assert moment_of("15:45", ZONE, now, today=True) == at("2030-03-18T15:45:00")
    assert moment_of("9", ZONE, now, today=False) == at("2030-03-19T09:00:00")
    assert moment_of("24", ZONE, now, today=True) == at("2030-03-19T00:00:00")
    assert moment_of("+20", ZONE, now, today=True) == now + 1200
    with pytest.raises(Mistyped, match="past"):
        moment_of("14:59", ZONE, now, today=True)


def test_the_night_in_which_clocks_are_set_counts_by_the_wall() -> None:
    evening = at("2030-03-30T22:00:00")
    assert moment_of("6", ZONE, evening, today=False) - evening == 7 * 3600
    autumn = at("2030-10-26T22:00:00")
    assert moment_of("6", ZONE, autumn, today=False) - autumn == 9 * 3600


def test_the_day_is_the_queues_own() -> None:
    assert weekday_at(ZONE, at("2030-03-18T00:30:00")) == 0
    assert weekday_at("UTC", at("2030-03-18T00:30:00")) == 6
