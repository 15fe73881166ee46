"""Opening hours as Chatwoot tells them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api_client.chatwoot import answers
from api_client.models.hours import ALL_DAY, OpeningHours, Span


def hours_of(**told: Any) -> OpeningHours | None:
    inbox = {"id": 2, "name": "Shop", "channel_type": "Channel::Api", **told}
    (queue,) = answers.inboxes(json.dumps({"payload": [inbox]}).encode())
    return queue.hours


def day(number: int, opens: Any = None, closes: Any = None, **told: Any) -> dict[str, Any]:
    return {"day_of_week": number, "open_hour": opens, "open_minutes": 0, "close_hour": closes,
            "close_minutes": 30, "closed_all_day": False, "open_all_day": False, **told}  # fmt: skip


def test_the_week_begins_on_monday_and_keeps_its_clock() -> None:
    days = [day(0, closed_all_day=True), day(1, 9, 17), day(6, open_all_day=True)]
    hours = hours_of(working_hours=days, timezone="Europe/Stockholm", working_hours_enabled=True)
    office = Span(9 * 60, 17 * 60 + 30)
    assert hours == OpeningHours("Europe/Stockholm", (office, None, None, None, None, ALL_DAY, None))


def test_hours_that_are_not_enabled_are_told_and_not_kept() -> None:
    hours = hours_of(working_hours=[day(1, 9, 17)], timezone=None)
    assert hours is not None
    assert (hours.zone, hours.kept) == ("UTC", False)


@pytest.mark.parametrize("told", [None, [], "soon", {"1": 2}])
def test_an_inbox_that_tells_no_week_has_no_hours(told: Any) -> None:
    assert hours_of(working_hours=told) is None


@pytest.mark.parametrize("strange", [day(1), day(1, 17, 9), day(1, "x", 12), day(1, 20, 30), day(9, 9, 17)])
def test_a_day_that_makes_no_sense_is_a_closed_one(strange: dict[str, Any]) -> None:
    hours = hours_of(working_hours=[strange], working_hours_enabled=True)
    assert hours is not None
    assert hours.week == (None,) * 7
