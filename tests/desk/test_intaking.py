"""Closing and opening queues: now, at a time, by how many wait; what was there comes back."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from agent_tui.desk import events as e
from agent_tui.desk.intake_model import (
    NO_PLAN,
    KeepPlans,
    Limit,
    LookAtIntake,
    SetIntake,
    State,
)
from agent_tui.desk.intake_told import IntakeTold, TimesChosen
from agent_tui.desk.intaking import AGAIN, LATE, Effects, Intaking, is_shut, standing
from agent_tui.desk.model import DeskState
from agent_tui.desk.problems import Problem, Trouble
from api_client.models.hours import OpeningHours, Span
from api_client.models.intake import Intake, IntakeChanges
from tests.desk.stage import TAX, a_desk, facts

OFFICE = OpeningHours("Europe/Helsinki", (Span(9 * 60, 16 * 60),) * 5 + (None, None))
BEFORE = Intake(OFFICE, "We open at nine.", "")
SHUT = OpeningHours("Europe/Helsinki", (None,) * 7)
MONDAY_NOON = 1_900_144_800.0 - 24 * 3600
"""In Helsinki."""


class Server:
    """Takes every change at once and tells of it, as the engine would."""

    def __init__(self) -> None:
        self.intake = BEFORE
        self.lead = Intaking()
        self.kept: list[dict[Any, Any]] = []
        self.refuses: Trouble | None = None
        self.sets = 0

    def does(self, effects: Effects, now: float = 0.0) -> None:
        for effect in effects:
            match effect:
                case KeepPlans(plans):
                    self.kept.append(dict(plans))
                case LookAtIntake(queue):
                    self.does(self.lead.told(queue, self.intake), now)
                case SetIntake(queue, changes):
                    self._set(queue, changes, now)

    def _set(self, queue: Any, changes: IntakeChanges, now: float) -> None:
        if self.refuses is not None:
            self.does(self.lead.failed(queue, Problem(self.refuses), now))
            return
        self.sets += 1
        self.intake = Intake(
            changes.hours or self.intake.hours,
            self.intake.closed_message if changes.closed_message is None else changes.closed_message,
            self.intake.greeting if changes.greeting is None else changes.greeting,
        )
        self.does(self.lead.changed(queue, self.intake), now)

    def ticks(self, state: DeskState, server: float, now: float = 0.0) -> None:
        self.does(self.lead.second_passed(state, server, now), now)


@pytest.fixture
def server() -> Server:
    return Server()


def a_queue_of(number: int) -> DeskState:
    desk = a_desk()
    desk.state.listed = True
    for one in range(1, number + 1):
        desk.tell(e.ConversationChanged(facts(one)))
    return desk.state


def test_closing_shuts_the_week_says_so_and_reopening_puts_everything_back(server: Server) -> None:
    server.does(server.lead.write(TAX, "fi", "Suljettu."))
    server.does(server.lead.write(TAX, "en", "Closed."))
    server.does(server.lead.close(TAX, arrivals=2.5))
    assert server.intake == Intake(SHUT, "Suljettu.\n\nClosed.", "")
    assert server.lead.plan(TAX).arrived_before == 2.5
    server.does(server.lead.reopen(TAX))
    assert server.intake == BEFORE
    assert server.lead.plan(TAX).before is None


def test_the_week_that_was_is_on_the_disk_before_the_server_hears_of_it(server: Server) -> None:
    server.refuses = Trouble.UNREACHABLE
    server.does(server.lead.close(TAX))
    assert server.kept[-1][TAX].before.hours == OFFICE


def test_without_words_of_the_leads_the_queue_says_its_own(server: Server) -> None:
    server.does(server.lead.close(TAX))
    assert server.intake.closed_message == BEFORE.closed_message


def test_where_nobody_has_words_customers_are_told_the_usual_in_four_languages(server: Server) -> None:
    server.intake = Intake(OFFICE, "", "")
    server.does(server.lead.close(TAX))
    assert server.intake.closed_message.count("\n\n") == 3
    server.does(server.lead.reopen(TAX))
    assert server.intake.closed_message == ""


def test_closing_twice_keeps_the_week_that_was(server: Server) -> None:
    server.does(server.lead.close(TAX))
    server.does(server.lead.close(TAX))
    server.does(server.lead.reopen(TAX))
    assert server.intake == BEFORE


def test_it_closes_and_opens_at_its_time(server: Server) -> None:
    state = a_queue_of(0)
    server.does(server.lead.at(TAX, 1000.0, 2000.0))
    server.ticks(state, 999.9)
    assert not is_shut(server.intake.hours)
    server.ticks(state, 1000.0)
    assert is_shut(server.intake.hours)
    server.ticks(state, 2000.0)
    assert server.intake == BEFORE
    assert server.lead.plan(TAX) == NO_PLAN


def test_plans_survive_a_restart_and_a_closing_that_was_missed_for_long_is_given_up(server: Server) -> None:
    server.does(server.lead.at(TAX, 1000.0, None))
    again = Server()
    again.lead.restored(server.kept[-1])
    again.ticks(a_queue_of(0), 1000.0 + LATE)
    assert again.sets == 0
    assert again.lead.missed == {TAX}
    assert again.lead.plan(TAX) == NO_PLAN


def test_a_cancelled_closing_does_not_happen(server: Server) -> None:
    server.does(server.lead.at(TAX, 1000.0, None))
    server.does(server.lead.cancel(TAX))
    server.ticks(a_queue_of(9), 1500.0)
    assert server.sets == 0


def test_a_limit_closes_when_so_many_wait_and_opens_when_fewer_do(server: Server) -> None:
    server.does(server.lead.limit(TAX, Limit(closes_at=3, opens_below=2)))
    server.ticks(a_queue_of(2), MONDAY_NOON)
    assert server.sets == 0
    server.ticks(a_queue_of(3), MONDAY_NOON)
    assert is_shut(server.intake.hours)
    server.ticks(a_queue_of(2), MONDAY_NOON)
    assert is_shut(server.intake.hours), "it does not flutter"
    server.ticks(a_queue_of(1), MONDAY_NOON)
    assert server.intake == BEFORE
    assert server.lead.plan(TAX).limit is not None, "the limit stands"


def test_what_a_lead_closed_no_limit_opens(server: Server) -> None:
    server.does(server.lead.limit(TAX, Limit(closes_at=3, opens_below=2)))
    server.does(server.lead.close(TAX))
    server.ticks(a_queue_of(0), MONDAY_NOON)
    assert is_shut(server.intake.hours)


def test_what_fails_is_tried_again_until_it_works(server: Server) -> None:
    state = a_queue_of(0)
    server.refuses = Trouble.UNREACHABLE
    server.does(server.lead.close(TAX), now=50.0)
    assert server.lead.troubles[TAX].trouble is Trouble.UNREACHABLE
    server.refuses = None
    server.ticks(state, 1.0, now=50.0 + AGAIN - 1)
    assert server.sets == 0
    server.ticks(state, 1.0, now=50.0 + AGAIN)
    assert is_shut(server.intake.hours)
    assert not server.lead.troubles


def test_what_the_server_refuses_is_not_tried_again_and_leaves_nothing_behind(server: Server) -> None:
    server.refuses = Trouble.NOT_ALLOWED
    server.does(server.lead.limit(TAX, Limit(1, 1)))
    server.does(server.lead.close(TAX), now=50.0)
    server.refuses = None
    server.ticks(a_queue_of(5), 1.0, now=500.0)
    assert server.sets == 0
    assert server.lead.plan(TAX) == NO_PLAN


def test_a_queue_closed_from_elsewhere_opens_for_day_and_night(server: Server) -> None:
    server.intake = Intake(SHUT, "Closed.", "")
    server.does(server.lead.reopen(TAX))
    assert server.intake.hours is not None
    assert not server.intake.hours.kept


def test_a_queue_that_keeps_its_hours_is_not_opened_against_them(server: Server) -> None:
    server.does(server.lead.reopen(TAX))
    assert server.intake == BEFORE
    assert not server.lead.at_work


def test_hours_changed_while_it_is_closed_are_those_that_come_back(server: Server) -> None:
    shorter = OpeningHours("Europe/Helsinki", (Span(600, 700),) * 7)
    server.does(server.lead.close(TAX))
    server.does(server.lead.set_hours(TAX, shorter))
    assert is_shut(server.intake.hours)
    server.does(server.lead.reopen(TAX))
    assert server.intake.hours == shorter


def test_words_changed_while_it_is_closed_are_said_at_once(server: Server) -> None:
    server.does(server.lead.close(TAX))
    server.does(server.lead.write(TAX, "nl", "Gesloten."))
    assert server.intake.closed_message == "Gesloten."


def test_the_state_is_by_the_hours_and_the_limit() -> None:
    state = a_desk().state
    assert standing(state, TAX, MONDAY_NOON).state is State.OPEN
    state.intaking.limit(TAX, Limit(3, 2))
    assert standing(state, TAX, MONDAY_NOON).state is State.LIMITED
    state.queues[TAX] = replace(state.queues[TAX], hours=SHUT)
    assert standing(state, TAX, MONDAY_NOON).state is State.CLOSED


def test_what_the_lead_settles_goes_through_the_desks_one_door() -> None:
    desk = a_desk()
    desk.tell(e.ServerHeard(5000.0))
    kept = desk.tell(TimesChosen(TAX, 5000.0 + desk.now + 5, None))
    assert [type(effect) for effect in kept] == [KeepPlans]
    assert LookAtIntake(TAX) not in desk.tell(e.Ticked(), after=4)
    assert LookAtIntake(TAX) in desk.tell(e.Ticked(), after=1)
    assert isinstance(desk.tell(IntakeTold(TAX, BEFORE))[-1], SetIntake)
