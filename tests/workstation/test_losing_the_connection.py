"""The practice desk goes away in the middle of a chat and comes back."""

from __future__ import annotations

from agent_tui.desk.model import Link
from practice.embedded import EmbeddedDesk
from tests.workstation.seat import seat
from tests.workstation.test_serving import arrive, take


async def test_nothing_typed_is_lost_and_what_was_missed_appears(desk: EmbeddedDesk) -> None:
    (liisa,) = await arrive(desk, "Liisa Virtanen")
    async with seat(desk) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        await at.type("half a sent")
        await desk.stop()
        await at.until(lambda: at.state.connection.link is Link.LOST, "the loss to be noticed")
        await at.until_shown("No connection for")
        assert "half a sent" in at.screen
        await liisa.say("Oletko siellä?")
        await at.type("ence")
        await desk.start()
        await at.until(lambda: at.state.connection.link is Link.LIVE, "the connection")
        await at.until_shown("Oletko siellä?")
        await at.until_shown("arrived while you")
        assert "half a sentence" in at.screen
        await at.press("enter")
        await at.until_shown("✓ sent")
        assert (await liisa.hears()).count("half a sentence") == 1


async def test_a_reply_sent_into_the_silence_leaves_when_the_desk_is_back(desk: EmbeddedDesk) -> None:
    (liisa,) = await arrive(desk, "Liisa Virtanen")
    async with seat(desk) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        await desk.stop()
        await at.until(lambda: at.state.connection.link is Link.LOST, "the loss to be noticed")
        await at.type("Moi")
        await at.press("enter")
        await at.until(lambda: at.chat.transcript.sending, "the reply to wait")
        await desk.start()
        await at.until_shown("✓ sent")
        assert (await liisa.hears()).count("Moi") == 1
