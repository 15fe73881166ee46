"""Private numbers stay hidden until the agent holds a key."""

from __future__ import annotations

from tests.workstation.colleague import customer, quiet_desk, take
from tests.workstation.seat import seat

SECRET = "131052-308T"


async def test_a_private_number_is_starred_out_until_a_key_is_held() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga", f"Tunnus {SECRET}, apua")
        await at.until_shown("Tunnus ******-****, apua")  # among those who wait
        await take(at, olga.conversation)
        await at.until_shown("A private number is hidden.")
        assert SECRET not in at.screen
        await at.press("insert")
        await at.until_shown(SECRET)
        await at.until_shown("A private number is hidden.")
        assert SECRET not in at.screen
        await at.type(f"ok {SECRET}")
        await at.press("enter")
        await at.until_shown("This gives away a Finnish identity code.")
        await at.press("enter")
        await at.until_shown("ok ******-****")
        assert at.chat.transcript.lines[-1].raw == f"ok {SECRET}"
