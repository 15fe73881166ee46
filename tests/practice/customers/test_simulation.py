"""All customers together, at a real desk on a stepped clock."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice.clock import RunningClock
from practice.customers.simulation import Simulation
from practice.desk import Desk
from practice.scenario.model import FollowUp, Scenario
from practice.scenario.sources import ScenarioError

INCOMING = 0
AUTOMATIC = "We will be with you soon."

Make = Callable[..., Scenario]
Open = Callable[..., Any]


async def test_somebody_waits_after_three_seconds_and_has_said_something(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(10))

    await desk.after(3.0)

    (waiting,) = await desk.open()
    assert waiting["waiting_since"] > 0
    assert (INCOMING, "Do you have hats?") in await desk.said(waiting["id"])
    assert waiting["custom_attributes"].keys() >= {"language", "page", "topic"}
    await desk.after(17.0)
    assert len(await desk.open()) == 3


async def test_a_chat_from_first_words_to_thanks(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(1, follow_ups=[], returns=0.0), rate=1.0)
    await desk.after(10.0)
    (row,) = await desk.open()
    chat = row["id"]

    await desk.act(chat, "messages", content="Here: https://shop.example.test")
    await desk.after(60.0)
    await desk.act(chat, "messages", content="Good-bye then.")
    await desk.after(60.0)
    await desk.act(chat, "toggle_status", status="resolved")
    await desk.after(0.0)

    said = [text for kind, text in await desk.said(chat) if kind == INCOMING]
    assert said == ["Do you have hats?", "Green ones.", "I look at it.", "Thank you."]
    assert desk.customers.tally.content == 1
    assert desk.customers.present == 0


async def test_answers_are_marked_as_read_once_they_were_read(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(1), rate=1.0)
    await desk.after(10.0)
    await desk.act(1, "messages", content="Yes.")
    seen = desk.desk.journal[-1].at

    await desk.after(60.0)

    reads = [at for at, event, _ in desk.journal() if event == "conversation.read" and at > seen]
    assert seen + 6 <= reads[0] <= seen + 14


async def test_the_automatic_message_comes_once_per_wait(scenario: Make, shop: Open) -> None:
    further = [FollowUp(say=[["And a scarf?"]])]
    desk = shop(scenario(1, patience=5000.0, nudge=None, follow_ups=further), rate=0.5)

    async def automatic() -> int:
        await desk.after(300.0)
        return [text for _, text in await desk.said(1)].count(AUTOMATIC)

    assert await automatic() == 1

    await desk.act(1, "messages", content="One moment, please.")
    assert await automatic() == 1, "a person has answered, and the customer has said nothing since"

    await desk.act(1, "messages", content="We have them.")
    assert await automatic() == 2, "the next question began a wait of its own"

    await desk.act(1, "messages", content="Scarves too.")
    assert await automatic() == 2, "thanks await no answer"
    assert (INCOMING, "Thank you.") in await desk.said(1)


async def test_the_automatic_message_does_not_come_after_a_quick_answer(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(1, follow_ups=[]), rate=1.0)
    await desk.after(10.0)

    await desk.act(1, "messages", content="Yes, we do.")
    await desk.after(25.0)
    await desk.act(1, "messages", content="Have a nice day.")
    await desk.after(45.0)

    assert AUTOMATIC not in [text for _, text in await desk.said(1)]


async def test_nobody_talks_after_leaving(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(6, closes=0.5))
    await desk.after(1800.0)
    assert desk.customers.tally.unserved > 3
    silent = [row["id"] for row in await desk.open()][:3]
    before = {chat: Counter(kind for kind, _ in await desk.said(chat))[INCOMING] for chat in silent}
    gone = [
        chat for chat in silent if (chat, "I am off.") in [(chat, text) for _, text in await desk.said(chat)]
    ]

    for chat in gone:
        await desk.act(chat, "messages", content="Are you still there?")
    await desk.after(1800.0)

    assert gone
    for chat in gone:
        said = await desk.said(chat)
        assert Counter(kind for kind, _ in said)[INCOMING] == before[chat]


async def test_who_leaves_may_close_the_chat(scenario: Make, shop: Open) -> None:
    closing, staying = shop(scenario(4, closes=1.0)), shop(scenario(4, closes=0.0))
    for desk in (closing, staying):
        await desk.after(3600.0)

    assert len(await closing.open()) <= closing.customers.present
    assert len(await staying.open()) > 4


async def test_the_same_persona_is_never_there_twice(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(3, patience=400.0), rate=20.0)
    for _ in range(60):
        await desk.after(20.0)
        assert desk.customers.present <= 3
    assert desk.customers.tally.skipped > 0


async def test_who_comes_back_writes_into_the_same_conversation_and_reopens_it(
    scenario: Make, shop: Open
) -> None:
    desk = shop(scenario(1, returns=1.0, follow_ups=[]), rate=1.0)
    await desk.after(10.0)
    await desk.act(1, "messages", content="Yes.")
    await desk.after(40.0)
    await desk.act(1, "toggle_status", status="resolved")
    await desk.after(100.0)
    assert await desk.open() == []

    await desk.after(500.0)

    assert (INCOMING, "Me again.") in await desk.said(1)
    assert [row["id"] for row in await desk.open()] == [1]


async def test_a_customer_is_present_while_they_are_there(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(1, patience=500.0, nudge=None, closes=1.0), rate=0.001)
    await desk.after(195.0)
    assert desk.desk.presence.is_online(1)

    await desk.after(2000.0)
    assert not desk.desk.presence.is_online(1)


async def test_a_customer_whom_the_desk_refuses_gives_up_and_the_others_stay(
    scenario: Make, shop: Open
) -> None:
    desk = shop(scenario(6), rate=6.0)
    await desk.after(20.0)
    desk.desk.db.run("UPDATE contact_inboxes SET source_id = 'gone' WHERE id = 1")

    await desk.after(200.0)

    assert desk.customers.tally.failed == 1
    assert desk.customers.present >= 2


async def play(desk: Any, deeds: list[tuple[int, int, str]]) -> list[tuple[float, str, tuple[int, ...]]]:
    """An agent's schedule: pauses, which of the open chats, and what to do there."""
    answers = {
        "answer": "Yes, we do.",
        "link": "https://shop.example.test",
        "ask": "Which size?",
        "hold": "One moment.",
    }
    for pause, which, deed in deeds:
        await desk.after(float(pause))
        rows = await desk.open()
        if not rows:
            continue
        chat = rows[which % len(rows)]["id"]
        if deed == "resolve":
            await desk.act(chat, "toggle_status", status="resolved")
        else:
            await desk.act(chat, "messages", content=answers[deed])
    await desk.after(900.0)
    journal: list[tuple[float, str, tuple[int, ...]]] = desk.journal()
    return journal


