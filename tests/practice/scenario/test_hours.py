"""Opening hours in a desk's files: what is right, and what is told when they are not."""

from __future__ import annotations

from typing import Any

import pytest

from practice.scenario.loader import ScenarioError, load

Desk = Any
QUEUE = 'automatic.en = "You are in the queue."'


def with_hours(desk: Desk, hours: str) -> None:
    desk.change(QUEUE, f'{QUEUE}\nclosed.en = "We are closed."\nhours = [{hours}]')


def test_hours_are_given_by_days(desk: Desk) -> None:
    with_hours(desk, '{ days = ["monday", "friday"], opens = "08:15" }')
    [hours] = load(str(desk.path)).queues[0].hours
    assert (hours.days, hours.opens, hours.closes) == (["monday", "friday"], "08:15", "17:00")


@pytest.mark.parametrize(
    ("hours", "what"),
    [
        ('{ days = ["monday"], opens = "9" }', "opens is '9'; write a time of day such as 09:30"),
        ('{ days = ["monday"], opens = "17:00" }', "it closes at 17:00, before it opens"),
        ('{ days = ["monday"] }, { days = ["monday"] }', "monday has hours already"),
        ('{ days = ["someday"] }', "days is 'someday'"),
    ],
)
def test_hours_that_cannot_be_are_told(desk: Desk, hours: str, what: str) -> None:
    with_hours(desk, hours)
    with pytest.raises(ScenarioError) as told:
        load(str(desk.path))
    assert what in str(told.value)


def test_an_unknown_time_zone_is_told(desk: Desk) -> None:
    line = desk.change('languages = ["en", "fi"]', 'languages = ["en", "fi"]\ntimezone = "Europe/Atlantis"')
    with pytest.raises(ScenarioError) as told:
        load(str(desk.path))
    assert f"{desk.file}:{line + 1}: the time zone 'Europe/Atlantis' is unknown" in str(told.value)
