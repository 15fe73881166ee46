"""Shifts at every desk, served by keys alone: nobody is lost, and the same seed gives the same shift."""

from __future__ import annotations

import logging

import pytest

from practice.clock import SteppedClock
from practice.customers.simulation import Simulation
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.workstation.robot import Robot, Shift, undelivered
from tests.workstation.seat import seat

START = 1_790_000_000.0
HOUR = 3600.0
TEN_MINUTES = 600.0

EVERYTHING_SAID = """
    SELECT c.id || ' ' || c.status || ' ' || CASE WHEN m.sender_type = 'User' AND NOT m.private
        THEN 'agent' ELSE m.message_type END || ' ' || coalesce(m.content, '')
    FROM conversations c JOIN messages m ON m.conversation_id = c.id ORDER BY c.id, m.id
"""
"""Every conversation with its status and every message in order, as the server's database has it."""


RATE = 2.3
"""Arrivals a minute: some 140 in an hour, one after another and in heaps."""


async def serve(name: str, seed: int, seconds: float, *, exact: bool = False) -> tuple[Shift, list[str], str]:
    """A shift: what the robot did, what the server then holds, and how the customers fared."""
    scenario = load(name)
    desk = EmbeddedDesk.of(scenario, clock=SteppedClock(START), seed=seed)
    simulation = Simulation(desk.desk, scenario, seed=seed, rate=RATE)
    async with desk, seat(desk) as at:
        shift = await Robot(at, desk, simulation, scenario, seed, exact=exact).work(seconds)
        assert undelivered(at) == 0
        outcome = await desk.call(lambda: desk.desk.db.column(EVERYTHING_SAID))
    return shift, outcome, str(simulation.tally)


def judge(shift: Shift, outcome: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """Everything the robot sent is on the server, everybody handled is tagged, nothing went wrong."""
    assert shift.tags == len(shift.handled)
    assert sum(said.split(" ")[2] == "agent" for said in outcome) == shift.sent
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_an_hour_at_the_tax_desk_loses_nobody(caplog: pytest.LogCaptureFixture) -> None:
    shift, outcome, _ = await serve("tax", seed=1, seconds=HOUR)
    assert len(shift.handled) > 100
    assert shift.links > 10
    judge(shift, outcome, caplog)


@pytest.mark.parametrize("name", ["helpdesk", "event", "benefits"])
async def test_ten_minutes_at_any_desk_loses_nobody(name: str, caplog: pytest.LogCaptureFixture) -> None:
    shift, outcome, _ = await serve(name, seed=1, seconds=TEN_MINUTES)
    assert len(shift.handled) > 5
    judge(shift, outcome, caplog)


async def test_the_same_seed_gives_the_same_shift() -> None:
    first, second = [await serve("tax", seed=7, seconds=300, exact=True) for _ in range(2)]
    assert first == second
