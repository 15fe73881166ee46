"""The running figures are those of a plain recomputation, whatever happened in whatever order."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.ledger import Ledger
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.metrics.load import concurrency_factor
from agent_tui.desk.metrics.tally import HOUR, MINUTE, Rules
from api_client.models.identity import AgentId, ConversationId, QueueId
from tests.desk.metrics.batch import Batch, differences

RULES = Rules(window=10 * MINUTE)
QUEUES = [QueueId("tax"), QueueId("cards")]
AGENTS = [AgentId("1"), AgentId("2")]
OF_A_CONVERSATION = [kind for kind in Kind if kind not in {Kind.CAME, Kind.WENT}]


def near(value: object) -> Any:
    """Shares of floats, where only the last digit may differ; everything else exactly."""
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-12, abs=1e-9)
    return pytest.approx(value, rel=1e-12) if isinstance(value, dict) else value


def check(ledger: Ledger, facts: list[Fact], now: int) -> None:
    batch = Batch(facts, ledger.rules, now)
    assert not differences(ledger.of_desk(now), batch.figures(), near)
    for queue in QUEUES:
        assert not differences(ledger.of_queue(queue, now), batch.figures(queue=queue), near)
    for agent in AGENTS:
        assert not differences(ledger.of_agent(agent, now), batch.figures(agent=agent), near)


@st.composite
def days(draw: st.DrawFn) -> list[tuple[Fact, bool]]:
    """Facts in the order of time, any kind after any, and whether somebody looks after each."""
    at, day = 1_790_000_000_000, []
    for _ in range(draw(st.integers(1, 40))):
        at += draw(st.sampled_from([0, 1, 999, 5_000, 61_000, 400_000]))
        kind = draw(st.sampled_from([*OF_A_CONVERSATION, Kind.ANSWERED, Kind.WAITS, Kind.CAME, Kind.WENT]))
        alone = kind in {Kind.CAME, Kind.WENT}
        fact = Fact(
            kind,
            at,
            ConversationId("" if alone else draw(st.sampled_from("abcd"))),
            draw(st.sampled_from(QUEUES)),
            draw(st.sampled_from(AGENTS)),
        )
        day.append((fact, draw(st.integers(0, 9)) == 9))
    return day


@settings(max_examples=60, deadline=None)
@given(days())
def test_any_day_gives_the_figures_of_a_plain_recomputation(day: list[tuple[Fact, bool]]) -> None:
    ledger, facts = Ledger(RULES), []
    for fact, looked in day:
        ledger.take(fact)
        facts.append(fact)
        if looked:
            check(ledger, facts, fact.at)
    check(ledger, facts, facts[-1].at + 90_000)


def a_visit(number: int, chance: Random) -> Iterator[Fact]:
    """Arrives, waits, is answered some times or leaves, is closed."""
    conversation, queue = ConversationId(str(number)), chance.choice(QUEUES)
    agent, at = chance.choice(AGENTS), int(chance.triangular(0, 14 * HOUR, 5 * HOUR))

    def fact(kind: Kind, who: str = "") -> Fact:
        return Fact(kind, at, conversation, queue, AgentId(who))

    yield fact(Kind.ARRIVED)
    yield fact(Kind.WROTE)
    yield fact(Kind.WAITS)
    at += int(chance.expovariate(1 / 45_000))
    if chance.random() < 0.1:
        yield fact(Kind.CLOSED)
        return
    yield fact(Kind.TAKEN, agent)
    for _ in range(chance.randint(1, 3)):
        at += int(chance.expovariate(1 / 40_000))
        yield fact(Kind.REPLIED, agent)
        yield fact(Kind.ANSWERED, agent)
        at += int(chance.expovariate(1 / 60_000))
        yield fact(Kind.WROTE)
        yield fact(Kind.WAITS)
    at += 1_000
    yield fact(Kind.CLOSED, agent)


def test_a_day_of_twenty_thousand_conversations_gives_the_figures_of_a_plain_recomputation() -> None:
    chance = Random(7)
    visits = [list(a_visit(number, chance)) for number in range(20_000)]
    facts = list(heapq.merge(*visits, key=lambda fact: fact.at))
    ledger, known = Ledger(), 0
    for hour in (6, 15):
        while known < len(facts) and facts[known].at <= hour * HOUR:
            ledger.take(facts[known])
            known += 1
        batch = Batch(facts[:known], ledger.rules, hour * HOUR)
        assert not differences(ledger.of_desk(hour * HOUR), batch.figures(), near)
        for queue in QUEUES:
            assert not differences(ledger.of_queue(queue, hour * HOUR), batch.figures(queue=queue), near)
    assert ledger.of_desk(15 * HOUR).handled > 17_000


def tell(ledger: Ledger, *facts: tuple[Kind, int]) -> None:
    """Facts of one conversation at so many seconds, by the first agent in the first queue."""
    for kind, second in facts:
        ledger.take(Fact(kind, second * 1000, ConversationId("a"), QUEUES[0], AGENTS[0]))


def test_a_wait_ends_with_the_answer_and_the_next_is_told_apart() -> None:
    ledger = Ledger()
    tell(ledger, (Kind.ARRIVED, 0), (Kind.WAITS, 0), (Kind.TAKEN, 20), (Kind.ANSWERED, 30), (Kind.WAITS, 50))
    figures = ledger.of_desk(60_000)
    assert (figures.waiting_first, figures.waiting_next) == (0, 1)
    assert (figures.first_p50, figures.longest_since) == (30.0, 50.0)


def test_time_asleep_does_not_count() -> None:
    ledger = Ledger()
    tell(ledger, (Kind.ARRIVED, 0), (Kind.WAITS, 0), (Kind.PAUSED, 10))
    assert ledger.of_desk(500_000).waiting == 0


def test_who_is_closed_without_an_answer_was_abandoned_and_not_handled() -> None:
    ledger = Ledger()
    tell(ledger, (Kind.ARRIVED, 0), (Kind.WAITS, 0), (Kind.CLOSED, 4))
    figures = ledger.of_desk(10_000)
    assert (figures.abandoned, figures.handled) == (1, 0)
    assert figures.levels[Formula.OFFERED] == 0.0
    assert figures.levels[Formula.OFFERED_BUT_SHORT] is None
    assert figures.levels[Formula.LEFT_IN_TIME_IS_KEPT] == 1.0


def test_figures_slide_out_of_the_window_and_a_clock_set_back_does_not_bring_them_in_again() -> None:
    ledger = Ledger()
    tell(ledger, (Kind.ARRIVED, 0), (Kind.WAITS, 0), (Kind.ANSWERED, 30))
    assert ledger.of_desk(30_000 + ledger.rules.window - 1).first_p50 == 30.0
    assert ledger.of_desk(30_000 + ledger.rules.window).first_p50 is None
    assert ledger.of_desk(31_000).first_p50 is None


def test_the_hour_that_summer_time_repeats_is_two_hours() -> None:
    ledger = Ledger()
    repeated = 1_792_886_400  # 2026-10-25 00:00 UTC, 03:00 in Helsinki; an hour later it is 03:00 again
    for number, second in enumerate((repeated + 60, repeated + 3_660)):
        conversation = ConversationId(str(number))
        ledger.take(Fact(Kind.ARRIVED, second * 1000, conversation, QUEUES[0]))
    assert [count.arrivals for count in ledger.desk.hours.values()] == [1, 1]


def test_two_chats_at_once_are_a_concurrency_of_two() -> None:
    ledger = Ledger()
    ledger.take(Fact(Kind.CAME, 0, agent=AGENTS[0]))
    for name in "ab":
        ledger.take(Fact(Kind.TAKEN, 10_000, ConversationId(name), QUEUES[0], AGENTS[0]))
    figures = ledger.of_agent(AGENTS[0], 20_000)
    assert (figures.holds, figures.concurrency, figures.occupancy) == (2, 2.0, 0.5)


def test_the_factor_of_concurrency_goes_straight_between_its_rows() -> None:
    assert [concurrency_factor(number) for number in (0.5, 1, 2, 5, 9)] == [1.0, 1.0, 1.7, 3.5, 3.5]
    assert concurrency_factor(2.5) == pytest.approx(2.1)


def test_arrivals_of_the_last_hour_stand_in_twelve_parts_the_newest_last() -> None:
    ledger = Ledger()
    for minute in (0, 3, 59, 60, 119):
        fact = Fact(Kind.ARRIVED, minute * MINUTE, ConversationId(str(minute)), QUEUES[0])
        ledger.take(fact)
    assert ledger.arrivals(QUEUES[0], 119 * MINUTE) == (1, *[0] * 10, 1)
