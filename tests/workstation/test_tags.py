"""Tags at the workstation, by keys: suggested with a reason, asked for before closing, on many at once."""

from __future__ import annotations

from agent_tui.desk.rules import Rules, TagRule
from api_client.models.conversation import Status
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer
from tests.workstation.seat import seat
from tests.workstation.test_serving import arrive, take


async def test_a_chat_is_closed_by_choosing_the_tag_its_queue_needs(desk: EmbeddedDesk) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Hei, en pysty kirjautumaan, kirjautuminen ei onnistu")
    rules = Rules(tags=(TagRule("*", ("kirjautuminen", "verokortti-muutos")),))
    async with seat(desk, rules=rules) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        chat = at.chat
        await at.until_shown("ei onnistu")
        await at.press("f8")
        await at.until_shown("One of these before closing: kirjautuminen")
        assert "★ they wrote “kirjautuminen”" in at.screen
        await at.press("escape")
        await at.until_shown("The chat stays open")
        assert chat.status is Status.OPEN
        await at.press("f8", *"kirj", "enter")
        await at.until(lambda: at.state.handled == 1, "the chat to close")
        assert [tag.value for tag in chat.tags] == ["kirjautuminen"]


async def test_closed_chats_are_tagged_together_and_counted_for_the_next(desk: EmbeddedDesk) -> None:
    await arrive(desk, "Aino Laine", "Björn Holm")
    async with seat(desk) as at:
        for name in ("Aino Laine", "Björn Holm"):
            await at.until_shown(name)
            await take(at, name)
            await at.press("f8")
            await at.until_shown("No chat is open")
        await at.press("ctrl+k", *"tag closed", "enter")
        await at.until_shown("Björn Holm")
        await at.press("space", "down", "space", "enter", *"kirj", "enter")
        await at.until_shown("2 chats get these tags")
        await at.at_rest()
        at.state.tag_counts.clear()
        await arrive(desk, "Cleo Park")
        await at.until_shown("Cleo Park")
        await take(at, "Cleo Park")
        await at.until(
            lambda: at.state.tag_counts and any(at.state.tag_counts[at.chat.queue].times), "counts"
        )
        await at.press("f7")
        await at.until_shown("on 2 recent chats here")
