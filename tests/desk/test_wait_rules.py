"""What a team settles about waiting, and which seconds of a wait count."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk import selectors
from agent_tui.desk.calling import most_pressing
from agent_tui.desk.model import QueueInfo
from agent_tui.desk.rules import Rules
from agent_tui.desk.tabs import most_urgent
from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Promise
from agent_tui.desk.wait_rules import Waits, WaitSettings, limits, waits
from agent_tui.desk.waiting import EMAIL, LIVE_CHAT, counted, due, promise_for, promise_of, wait
from agent_tui.settings import SettingsError, load, rules
from api_client.models.conversation import Status
from api_client.models.hours import OpeningHours, Span
from api_client.models.identity import QueueId
from tests.desk.stage import AINO, QUEUES, TAX, Desk, a_desk, cid

OFFICE = OpeningHours("Europe/Helsinki", (Span(8 * 60, 16 * 60),) * 5 + (None, None))
INBOX = QueueInfo(QueueId("web"), Displayable("Post"), "Post", member=False, channel="email", hours=OFFICE)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Helsinki")).timestamp()


def a_desk_with(**settled: Any) -> Desk:
    """A desk with an inbox that keeps office hours, and a clock that reads epoch seconds."""
    desk = a_desk()
    desk.state.rules = Rules(waits=waits(WaitSettings(**settled)))
    desk.tell(e.CatalogLoaded((*QUEUES, INBOX), (), (), {}, ()))
    desk.tell(e.ServerHeard(offset=-desk.now))
    return desk


def now_is(desk: Desk, text: str) -> None:
    desk.tell(e.ServerHeard(offset=at(text) - desk.now))


# --- how long is too long --------------------------------------------------------------------------


def test_a_rule_names_a_queue_or_a_kind_of_channel_and_two_durations() -> None:
    found = limits("  Tax Card = 30s / 2m ")
    assert (found.name, found.warning, found.breach) == ("tax card", 30, 120)


def test_a_warning_never_comes_after_the_breach() -> None:
    assert limits("chat = 2m / 1m").warning == 60


def test_a_queue_goes_before_its_channel_and_the_channel_before_the_usual() -> None:
    settled = waits(WaitSettings(channels=("chat = 20s / 30s",), queues=("Tax card = 50s / 90s",)))
    assert promise_for("Channel::Api", settled, ("tax card",)) == Promise(50, 90)
    assert promise_for("Channel::Api", settled, ("Other",)) == Promise(20, 30)
    assert promise_for("Channel::Email", settled, ("Other",)) == EMAIL


def test_the_limits_reach_the_list_the_tabs_and_the_queues() -> None:
    desk = a_desk_with(queues=("Online tax return = 10s / 20s",))
    desk.arrives(1)
    desk.holds(2)
    desk.customer_writes(2, 20, 130.0)
    promise = Promise(10, 20)
    assert selectors.waiting_rows(desk.state)[0].promise == promise
    assert selectors.tab_rows(desk.state)[0].promise == promise
    assert {row.queue: row.promise for row in selectors.queue_rows(desk.state)}[TAX] == promise


def test_a_team_promises_what_its_longest_waiting_was_promised() -> None:
    desk = a_desk_with(hours=())
    desk.arrives(1, channel="email")
    promises = {row.queue: row.promise for row in selectors.queue_rows(desk.state)}
    assert (promises[TAX], promises[QueueId("notices")]) == (EMAIL, LIVE_CHAT)


@pytest.mark.parametrize("written", ['channels = ["post = 1m / 2m"]', 'queues = ["Tax card = soon"]'])
def test_a_rule_of_another_form_is_refused(tmp_path: Path, written: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"[waiting]\n{written}\n")
    with pytest.raises(SettingsError, match="waiting"):
        load(file, {}, {})


def test_the_settings_become_rules(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[waiting]\nqueues = ["Tax card = 30s / 45s"]\nhours = ["Chat"]\nasleep = ["email"]\n')
    settled = rules(load(file, {}, {})).waits
    assert settled == Waits((), (limits("tax card=30s/45s"),), frozenset({"chat"}), frozenset({"email"}))


# --- opening hours ---------------------------------------------------------------------------------


def test_only_opening_hours_count_where_the_channel_says_so() -> None:
    desk = a_desk_with()
    desk.arrives(1, channel="Channel::Email")
    desk.arrives(2)
    friday, monday = at("2026-10-23T15:00"), at("2026-10-26T08:30")
    mail, chat = (promise_of(desk.state, desk.chat(number)) for number in (1, 2))
    assert counted(mail, friday, monday) == 1.5 * 3600
    assert counted(chat, friday, monday) == monday - friday
    assert monday - friday == (65.5 + 1) * 3600  # the night in which the clocks were set back


def test_a_queue_can_be_named_for_it() -> None:
    desk = a_desk_with(hours=("online tax return",))
    desk.arrives(1)
    assert promise_of(desk.state, desk.chat(1)).hours == OFFICE


def test_an_e_mail_of_friday_evening_is_due_in_business_hours() -> None:
    mail = replace(EMAIL, hours=OFFICE)
    assert due(mail, at("2026-03-27T15:00")) == pytest.approx(at("2026-03-30T15:00"), abs=0.01)


def test_the_most_urgent_is_the_one_due_first_by_what_counts() -> None:
    desk = a_desk_with()
    desk.holds(1, 2)
    now_is(desk, "2026-10-26T08:30")
    desk.arrives(1, assignee=AINO, channel="email", waiting_since=at("2026-10-23T15:00"), updated_at=0.0)
    desk.arrives(2, assignee=AINO, waiting_since=at("2026-10-26T08:20"), updated_at=0.0)
    assert [chat.id for chat in most_urgent(desk.state)] == [cid(2), cid(1)]


def test_nobody_is_called_for_a_wait_that_stands_still() -> None:
    desk = a_desk_with(hours=("chat",))
    desk.arrives(1, waiting_since=at("2026-10-24T12:00"))
    now_is(desk, "2026-10-25T12:00")
    call = most_pressing(desk.state, desk.now)
    assert call is not None
    assert (call.waits, call.late) == (0.0, False)


# --- asleep ----------------------------------------------------------------------------------------


def sleeps_and_wakes(desk: Desk) -> None:
    """Waits from 100 on, sleeps from 110 to 500."""
    held = {"assignee": AINO, "waiting_since": 100.0}
    desk.arrives(1, updated_at=105.0, **held)
    desk.arrives(1, updated_at=110.0, status=Status.SNOOZED, **held)
    assert wait(desk.chat(1)) is None
    desk.arrives(1, updated_at=300.0, status=Status.SNOOZED, **held)
    desk.arrives(1, updated_at=500.0, **held)


def test_time_asleep_does_not_count() -> None:
    desk = a_desk_with()
    sleeps_and_wakes(desk)
    assert wait(desk.chat(1)) == 490.0


def test_time_asleep_counts_where_the_queue_says_so() -> None:
    desk = a_desk_with(asleep=("Online tax return",))
    sleeps_and_wakes(desk)
    assert wait(desk.chat(1)) == 100.0


def test_a_wait_that_begins_at_waking_lost_nothing_to_sleep() -> None:
    desk = a_desk_with()
    sleeps_and_wakes(desk)
    desk.arrives(1, updated_at=510.0, assignee=AINO, waiting_since=505.0)
    assert wait(desk.chat(1)) == 505.0


def test_who_wrote_in_their_sleep_waits_from_waking_on() -> None:
    desk = a_desk_with()
    desk.arrives(1, updated_at=110.0, status=Status.SNOOZED, assignee=AINO, waiting_since=None)
    desk.arrives(1, updated_at=400.0, status=Status.SNOOZED, assignee=AINO, waiting_since=399.0)
    desk.arrives(1, updated_at=400.5, assignee=AINO, waiting_since=399.0)
    assert wait(desk.chat(1)) == pytest.approx(400.5)


# --- first and next --------------------------------------------------------------------------------


def test_a_wait_for_the_first_answer_is_told_from_one_for_the_next() -> None:
    desk = a_desk()
    desk.arrives(1)
    desk.arrives(2, first_reply_at=90.0)
    assert [row.again for row in selectors.waiting_rows(desk.state)] == [False, True]
    desk.holds(3)
    desk.customer_writes(3, 30, 130.0)
    assert selectors.tab_rows(desk.state)[0].again


def test_an_answer_makes_every_later_wait_one_for_the_next() -> None:
    desk = a_desk()
    desk.arrives(1, assignee=AINO)
    assert not selectors.tab_rows(desk.state)[0].again
    desk.agent_writes(1, 10, 130.0)
    desk.customer_writes(1, 11, 140.0)
    assert selectors.tab_rows(desk.state)[0].again


# --- the server's clock ----------------------------------------------------------------------------


def test_a_clock_that_jumps_back_shows_no_negative_wait_and_forward_all_of_it() -> None:
    desk = a_desk()
    desk.arrives(1, waiting_since=100.0)
    for offset, seconds in ((-900.0, 0.0), (-4500.0, 0.0), (2700.0, 3600.0)):
        desk.tell(e.ServerHeard(offset=offset))
        call = most_pressing(desk.state, desk.now)
        assert call is not None
        assert call.waits == seconds
