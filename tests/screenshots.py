"""The pictures in docs/, taken of the running program: ``python -m tests.screenshots`` takes them anew."""

from __future__ import annotations

import asyncio
import re
from contextlib import closing
from functools import partial
from typing import Final

from practice.clock import SteppedClock
from practice.customers.simulation import Simulation
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.generated import DOCS
from tests.workstation.seat import Seat, seat

START: Final = 1_790_000_000.0
SEED: Final = 12


async def main() -> None:
    """Serve a few invented customers and take the pictures."""
    scenario = load("tax")
    served = EmbeddedDesk.of(scenario, clock=SteppedClock(START), seed=SEED)
    simulation = Simulation(served.desk, scenario, seed=SEED, rate=7.0)
    with closing(served.desk):
        async with served, seat(served, size=(120, 36)) as at:
            await _until(served, simulation, START + 70)
            await at.until_shown("8 customers are waiting")
            for tabs in (1, 2, 3, 4):
                await at.press("f3")
                await at.until(partial(_open, at, tabs))
            await at.press("alt+1")
            await at.press("/", *"moi", "enter", "enter")
            await at.until_shown("✓ sent")
            await _until(served, simulation, START + 110)
            await at.until_shown("✓✓ read")
            await at.press("/", *"kot")
            await at.until_shown("Canned responses")
            await at.until_shown("F1 Help")
            _take(at, "canned")
            await at.press("escape", *["backspace"] * 4)
            await at.type("Fakturan duger om arbetets andel syns på den. Titta på")
            _take(at, "workstation")


async def _until(served: EmbeddedDesk, simulation: Simulation, at: float) -> None:
    async def advance() -> None:
        await simulation.advance_to(at)
        served.desk.ping_now()

    await served.call(advance)


def _open(at: Seat, tabs: int) -> bool:
    return len(at.state.tabs) == tabs and not at.state.taking


def _take(at: Seat, name: str) -> None:
    at.app.workstation.show()
    picture = at.app.export_screenshot(title="agent-tui", simplify=True)
    (DOCS / f"{name}.svg").write_text(re.sub(r"terminal-\d+", "terminal", picture))


if __name__ == "__main__":
    asyncio.run(main())
