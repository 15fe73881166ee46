"""What is held back before a reply leaves, at the workstation: a quiet line, and one key to send anyway."""

from __future__ import annotations

from agent_tui.desk.transcript import Fate
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer
from tests.workstation.seat import Seat, seat
from tests.workstation.test_serving import left, take


async def held_back(at: Seat, text: str, why: str) -> None:
    """Enter does not send it and says why."""
    at.app.workstation._composer.insert(text)
    await at.press("enter")
    await at.until_shown(why)
    assert at.chat.draft.text == text
    assert not at.chat.transcript.sending


async def test_each_concern_is_a_quiet_line_and_enter_again_sends(desk: EmbeddedDesk) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Hei, en ole saanut vielä verokorttia ja tarvitsen sen nyt.")
    async with seat(desk) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        await held_back(at, "Hei [nimi]", "Fill in “[nimi]” first")
        await at.press("enter")
        await left(at, "Hei [nimi]")
        english = "Hello, your tax card is on its way to you and will be there soon."
        await held_back(at, english, "This looks English; Liisa Virtanen writes Finnish.")
        await at.press("enter")
        await left(at, english)
        await held_back(at, "katso https://intra/ohje", "Customers cannot reach intra")
        await at.press("enter")
        await left(at, "katso https://intra/ohje")
        assert "Hei [nimi]" in await liisa.hears()


async def test_the_same_text_again_and_a_text_changed_after_the_warning_are_asked_anew(
    desk: EmbeddedDesk,
) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Hei")
    async with seat(desk) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        text = "Katson asiaasi ja palaan pian."
        await at.type(text)
        await at.press("enter")
        await left(at, text)
        await held_back(at, text, "They got this text at")
        await at.type(" [x]")
        await at.press("enter")
        assert [line.fate for line in at.chat.transcript.lines if line.mine] == [Fate.SENT]
