"""The lead acts from the board: watching without a trace, whispering, taking over, moving, being called."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent_tui.screens.lead.page import LeadPage
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.engine.wire import WireCustomer
from tests.workstation.seat import Seat, seat

TRACES = """
    SELECT coalesce(agent_last_seen_at, 0) || ' ' || coalesce(assignee_last_seen_at, 0) || ' '
        || coalesce(contact_last_seen_at, 0) FROM conversations ORDER BY id
"""


def lead_number(desk: EmbeddedDesk) -> int:
    agents = desk.ready["agents"]
    assert isinstance(agents, list)
    return next(n for n, each in enumerate(agents) if each["role"] == "administrator")


@asynccontextmanager
async def agent_and_lead(desk: EmbeddedDesk) -> AsyncIterator[tuple[Seat, Seat, WireCustomer]]:
    """An agent with Liisa's chat, and a lead whose board is open over the desk."""
    number = lead_number(desk)
    async with seat(desk, agent=0 if number else 1) as agent, seat(desk, agent=number) as lead:
        customer = await WireCustomer.arrive(desk, "Liisa")
        await customer.say("Hei")
        await agent.until_shown("Liisa")
        await agent.press("f3")
        await agent.until_shown("To Liisa")
        await lead.press("ctrl+f2")
        await lead.until_shown("○    0:")
        yield agent, lead, customer


async def test_a_watched_chat_goes_on_live_and_leaves_no_trace_on_the_server() -> None:
    async with EmbeddedDesk.of(load("tax")) as desk, agent_and_lead(desk) as (agent, lead, customer):
        await agent.at_rest()
        before = await desk.call(lambda: desk.desk.db.column(TRACES))
        await lead.press("enter")
        await lead.until_shown("Liisa")
        await lead.press("enter")
        await lead.until_shown("You watch Liisa")
        await lead.until_shown("Hei")
        assert await desk.call(lambda: desk.desk.db.column(TRACES)) == before
        assert "writing" not in agent.screen
        await customer.say("Oletteko siellä?")
        await lead.until_shown("Oletteko siellä?")
        assert lead.state.peeked is None
        assert lead.state.tabs == []


async def says_it_no_more_on_another_page(lead: Seat) -> None:
    """What was said long ago is not said anew by a page that has just opened."""
    page = lead.app.screen
    assert isinstance(page, LeadPage)
    lookout = page.desk.lookout
    lookout.said = (lookout.said[0], float("-inf"))
    await lead.press("escape")
    await lead.until_shown("Customers")
    assert "has arrived" not in lead.screen
    await lead.press("enter")
    await lead.until_shown("You watch Liisa")


async def test_a_lead_whispers_and_takes_over_from_the_board() -> None:
    async with EmbeddedDesk.of(load("tax")) as desk, agent_and_lead(desk) as (agent, lead, _):
        await lead.press("enter")
        await lead.until_shown("Liisa")
        await lead.press("enter")
        await lead.until_shown("You watch Liisa")
        await lead.press("w")
        await lead.type("Kysy vuosi")
        await lead.press("enter")
        await lead.until_shown("has arrived")
        await agent.until_shown("@Aino Kysy vuosi")
        await says_it_no_more_on_another_page(lead)
        await lead.press("t")
        await lead.until_shown("in a tab at your desk")
        await agent.until(lambda: agent.state.tabs == [], "the chat to go")
        await lead.press("u")
        await agent.until(lambda: len(agent.state.tabs) == 1, "the chat to come back")


async def test_a_call_for_help_reaches_the_board_and_goes_when_the_lead_answers() -> None:
    async with EmbeddedDesk.of(load("tax")) as desk, agent_and_lead(desk) as (agent, lead, _):
        await agent.press("ctrl+k")
        await agent.type("call the lead")
        await agent.press("enter")
        await agent.until_shown("Why:")
        await agent.type("angry")
        await agent.press("enter")
        await lead.until_shown("calls for help with Liisa: angry")
        await lead.press("c")
        await lead.until_shown("You watch Liisa")
        await lead.press("w")
        await lead.type("I come")
        await lead.press("enter")
        await agent.until_shown("I come")
        await lead.until(lambda: "calls for help" not in lead.screen.splitlines()[0], "the call to go")


async def test_customers_who_wait_are_moved_to_another_team_after_a_question() -> None:
    async with EmbeddedDesk.of(load("tax")) as desk, seat(desk, agent=lead_number(desk)) as lead:
        for name in ("Liisa", "Bengt"):
            await (await WireCustomer.arrive(desk, name)).say("Hei")
        await lead.until(lambda: len(lead.state.waiting) == 2, "two customers")
        await lead.press("ctrl+f2")
        await lead.until_shown("waiting 2 for a first answer")
        await lead.press("m")
        await lead.until_shown("Move 2 customers")
        await lead.press("enter")
        await lead.until_shown("Yes, move 2 customers")
        await lead.press("down", "enter")
        await lead.until_shown("2 customers wait in")
        teams = await desk.call(lambda: desk.desk.db.column("SELECT team_id FROM conversations"))
        assert None not in teams
        assert len(set(teams)) == 1
