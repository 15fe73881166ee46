"""The Enter key asks once when a text is for somebody else's eyes, or when a colleague was faster."""

from __future__ import annotations

from agent_tui.desk import events as d
from agent_tui.desk.transcript import Fate
from api_client.models.identity import ConversationId
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.engine.wire import WireCustomer
from tests.workstation.seat import Seat, seat


async def two_customers(served: EmbeddedDesk) -> tuple[ConversationId, ConversationId]:
    liisa = await WireCustomer.arrive(served, "Liisa Virtanen")
    await liisa.say("Hei")
    pekka = await WireCustomer.arrive(served, "Pekka Ojala")
    await pekka.say("Moi")
    return liisa.conversation, pekka.conversation


async def take(at: Seat, conversation: ConversationId) -> None:
    await at.until(lambda: conversation in at.state.chats)
    at.app.bridge.dispatch(d.ConversationPicked(conversation))
    await at.until(lambda: at.state.active == conversation and at.chat.transcript.fetched)
    await at.until(lambda: at.app.workstation._composer.conversation == conversation)


async def test_a_text_that_names_another_open_customer_leaves_at_the_second_enter() -> None:
    served = EmbeddedDesk.of(load("tax"))
    async with served, seat(served) as at:
        liisa, pekka = await two_customers(served)
        await take(at, pekka)
        await take(at, liisa)
        await at.type("Hei Pekka Ojala")
        await at.press("enter")
        await at.until_shown("names Pekka Ojala")
        assert at.chat.draft.text == "Hei Pekka Ojala"
        await at.press("enter")
        await at.until(lambda: at.chat.transcript.lines[-1].fate is Fate.SENT)
        assert at.chat.transcript.lines[-1].raw == "Hei Pekka Ojala"
    served.desk.close()


async def test_a_text_that_did_not_leave_is_found_by_one_key() -> None:
    served = EmbeddedDesk.of(load("tax"))
    async with served, seat(served) as at:
        liisa, pekka = await two_customers(served)
        await take(at, liisa)
        await take(at, pekka)
        await served.stop()
        await at.type("Hei vaan")
        await at.press("enter", "ctrl+pageup")
        await at.until(lambda: at.state.active == liisa)
        await at.press("ctrl+f")
        await at.until_shown("Not delivered")
        assert "Hei vaan" in at.screen
        await at.press("enter")
        await at.until(lambda: at.state.active == pekka)
        await served.start()
    served.desk.close()
