"""Serving customers at the workstation, by keys, on real sockets."""

from __future__ import annotations

from agent_tui.desk import selectors
from agent_tui.desk.transcript import Fate
from api_client.models.conversation import Status
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer
from tests.workstation.seat import Seat, seat

COLLEAGUE = 1
"""Another agent of the same queue, by number."""


async def arrive(desk: EmbeddedDesk, *names: str) -> list[WireCustomer]:
    customers = []
    for name in names:
        customer = await WireCustomer.arrive(desk, name)
        await customer.say(f"Hei, tässä {name}")
        customers.append(customer)
    return customers


async def take(at: Seat, name: str) -> None:
    """Take the longest waiting, who is ``name``."""
    await at.press("f3")
    await at.until(lambda: at.state.active is not None and at.chat.card.name == name, name)
    await at.until(lambda: at.chat.transcript.fetched, "what was written")
    await at.until(lambda: at.app.workstation._composer.conversation == at.state.active, "the composer")


async def left(at: Seat, text: str) -> None:
    """Wait until a text of ours is with the server."""
    there = {Fate.SENT, Fate.DELIVERED, Fate.READ}
    await at.until(
        lambda: any(line.text == text and line.fate in there for line in at.chat.transcript.lines), text
    )


async def test_a_waiting_customer_ticks_by_the_second(desk: EmbeddedDesk) -> None:
    async with seat(desk, size=(80, 24)) as at:
        await arrive(desk, "Liisa Virtanen")
        await at.until_shown("Liisa Virtanen")
        await at.until_shown(" 0:02")
        await at.until_shown(" 0:03")


async def test_the_short_way_is_short(desk: EmbeddedDesk) -> None:
    await arrive(desk, "Liisa Virtanen", "Pekka Salo")
    async with seat(desk) as at:
        await at.until_shown("Pekka Salo")
        await take(at, "Liisa Virtanen")
        assert at.pressed == 1
        await at.press("/", "m", "o", "enter")
        assert at.pressed == 1 + 4
        await at.until_shown("täällä Aino")
        await at.press("enter")
        assert at.pressed == 1 + 4 + 1
        await at.until_shown("✓ sent")
        await at.press("f6", *"ve")
        await at.until(lambda: at.state.links and at.state.links[0].title in at.screen, "articles")
        await at.press("enter")
        assert at.pressed == 6 + 4
        assert "https://ohjeet.vero.example/" in at.screen
        await at.press("enter")
        liisa = at.chat
        await at.press("f7", *"ki")
        await at.press("enter", "f8")
        await at.until(lambda: at.state.handled == 1, "the chat to close")
        assert at.pressed == 11 + 5
        assert liisa.status is Status.RESOLVED
        assert [tag.value for tag in liisa.tags] == ["kirjautuminen"]


async def test_any_tab_and_the_most_urgent_one_are_a_key_away(desk: EmbeddedDesk) -> None:
    names = ["Aino Laine", "Björn Holm", "Cleo Park"]
    await arrive(desk, *names)
    async with seat(desk) as at:
        await at.until_shown("Cleo Park")
        for name in names:
            await take(at, name)
        await at.press("f4")
        assert at.chat.card.name == "Aino Laine"
        await at.press("alt+3")
        assert at.chat.card.name == "Cleo Park"
        await at.press("ctrl+g", "2")
        assert at.chat.card.name == "Björn Holm"
        await at.press("ctrl+pagedown", "ctrl+pagedown")
        assert at.chat.card.name == "Aino Laine"


async def test_what_is_typed_ahead_of_a_tab_change_goes_to_the_new_chat(desk: EmbeddedDesk) -> None:
    await arrive(desk, "Aino Laine", "Björn Holm")
    async with seat(desk) as at:
        await at.until_shown("Björn Holm")
        await take(at, "Aino Laine")
        await take(at, "Björn Holm")
        await at.type("for Björn")
        await at.press("alt+1", "f", "o", "r", "space", "A", "i", "n", "o")
        aino, bjorn = (at.state.chats[tab].draft.text for tab in at.state.tabs)
        assert (aino, bjorn) == ("for Aino", "for Björn")
        assert "To Aino Laine" in at.screen


async def test_a_note_is_never_seen_by_the_customer(desk: EmbeddedDesk) -> None:
    (liisa,) = await arrive(desk, "Liisa Virtanen")
    async with seat(desk) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        await at.press("f9")
        assert "NOTE" in at.screen
        await at.type("calls back tomorrow")
        await at.press("enter", "f9")
        await at.type("Moi")
        await at.press("enter")
        await left(at, "calls back tomorrow")
        await left(at, "Moi")
        assert "Moi" in await liisa.hears()
        assert "calls back tomorrow" not in await liisa.hears()
        assert "calls back tomorrow" in at.screen


async def test_a_text_with_a_gap_does_not_leave(desk: EmbeddedDesk) -> None:
    (liisa,) = await arrive(desk, "Liisa Virtanen")
    async with seat(desk) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        at.app.workstation._composer.insert("Ring ⟦contact phone⟧")
        await at.press("enter")
        await at.until_shown("“contact phone” is not filled in.")
        assert at.chat.draft.text == "Ring ⟦contact phone⟧"
        assert not any("Ring" in heard for heard in await liisa.hears())


async def test_two_agents_and_a_customer_see_what_each_other_does(desk: EmbeddedDesk) -> None:
    (liisa,) = await arrive(desk, "Liisa Virtanen")
    async with seat(desk) as aino, seat(desk, agent=COLLEAGUE) as grace:
        await aino.until_shown("Liisa Virtanen")
        await grace.until(lambda: selectors.waiting_count(grace.state), "the colleague to see her")
        await take(aino, "Liisa Virtanen")
        await grace.until(lambda: not selectors.waiting_count(grace.state), "her to leave the list")
        await aino.type("Moi Liisa")
        await aino.press("enter")
        await left(aino, "Moi Liisa")
        assert "Moi Liisa" in await liisa.hears()
        await liisa.say("Kiitos")
        await aino.until_shown("Kiitos")


async def test_losing_the_race_is_said_kindly(desk: EmbeddedDesk) -> None:
    await arrive(desk, "Liisa Virtanen")
    async with seat(desk) as aino, seat(desk, agent=COLLEAGUE) as grace:
        await aino.until_shown("Liisa Virtanen")
        await grace.until_shown("Liisa Virtanen")
        grace.app.bridge.close()  # her screen is a moment behind
        await take(aino, "Liisa Virtanen")
        await grace.press("f3")
        grace.app.bridge.open()
        await grace.until_shown("was faster and has Liisa Virtanen now")
        assert not grace.state.tabs


async def test_a_reply_shows_how_far_it_has_come(desk: EmbeddedDesk) -> None:
    await arrive(desk, "Liisa Virtanen")
    async with seat(desk) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        await at.type("Moi")
        await at.press("enter")
        await left(at, "Moi")
        await at.until_shown("✓ sent")


async def test_queues_are_left_and_served_by_a_key(desk: EmbeddedDesk) -> None:
    await arrive(desk, "Liisa Virtanen")
    async with seat(desk) as at:
        await at.until_shown("Liisa Virtanen")
        before = selectors.waiting_count(at.state)
        for row, queue in enumerate(selectors.queues_at_hand(at.state)):
            if queue.waiting:
                await at.press("f2", "f2", "home", *["down"] * row, "space", "escape")
                break
        assert selectors.waiting_count(at.state) == before - 1
        await at.press("f3")
        await at.until_shown("Nobody is waiting in the queues you serve")