DEEDS = [
    (7 + number * 5 % 37, number, ("answer", "ask", "resolve", "link", "answer", "hold")[number % 6])
    for number in range(80)
]


async def test_the_same_seed_and_deeds_give_the_same_run_event_for_event(scenario: Make, shop: Open) -> None:
    first, second, other = (shop(scenario(12), seed=seed) for seed in (5, 5, 6))

    journal = await play(first, DEEDS)

    assert len(journal) > 500
    assert await play(second, DEEDS) == journal
    assert await play(other, DEEDS) != journal
    texts = [await desk.said(chat) for desk in (first, second) for chat in range(1, 15)]
    assert texts[:14] == texts[14:]


async def test_how_often_the_desk_is_stepped_changes_nothing(scenario: Make, shop: Open) -> None:
    slow, fast = shop(scenario(12)), shop(scenario(12))

    await slow.after(1024.0)
    for _ in range(4096):
        await fast.after(0.25)

    assert fast.journal() == slow.journal()


async def test_what_others_do_never_changes_what_a_customer_draws(scenario: Make, shop: Open) -> None:
    alone, answered = shop(scenario(12)), shop(scenario(12))
    for desk in (alone, answered):
        await desk.after(20.0)
    await answered.act(1, "messages", content="Yes, we do.")
    for desk in (alone, answered):
        await desk.after(1000.0)

    assert await alone.said(1) != await answered.said(1)
    assert await alone.said(2) == await answered.said(2)
    assert await alone.said(3) == await answered.said(3)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 90),
            st.integers(0, 8),
            st.sampled_from(["answer", "link", "ask", "hold", "resolve"]),
        ),
        max_size=25,
    ),
    st.integers(0, 99),
)
def test_any_schedule_of_deeds_repeats(
    scenario: Make, shop_class: Open, deeds: list[tuple[int, int, str]], seed: int
) -> None:
    def run() -> list[tuple[float, str, tuple[int, ...]]]:
        desk = shop_class(scenario(6), seed=seed)
        with contextlib.closing(desk.desk):
            return asyncio.run(play(desk, deeds))

    assert run() == run()


