"""An emoji by its name while typing, and from the list."""

from __future__ import annotations

from agent_tui.desk import events as d
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer
from tests.workstation.seat import seat


async def test_an_emoji_is_named_while_typing_or_picked(desk: EmbeddedDesk) -> None:
    liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
    await liisa.say("Hei")
    async with seat(desk) as at:
        await at.until(lambda: liisa.conversation in at.state.chats)
        at.app.bridge.dispatch(d.ConversationPicked(liisa.conversation))
        await at.until(lambda: at.app.workstation._composer.conversation == liisa.conversation)
        await at.type("Hei :ki")
        await at.until_shown(":thanks:")
        await at.press("enter")
        await at.type(" klo 10:30 :wave: :zz")
        assert "No emoji" not in at.screen
        await at.press("ctrl+k")
        await at.type("emoji")
        await at.press("enter")
        await at.type("kahvi")
        await at.press("enter")
        await at.until(lambda: at.chat.draft.text == "Hei 🙏 klo 10:30 👋 :zz☕")
