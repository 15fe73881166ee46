"""The running figures are those of a plain recomputation, whatever happened in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.desk.metrics.facts import Fact, Kind
from agent_tui.desk.metrics.ledger import UNTAGGED, Ledger
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.metrics.load import concurrency_factor
from agent_tui.desk.metrics.tally import HOUR, MINUTE, Rules
from api_client.models.identity import AgentId, ConversationId, QueueId
from tests.desk.metrics.batch import Batch, differences

REPEATED = 1_792_886_400
"""2026-10-25 00:00 UTC: 03:00 in Helsinki, and an hour later it is 03:00 again."""
RULES = Rules(window=10 * MINUTE)
QUEUES = [QueueId("tax"), QueueId("cards")]
AGENTS = [AgentId("1"), AgentId("2")]
CHANNELS = ["web", "mail"]
TAGS = ["refund", "vero"]
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
    for channel in CHANNELS:
        assert not differences(ledger.of_channel(channel, now), batch.figures(channel=channel), near)
    for tag in (*TAGS, UNTAGGED):
        assert not differences(ledger.of_tag(tag, now), batch.figures(tag=tag), near)
    for begin in ledger.times:
        assert not differences(ledger.of_time(begin, now), batch.hour(begin), near)


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
            channel=draw(st.sampled_from(CHANNELS)),
            tags=tuple(draw(st.sets(st.sampled_from(TAGS)))) if kind is Kind.TAGGED else (),
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


@settings(max_examples=30, deadline=None)
@given(days(), st.integers(0, 40))
def test_figures_of_a_period_are_those_of_a_plain_recomputation(
    day: list[tuple[Fact, bool]], earlier: int
) -> None:
    facts = [fact for fact, _ in day]
    begin = facts[min(earlier, len(facts) - 1)].at
    now = facts[-1].at + 90_000
    ledger = Ledger(RULES, begin=begin, whole=True)
    for fact in facts:
        ledger.take(fact)
    batch = Batch(facts, RULES, now)
    assert not differences(ledger.of_desk(now), batch.whole(begin), near)
    for queue in QUEUES:
        assert not differences(ledger.of_queue(queue, now), batch.whole(begin, queue=queue), near)


def a_visit(number: int, chance: Random) -> Iterator[Fact]:
    """Arrives, waits, is answered some times or leaves, gets tags, is closed; now and then told twice.

    The day is the one on which summer time ends in Helsinki.
    """
    conversation, queue, channel = ConversationId(str(number)), chance.choice(QUEUES), chance.choice(CHANNELS)
    agent, begun = chance.choice(AGENTS), (REPEATED - 3 * 3600) * 1000
    at = begun + int(chance.triangular(0, 22 * HOUR, 5 * HOUR))

    def fact(kind: Kind, who: str = "", **more: Any) -> Fact:
        return Fact(kind, at, conversation, queue, AgentId(who), channel=channel, **more)

    yield fact(Kind.ARRIVED)
    yield fact(Kind.WROTE)
    yield fact(Kind.WAITS)
    if chance.random() < 0.1:
        yield fact(Kind.WAITS)
    at += int(chance.expovariate(1 / 45_000))
    if chance.random() < 0.1:
        yield fact(Kind.CLOSED)
        return
    yield fact(Kind.TAKEN, agent)
    for _ in range(chance.randint(1, 2)):
        at += int(chance.expovariate(1 / 40_000))
        yield fact(Kind.REPLIED, agent)
        yield fact(Kind.ANSWERED, agent)
        at += int(chance.expovariate(1 / 60_000))
        yield fact(Kind.WROTE)
        yield fact(Kind.WAITS)
    at += 1_000
    yield fact(Kind.TAGGED, agent, tags=tuple(chance.sample(TAGS, chance.randint(0, 2))))
    yield fact(Kind.CLOSED, agent)


def test_a_day_of_twenty_thousand_conversations_gives_the_figures_of_a_plain_recomputation() -> None:
    """Facts come up to five seconds late; those of one conversation in their order."""
    chance = Random(7)
    late = [chance.randrange(5_000) for _ in range(20_000)]
    told = [(fact.at + late[number], fact) for number in range(20_000) for fact in a_visit(number, chance)]
    facts = [fact for _, fact in sorted(told, key=itemgetter(0))]
    ledger, known = Ledger(), 0
    for share in (0.4, 1.0):
        until = round(len(facts) * share)
        for fact in facts[known:until]:
            ledger.take(fact)
        known, now = until, max(fact.at for fact in facts[:until])
        batch = Batch(facts[:known], ledger.rules, now)
        assert not differences(ledger.of_desk(now), batch.figures(), near)
        for queue in QUEUES:
            assert not differences(ledger.of_queue(queue, now), batch.figures(queue=queue), near)
    for channel in CHANNELS:
        assert not differences(ledger.of_channel(channel, now), batch.figures(channel=channel), near)
    for tag in (*TAGS, UNTAGGED):
        assert not differences(ledger.of_tag(tag, now), batch.figures(tag=tag), near)
    hours = sorted(ledger.times)
    for begin in hours:
        assert not differences(ledger.of_time(begin, now), batch.hour(begin), near)
    assert ledger.of_desk(now).handled > 17_000
    local = [datetime.fromtimestamp(at / 1000, ZoneInfo("Europe/Helsinki")).hour for at in hours]
    assert local.count(3) == 2


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
    for number, second in enumerate((REPEATED + 60, REPEATED + 3_660)):
        conversation = ConversationId(str(number))
        ledger.take(Fact(Kind.ARRIVED, second * 1000, conversation, QUEUES[0]))
    assert [tally.total.arrivals for tally in ledger.times.values()] == [1, 1]


def test_tags_hear_of_a_chat_when_it_is_closed_and_of_its_wait_at_once() -> None:
    ledger = Ledger()
    tell(ledger, (Kind.ARRIVED, 0), (Kind.WAITS, 0), (Kind.ANSWERED, 30), (Kind.WAITS, 40))
    ledger.take(Fact(Kind.TAGGED, 41_000, ConversationId("a"), QUEUES[0], tags=("refund", "refund")))
    assert ledger.of_tag(UNTAGGED, 42_000).waiting == 0
    assert (ledger.of_tag("refund", 42_000).waiting, ledger.of_tag("refund", 42_000).answers) == (1, 0)
    tell(ledger, (Kind.CLOSED, 50))
    ledger.take(Fact(Kind.TAGGED, 51_000, ConversationId("a"), QUEUES[0], tags=("late",)))
    figures = ledger.of_tag("refund", 60_000)
    assert (figures.arrivals, figures.answers, figures.handled, figures.first_p50) == (1, 1, 1, 30.0)
    assert ledger.of_tag("late", 60_000).handled == 0


def test_what_happened_before_the_beginning_is_known_and_not_counted() -> None:
    ledger = Ledger(begin=100_000, whole=True)
    tell(ledger, (Kind.ARRIVED, 0), (Kind.WAITS, 0), (Kind.TAKEN, 10), (Kind.ANSWERED, 30), (Kind.WAITS, 90))
    tell(ledger, (Kind.ANSWERED, 110), (Kind.CLOSED, 150))
    figures = ledger.of_agent(AGENTS[0], 200_000)
    assert (figures.arrivals, figures.answers, figures.handled) == (0, 0, 1)
    assert (figures.next_mean, figures.handle_time, figures.occupancy) == (20.0, 140.0, 1.0)
    assert figures.concurrency == 1.0


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
