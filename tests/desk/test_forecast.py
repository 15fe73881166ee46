"""What will be late, from the agent's own speed of writing and what is written already."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.desk import events as e
from agent_tui.desk.forecast import GOING_ON, READING, needed, to_hold
from agent_tui.desk.holding_lines import holding_line, holding_responses
from agent_tui.desk.promises import promised
from agent_tui.desk.rules import Rules
from agent_tui.desk.view import Forecast
from agent_tui.desk.wait_rules import Waits
from agent_tui.desk.writing_speed import WritingSpeed
from canned.model import Response
from tests.desk.stage import Desk, a_desk, cid

SPEED = 80 / 4
"""Seconds that an answer takes at the beginning: 80 characters, 4 a second."""


def asked(*ago: float) -> Desk:
    """Customers 1, 2, … of the agent's wrote so many seconds ago; it is 300 now, each has 60 seconds."""
    numbers = range(1, len(ago) + 1)
    desk = a_desk(*numbers)
    desk.tell(e.ServerHeard(offset=-700.0))
    for number, seconds in zip(numbers, ago, strict=True):
        desk.customer_writes(number, number * 10, 300.0 - seconds)
    return desk


def foreseen(desk: Desk) -> tuple[list[str], float] | None:
    desk.tell(e.Ticked())
    found = desk.state.forecast
    return None if found is None else ([*found.conversations], found.at)


def test_who_can_be_answered_in_time_is_nothing_to_mention() -> None:
    assert foreseen(asked(5.0, 4.0)) is None
    assert foreseen(asked()) is None


def test_the_third_of_three_cannot_be_reached_in_time() -> None:
    # 26 seconds each: done at 326, 352 and 378; due at 355, 356 and 357.
    assert foreseen(asked(5.0, 4.0, 3.0)) == ([cid(3)], 357.0)


def test_those_who_are_late_take_their_time_and_are_not_foreseen_any_more() -> None:
    assert foreseen(asked(70.0, 40.0)) == ([cid(2)], 320.0)


def test_a_text_that_is_begun_is_finished_first_and_sooner() -> None:
    desk = asked(40.0, 40.0)
    assert foreseen(desk) == ([cid(1), cid(2)], 320.0)
    desk.tell(e.DraftChanged(cid(1), "x" * 60, note=False))
    assert needed(desk.state, desk.chat(1)) == GOING_ON + 20 / 4
    assert needed(desk.state, desk.chat(2)) == READING + SPEED
    assert foreseen(desk) == ([cid(2)], 320.0)


def test_a_note_is_no_answer_begun() -> None:
    desk = asked(40.0)
    desk.tell(e.DraftChanged(cid(1), "x" * 200, note=True))
    assert needed(desk.state, desk.chat(1)) == READING + SPEED


def test_it_does_not_flicker_at_the_edge() -> None:
    desk = asked(35.0)  # done at 326, due at 325: late by 1
    assert foreseen(desk) is None
    desk.state.speed.answer = 96  # done at 330: late by 5
    assert foreseen(desk) == ([cid(1)], 325.0)
    desk.state.speed.answer = 72  # done at 324: in time by 1
    assert foreseen(desk) == ([cid(1)], 325.0)
    desk.state.speed.answer = 40  # done at 316: in time by 9
    assert foreseen(desk) is None


def test_promises_are_foreseen_too_and_nothing_where_it_is_not_wanted() -> None:
    desk = asked(40.0, 40.0)
    desk.agent_writes(1, 11, 261.0, raw="I'll be back in 1 minute")
    assert foreseen(desk) == ([cid(2), cid(1)], 320.0)
    desk.state.rules = Rules(waits=Waits(forecast=False))
    assert foreseen(desk) is None


def test_what_is_hours_away_is_not_looked_at() -> None:
    desk = a_desk(1)
    desk.arrives(1, assignee=desk.state.me, channel="Channel::Whatsapp", waiting_since=95.0)
    desk.state.speed.answer = 10_000
    assert foreseen(desk) is None


def test_a_holding_line_goes_where_nothing_is_written_yet() -> None:
    desk = asked(40.0, 40.0)
    desk.tell(e.DraftChanged(cid(1), "Hei", note=False))
    desk.state.forecast = Forecast((cid(1), cid(2)), 320.0)
    found = to_hold(desk.state)
    assert found is not None
    assert found.id == cid(2)


# --- the speed ---------------------------------------------------------------------------------------


def typed(speed: WritingSpeed, keys: int, gap: float, start: float = 0.0) -> WritingSpeed:
    for key in range(keys):
        speed.note_key(cid(1), 1, start + key * gap)
    return speed


def test_the_speed_comes_near_to_that_of_the_fingers() -> None:
    assert WritingSpeed().per_second == 4
    assert typed(WritingSpeed(), 2000, 0.1).per_second == pytest.approx(10, rel=0.05)
    assert typed(WritingSpeed(), 500, 0.5).per_second == pytest.approx(2, rel=0.1)


def test_pauses_texts_put_in_and_other_chats_do_not_count() -> None:
    speed = WritingSpeed()
    speed.note_key(cid(1), 1, 0.0)
    speed.note_key(cid(1), 1, 60.0)
    speed.note_key(cid(1), 400, 60.1)
    speed.note_key(cid(2), 1, 60.2)
    assert (speed.characters, speed.seconds) == (120.0, 30.0)


def test_taking_letters_away_costs_time_and_brings_none() -> None:
    speed = typed(WritingSpeed(), 100, 0.2)
    before = speed.per_second
    for key in range(50):
        speed.note_key(cid(1), -1, 20.0 + key * 0.2)
    assert speed.per_second < before


def test_the_usual_answer_follows_what_is_sent_and_one_long_text_does_not_upset_it() -> None:
    speed = WritingSpeed()
    for _ in range(30):
        speed.note_answer(40)
    assert speed.answer == pytest.approx(40, abs=1)
    speed.note_answer(100_000)
    assert speed.answer < 100


@given(st.lists(st.tuples(st.integers(-500, 500), st.floats(0, 100)), max_size=50))
def test_a_speed_is_always_one(keys: list[tuple[int, float]]) -> None:
    speed, now = WritingSpeed(), 0.0
    for grown, gap in keys:
        now += gap
        speed.note_key(cid(1), grown, now)
    assert 1 <= speed.per_second <= 15


# --- holding lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fi", "sv", "nl", "de"])
def test_the_line_that_comes_along_promises_five_minutes(language: str) -> None:
    found = promised(holding_line(language, ()), 0.0)
    assert found is not None
    assert found.until == 300


def test_lines_of_the_teams_own_come_before() -> None:
    assert holding_line("fi", ("fi = Hetki vielä.", "sv=Vänta")) == "Hetki vielä."
    assert holding_line("sv", ("fi = Hetki vielä.", "sv=Vänta")) == "Vänta"


def test_canned_responses_of_the_category_or_the_tag_are_holding_lines() -> None:
    by_category = Response("a", "wait", "Wait", category=("Holding",))
    by_tag = Response("b", "hold", "Hold", tags=("holding",), queues=("Tax card",))
    other = Response("c", "hello", "Hello")
    assert holding_responses([by_category, by_tag, other], "Tax card") == [by_category, by_tag]
    assert holding_responses([by_category, by_tag, other], "Refunds") == [by_category]
