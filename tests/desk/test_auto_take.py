"""Customers taken without a key: when, whom, and never in the agent's way."""

from __future__ import annotations

import pytest

from agent_tui.desk import events as e
from agent_tui.desk.auto_take import FIRST_WORDS, LONGEST_REST, REST, TURNS, TYPING, turn
from agent_tui.desk.capacity_notice import AutoTakeSet, NotTookForYou, TookForYou
from agent_tui.desk.effects import DeskEffect, Ring, TakeConversation
from agent_tui.desk.failure_notice import TakingFailed
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.rules import CapacitySettings, Rules
from agent_tui.desk.text import Displayable
from api_client.models.people import Availability
from tests.desk.stage import AINO, BENGT, CARDS, TAX, UNREACHABLE, Desk, a_desk, cid, facts, notices

AT_ONCE = [number for number in range(20, 80) if not turn(AINO.id, cid(number))]
"""Customers whom this desk takes without letting a second pass."""
FURTHER = AT_ONCE[2]
LATER = next(number for number in range(20, 80) if turn(AINO.id, cid(number)) == TURNS - 1)


def desk_with(*mine: int, **settled: int) -> Desk:
    """Auto-take is on; two customers wait, the second the longest."""
    desk = a_desk(*mine)
    desk.state.rules = Rules(capacity=CapacitySettings(auto_take=True, **settled))
    desk.arrives(25, waiting_since=95.0)
    desk.arrives(20, waiting_since=90.0, queue=CARDS)
    return desk


def second(desk: Desk, seconds: float = 1.0) -> list[DeskEffect]:
    """The takings that a second brings."""
    return [effect for effect in desk.tell(e.Ticked(), after=seconds) if isinstance(effect, TakeConversation)]


def seconds_until_taken(desk: Desk, most: int = 60) -> int:
    return next(passed for passed in range(1, most + 1) if second(desk))


def taken(desk: Desk, number: int, since: float) -> list[DeskEffect]:
    return desk.tell(e.ConversationTaken(facts(number, assignee=AINO, waiting_since=since)))


def test_the_longest_waiting_is_taken_while_there_is_room() -> None:
    desk = desk_with(1)
    assert second(desk) == [TakeConversation(cid(20))]


def test_a_desk_lets_some_seconds_pass_so_that_two_seldom_reach_for_one() -> None:
    desk = desk_with(1)
    desk.arrives(LATER, waiting_since=80.0)
    assert seconds_until_taken(desk) == TURNS
    assert {turn(agent.id, cid(LATER)) for agent in (AINO, BENGT)} != {0}


def test_nobody_is_taken_unless_it_is_on() -> None:
    desk = desk_with(1)
    assert notices(desk.tell(e.AutoTakeSwitched())) == [AutoTakeSet(on=False)]
    assert second(desk) == []
    assert notices(desk.tell(e.AutoTakeSwitched())) == [AutoTakeSet(on=True)]
    assert second(desk) == [TakeConversation(cid(20))]


def test_it_is_told_with_a_bell_and_stays_in_the_background() -> None:
    desk = desk_with(1)
    second(desk)
    desk.now += 5
    effects = taken(desk, 20, 90.0)
    assert notices(effects) == [TookForYou(Displayable("Customer 20"), 16.0, 2)]
    assert Ring() in effects
    assert (desk.state.tabs, desk.state.active) == ([cid(1), cid(20)], cid(1))


def test_the_push_may_come_first_and_an_empty_screen_stays_the_agents_too() -> None:
    desk = desk_with()
    second(desk)
    desk.arrives(20, assignee=AINO, waiting_since=90.0, updated_at=101.0)
    assert desk.state.active is None
    effects = taken(desk, 20, 90.0)
    assert notices(effects) == [TookForYou(Displayable("Customer 20"), 11.0, 1)]
    assert (desk.state.tabs, desk.state.active) == ([cid(20)], None)
    desk.customer_writes(20, 5, 110.0)
    assert desk.state.active is None
    desk.tell(e.MostUrgentRequested())
    assert desk.state.active == cid(20)


def test_only_one_is_under_way_and_a_pause_comes_after_it() -> None:
    desk = desk_with()
    assert second(desk) == [TakeConversation(cid(20))]
    assert second(desk) == []
    taken(desk, 20, 90.0)
    assert seconds_until_taken(desk) == REST
    taken(desk, 25, 95.0)
    desk.arrives(FURTHER, waiting_since=desk.now - 900.0)
    assert second(desk, REST) == []