async def test_a_busy_time_leaves_nothing_behind(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(120, patience=40.0, returns=0.0, closes=1.0), rate=60.0)

    for _ in range(20):
        await desk.after(60.0)
        assert desk.customers.present <= 120
        assert len(desk.customers._agenda) < 1200

    tally = desk.customers.tally
    assert tally.arrived > 1100
    assert tally.failed == 0
    assert tally.arrived == tally.unserved + tally.content + desk.customers.present
    assert len(desk.customers._ears._open) <= desk.customers.present
    assert len(desk.desk.presence._held) <= desk.customers.present


async def test_queues_get_their_share_of_the_arrivals(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(60, patience=30.0, returns=0.0), rate=30.0)

    await desk.after(1800.0)

    counted = desk.desk.db.values("SELECT sum(inbox_id = 1), count(*) FROM conversations")
    assert 0.70 < counted[0] / counted[1] < 0.80


async def test_a_restarted_desk_gets_new_customers_and_not_the_old_ones_again(
    scenario: Make, shop: Open
) -> None:
    desk = shop(scenario(12))
    await desk.after(60.0)
    known = len(await desk.open())

    desk.customers = Simulation(desk.desk, scenario(12), seed=1)
    await desk.after(20.0)

    assert len(await desk.open()) == known + 3


def test_an_unknown_pattern_names_the_known_ones(scenario: Make) -> None:
    desk = Desk(scenario(1), RunningClock())
    with contextlib.closing(desk), pytest.raises(ScenarioError, match="use one of: calm"):
        Simulation(desk, scenario(1), seed=1, pattern="rush")


async def test_nobody_comes_at_rate_zero(scenario: Make, shop: Open) -> None:
    desk = shop(scenario(5), rate=0.0)

    await desk.after(10_000.0)

    assert await desk.open() == []


async def test_customers_follow_a_running_clock_and_hear_an_answer_at_once(
    scenario: Make, shop_class: Open
) -> None:
    made = scenario(3, follow_ups=[], returns=0.0)
    desk = Desk(made, RunningClock(speed=200.0), seed_number=1)
    customers = Simulation(desk, made, seed=1, rate=0.01)
    said: asyncio.Queue[str] = asyncio.Queue()
    answered: set[int] = set()

    def hear(broadcast: Any) -> None:
        if broadcast.event == "message.created" and broadcast.data["message_type"] == INCOMING:
            said.put_nowait(broadcast.data["content"])
            answered.add(broadcast.data["conversation_id"])

    agent = desk.db.values("SELECT pubsub_token FROM users")[0]
    desk.hub.subscribe([agent], hear)
    running = asyncio.create_task(customers.run())
    with contextlib.closing(desk):
        async with asyncio.timeout(20):
            while await said.get() != "Green ones.":
                pass
            while await said.get() != "I am off.":
                pass
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert answered


async def test_a_stepped_clock_cannot_be_followed(scenario: Make, shop: Open) -> None:
    with pytest.raises(TypeError, match="advance_to"):
        await shop(scenario(1)).customers.run()
