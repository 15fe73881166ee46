"""Taking no chats, with a reason of one's own: by keys, on real sockets."""

from __future__ import annotations

from api_client.backend import Backend
from api_client.models.people import Availability
from tests.workstation.colleague import colleague, quiet_desk
from tests.workstation.seat import Seat, seat


async def seen_by(other: Backend, at: Seat) -> Availability:
    assert at.state.me is not None
    (found,) = [agent for agent in await other.agents() if agent.id == at.state.me.id]
    return found.availability


async def test_a_pause_has_a_reason_that_only_the_agent_sees() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        await at.press("ctrl+k")
        await at.type("pause for")
        await at.press("enter")
        await at.type("lun")
        await at.press("enter")
        await at.until_shown("‖ Lunch")
        await at.at_rest()
        assert await seen_by(other, at) is Availability.BUSY
        await at.press("ctrl+k")
        await at.type("pause for")
        await at.press("enter")
        await at.type("Dentist")
        await at.press("enter")
        await at.until_shown("‖ Dentist")
        await at.press("f12")
        await at.until_shown("✓ available")
        await at.at_rest()
        assert await seen_by(other, at) is Availability.ONLINE