def test_there_must_be_room_for_a_whole_chat() -> None:
    desk = desk_with(1, 2)
    for number in (1, 2):
        desk.agent_writes(number, 1000 + number, desk.now - 900.0)
    desk.arrives(25, status=facts(1).status, assignee=BENGT, updated_at=101.0)
    desk.arrives(20, status=facts(1).status, assignee=BENGT, updated_at=101.0)
    desk.arrives(FURTHER, waiting_since=desk.now - 900.0, channel="Channel::Email")
    assert second(desk, 110) == []
    assert second(desk, 10) == [TakeConversation(cid(FURTHER))]


def test_those_who_may_wake_are_never_more_than_a_rush_allows() -> None:
    desk = desk_with(1, 2, 3, rush=3)
    assert second(desk, 400) == []


def _paused(desk: Desk) -> None:
    desk.tell(e.AvailabilityChosen(Availability.BUSY))


def _cut_off(desk: Desk) -> None:
    desk.tell(e.ConnectionDropped("closed", 5.0, 1))


def _catching_up(desk: Desk) -> None:
    desk.chat(1).transcript.gap = True


def _asking_for_one(desk: Desk) -> None:
    desk.tell(e.ConversationPicked(cid(25)))


def _typing_first_words(desk: Desk) -> None:
    desk.tell(e.DraftChanged(cid(1), "H", note=False))


@pytest.mark.parametrize("hindrance", [_paused, _cut_off, _catching_up, _asking_for_one, _typing_first_words])
def test_nobody_is_taken_while_the_agent_is_not_ready(hindrance: object) -> None:
    desk = desk_with(1)
    assert callable(hindrance)
    hindrance(desk)
    assert second(desk) == []


def test_a_text_just_begun_holds_it_back_from_key_to_key_but_not_for_ever() -> None:
    desk = desk_with(1)
    began = desk.now
    text = "a"
    desk.tell(e.DraftChanged(cid(1), text, note=False))
    while not second(desk):
        text += "a"
        desk.tell(e.DraftChanged(cid(1), text, note=False))
    assert desk.now - began == FIRST_WORDS


def test_it_goes_on_when_the_agent_stops_typing() -> None:
    desk = desk_with(1)
    desk.tell(e.DraftChanged(cid(1), "H", note=False))
    assert seconds_until_taken(desk) == TYPING


def test_losing_a_race_is_told_quietly_and_the_next_is_tried_after_longer_and_longer_pauses() -> None:
    desk = desk_with()
    pauses = []
    for number in AT_ONCE[3:10]:
        desk.arrives(number, waiting_since=float(number) - 10)
        pauses.append(seconds_until_taken(desk))
        effects = desk.tell(e.TakeLost(cid(number), BENGT.name))
        assert notices(effects) == [NotTookForYou(Displayable(f"Customer {number}"), BENGT.name)]
        assert Ring() not in effects
    assert pauses == [1, 2, 4, 8, 16, LONGEST_REST, LONGEST_REST]
    assert seconds_until_taken(desk) == LONGEST_REST
    taken(desk, 20, 90.0)
    assert seconds_until_taken(desk) == REST


def test_one_that_went_to_a_colleague_in_between_is_a_race_lost() -> None:
    desk = desk_with()
    second(desk)
    desk.arrives(20, assignee=BENGT, updated_at=120.0)
    effects = desk.tell(e.ConversationTaken(facts(20, assignee=AINO, updated_at=110.0)))
    assert notices(effects) == [NotTookForYou(Displayable("Customer 20"), BENGT.name)]
    assert desk.state.auto.taking is None


def test_a_failure_is_told_and_not_repeated_at_once() -> None:
    desk = desk_with()
    second(desk)
    assert notices(desk.tell(e.TakeFailed(cid(20), UNREACHABLE))) == [
        TakingFailed(Displayable("Customer 20"), UNREACHABLE)
    ]
    assert seconds_until_taken(desk) == 2


def test_one_that_is_gone_is_not_tried_again() -> None:
    desk = desk_with()
    second(desk)
    desk.tell(e.TakeFailed(cid(20), Problem(Trouble.NOT_FOUND)))
    assert second(desk, 2) == [TakeConversation(cid(25))]


@pytest.mark.parametrize("asking", [e.LongestWaitingRequested(), e.ConversationPicked(cid(20))])
def test_pressing_the_key_for_whom_it_takes_brings_them_to_the_front(asking: e.DeskEvent) -> None:
    desk = desk_with(1)
    second(desk)
    assert desk.tell(asking) == []
    assert notices(taken(desk, 20, 90.0)) == []
    assert desk.state.active == cid(20)


def test_whom_the_agent_only_reads_is_left_to_them() -> None:
    desk = desk_with(1)
    desk.tell(e.PeekRequested(cid(20)))
    assert second(desk) == [TakeConversation(cid(25))]


def test_only_served_queues_count() -> None:
    desk = desk_with(1)
    desk.tell(e.ServedQueuesChosen(frozenset({TAX})))
    assert second(desk) == [TakeConversation(cid(25))]
