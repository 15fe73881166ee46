"""Who calls the agent, how often, and when nothing rings."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk.attention import RING_PAUSE
from agent_tui.desk.calling import most_pressing
from agent_tui.desk.effects import Ring
from agent_tui.desk.model import DeskState
from agent_tui.desk.quiet import Alerts, QuietHours, quiet_hours
from agent_tui.notices import call_words
from api_client.models.people import Availability
from tests.desk.stage import AINO, Desk, a_desk, cid, facts

NIGHT = QuietHours(22 * 60, 7 * 60)


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:59", False), ("22:00", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_go_over_midnight(clock: str, *, quiet: bool) -> None:
    hours, minutes = map(int, clock.split(":"))
    assert NIGHT.cover(hours * 60 + minutes) is quiet


def test_quiet_hours_are_written_as_people_write_them() -> None:
    assert quiet_hours("22:00-07:00") == NIGHT
    assert quiet_hours("12:30-13:15") == QuietHours(750, 795)
    assert quiet_hours("") is None
    assert quiet_hours("08:00-08:00") is None


def desk(alerts: Alerts) -> Desk:
    """At second 100 of the server's, an answered chat before their eyes."""
    made = a_desk(9)
    made.state.alerts = alerts
    return made


def rings(effects: object) -> bool:
    assert isinstance(effects, list)
    return Ring() in effects


def test_many_who_write_at_once_ring_once_and_those_still_there_once_more() -> None:
    at = desk(Alerts())
    assert rings(at.arrives(1))
    assert not rings(at.arrives(2))
    assert not rings(at.arrives(3))
    assert not rings(at.tell(e.Ticked(), after=RING_PAUSE - 0.5))
    assert rings(at.tell(e.Ticked(), after=1))
    assert not rings(at.tell(e.Ticked(), after=RING_PAUSE + 1))


def test_a_call_that_has_been_answered_meanwhile_does_not_ring() -> None:
    at = desk(Alerts())
    at.arrives(1)
    at.arrives(2)
    for number in (1, 2):
        at.tell(e.ConversationChanged(facts(number, assignee=AINO, waiting_since=None, updated_at=200.0)))
    assert not rings(at.tell(e.Ticked(), after=RING_PAUSE + 1))


def test_a_late_customer_calls_again_until_somebody_acts() -> None:
    at = desk(Alerts(repeat=30))
    at.arrives(1)
    assert not rings(at.tell(e.Ticked(), after=29))
    assert not rings(at.tell(e.Ticked(), after=2)), "there is time yet"
    assert rings(at.tell(e.Ticked(), after=20))
    assert not rings(at.tell(e.Ticked(), after=10))
    assert rings(at.tell(e.Ticked(), after=21))
    at.tell(e.AvailabilityChosen(Availability.BUSY))
    assert not rings(at.tell(e.Ticked(), after=60))


def test_ones_own_customer_calls_before_those_in_the_queues_and_not_while_looked_at() -> None:
    at = desk(Alerts(repeat=30))
    at.arrives(1)
    at.tell(e.ConversationChanged(facts(2, assignee=AINO, waiting_since=130.0, updated_at=130.0)))
    call = most_pressing(at.state, at.now)
    assert call is not None
    assert call.mine
    at.tell(e.TabSelected(cid(2)))
    call = most_pressing(at.state, at.now)
    assert call is not None
    assert not call.mine


def test_nothing_rings_in_quiet_hours_and_what_is_late_calls_afterwards() -> None:
    at = desk(Alerts(repeat=30, quiet=NIGHT))
    at.tell(e.Ticked(23 * 60))
    assert not rings(at.arrives(1))
    assert not rings(at.tell(e.Ticked(23 * 60 + 5), after=300))
    assert rings(at.tell(e.Ticked(7 * 60), after=1))


def test_a_notice_names_a_queue_and_a_time_and_nobody() -> None:
    at = desk(Alerts())
    at.arrives(1)
    at.tell(e.Ticked(), after=7)
    call = most_pressing(at.state, at.now)
    assert call is not None
    words = call_words(call)
    assert words.startswith("A customer waits: Online tax return, ")
    assert "Customer 1" not in words
    assert call_words(replace(call, mine=True, waits=83.0)) == (
        "A customer of yours waits: Online tax return, 1:23"
    )


def test_without_the_servers_clock_nobody_is_named() -> None:
    assert most_pressing(DeskState(), 1.0) is None
