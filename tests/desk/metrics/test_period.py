"""Reports of a period: rows of every kind, days of 23 and 25 hours, tags that come late."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_tui.desk.metrics.by import By
from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.period import Period, local_days, local_hours, period_of
from agent_tui.desk.metrics.tally import HOUR, MINUTE
from api_client.models.identity import AgentId, ConversationId, QueueId

HELSINKI = ZoneInfo("Europe/Helsinki")
NOON = round(datetime(2026, 11, 22, 12, tzinfo=HELSINKI).timestamp()) * 1000


def fact(kind: Kind, minute: int, conversation: str = "a", agent: str = "", **more: Any) -> Fact:
    where = (ConversationId(conversation), QueueId("tax"), AgentId(agent))
    return Fact(kind, NOON + minute * MINUTE, *where, channel="web", **more)


def visit(conversation: str, minute: int, agent: str = "1") -> list[Fact]:
    return [
        fact(Kind.ARRIVED, minute, conversation),
        fact(Kind.WAITS, minute, conversation),
        fact(Kind.TAKEN, minute + 1, conversation, agent),
        fact(Kind.ANSWERED, minute + 2, conversation, agent),
        fact(Kind.CLOSED, minute + 5, conversation, agent),
    ]


def period(facts: list[Fact], by: By, begin: int = NOON, end: int = NOON + 12 * HOUR) -> Period:
    found = period_of(facts, by, begin, end, HELSINKI)
    assert found is not None
    return found


def test_hours_in_which_nothing_happened_have_their_row_too() -> None:
    told = period([*visit("a", 0), *visit("b", 150)], By.HOUR)
    assert [int(row.key) for row in told.rows] == [NOON, NOON + HOUR, NOON + 2 * HOUR]
    assert [row.figures.arrivals for row in told.rows] == [1, 0, 1]
    assert (told.total.handled, told.total.first_mean) == (2, 120.0)


@pytest.mark.parametrize(
    ("by", "keys"),
    [(By.QUEUE, ["tax"]), (By.AGENT, ["1", "2"]), (By.CHANNEL, ["web"]), (By.TAG, ["", "refund"])],
)
def test_rows_are_what_was_asked_for(by: By, keys: list[str]) -> None:
    late = fact(Kind.TAGGED, 60, "b", tags=("refund",))
    told = period([*visit("a", 0), *visit("b", 10, "2"), late], by)
    assert [row.key for row in told.rows] == keys
    assert sum(row.figures.handled for row in told.rows) == 2


def test_what_was_open_when_the_period_began_is_known_and_not_counted() -> None:
    told = period(visit("a", -3), By.QUEUE)
    assert (told.total.arrivals, told.total.answers, told.total.handled) == (0, 0, 1)
    assert told.total.handle_time == 4 * 60.0


def test_nothing_of_the_period_is_no_report() -> None:
    assert period_of(visit("a", -60), By.HOUR, NOON, NOON + HOUR, HELSINKI) is None


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 11, 22), 24)])
def test_days_are_as_long_as_the_clock_makes_them(day: tuple[int, int, int], hours: int) -> None:
    noon = round(datetime(*day, 12, tzinfo=HELSINKI).timestamp()) * 1000
    begin, end = local_days(HELSINKI)(noon)
    assert end - begin == hours * HOUR
    inside = {local_hours(HELSINKI)(at) for at in range(begin, end, 15 * MINUTE)}
    assert len(inside) == hours
    assert {local_days(HELSINKI)(at) for at in range(begin, end, HOUR)} == {(begin, end)}


def test_hours_of_a_clock_that_is_half_an_hour_off_begin_when_it_strikes() -> None:
    at = round(datetime(2026, 11, 22, 12, 20, tzinfo=ZoneInfo("Asia/Kolkata")).timestamp()) * 1000
    begin, end = local_hours(ZoneInfo("Asia/Kolkata"))(at)
    assert (at - begin, end - begin) == (20 * MINUTE, HOUR)
