"""The row that says whether it is this machine or the server that is slow: by keys, on real sockets."""

from __future__ import annotations

from agent_tui.widgets.health_strip import HealthStrip
from tests.workstation.colleague import quiet_desk
from tests.workstation.seat import Seat, seat


async def toggle(at: Seat) -> None:
    await at.press("ctrl+k")
    await at.type("speed")
    await at.press("enter")


async def test_the_row_is_there_on_demand_with_figures_that_were_measured() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        strip = at.app.screen.query_one(HealthStrip)
        assert at.state.round_trip is None
        await toggle(at)
        await at.until_shown("server answers in")
        await at.until(lambda: at.state.round_trip is not None, "the server was asked")
        await at.until(lambda: at.app.workstation.gauge.key_to_paint is not None, "a key was measured")
        await at.until_shown("keys ")
        assert at.app.workstation.gauge.frame
        await toggle(at)
        await at.until(lambda: not strip.display, "the row is away")
        await at.until(lambda: "server answers in" not in at.screen, "nothing of it is left")
