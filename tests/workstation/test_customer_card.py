"""The customer's card by keys, on real sockets: what is known, written down, corrected, read on."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta, timezone
from functools import partial

import pytest

from agent_tui.desk.selectors import server_now
from api_client.models.conversation import Status
from api_client.models.people import ContactChanges
from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import Seat, seat

MORE = re.compile(r"… \d+ more rows?; the key again")


def _gone(at: Seat, words: str) -> bool:
    return words not in at.screen


async def command(at: Seat, words: str) -> None:
    await at.press("ctrl+k")
    await at.type(words)
    await at.press("enter")


async def test_a_note_written_down_stands_on_the_card_for_colleagues_too() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await command(at, "note on customer")
        await at.type("Prefers the telephone")
        await at.press("enter")
        await at.until_shown("Saved for Olga.")
        await at.until_shown("note        Prefers the")
        contact = (await other.conversation(olga.conversation)).contact.id
        assert [note.text for note in await other.contact_notes(contact)] == ["Prefers the telephone"]
        assert "Prefers the telephone" not in await olga.hears()


async def test_a_name_and_details_are_corrected() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await command(at, "edit customer")
        await at.press("1")
        await at.type(" Aalto")
        await at.press("enter")
        await at.until_shown("Saved for Olga Aalto.")
        await command(at, "edit customer")
        await at.press("3")
        await at.type("employer")
        await at.press("enter")
        await at.type("Aallokko")
        await at.press("enter")
        await at.until_shown("employer    Aallokko")
        await command(at, "edit customer")
        await at.press("5")
        await at.type("order")
        await at.press("enter")
        await at.type("B-1044")
        await at.press("enter")
        await at.until_shown("order       B-1044")
        found = await other.conversation(olga.conversation)
        assert (found.contact.name, found.attributes) == ("Olga Aalto", (("order", "B-1044"),))
        assert found.contact.attributes == (("employer", "Aallokko"),)


async def test_what_the_server_does_not_take_is_told_and_changes_nothing() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await command(at, "edit customer")
        await at.press("2")
        await at.type("nowhere")
        await at.press("enter")
        await at.until_shown("This was not saved for Olga: ")
        assert at.chat.card.email == ""


async def test_a_note_that_was_not_saved_is_there_to_be_saved_again() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await desk.stop()
        await command(at, "note on customer")
        await at.type("Calls back")
        await at.press("enter")
        await at.until_shown("This was not saved for Olga: ")
        await desk.start()
        await command(at, "note on customer")
        await at.until_shown("Note: Calls back")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_long_card_is_read_on_by_its_key_and_then_put_away(size: tuple[int, int]) -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk, size=size) as at:
        olga = await customer(desk, "Olga")
        contact = (await other.conversation(olga.conversation)).contact.id
        many = tuple((f"detail {number}", f"value {number}") for number in range(40))
        await other.update_contact(contact, ContactChanges(attributes=many))
        await take(at, olga.conversation)
        await at.until(lambda: len(at.chat.card.attributes) == len(many), "the details")
        if size[0] < 120:
            await at.press("ctrl+t")
        await at.until_shown("more rows; the key again")
        while rest := MORE.findall(at.screen):
            await at.press("ctrl+t")
            await at.until(partial(_gone, at, rest[0]), "the next page")
        await at.until_shown("value 39")
        await at.press("ctrl+t")
        await at.until(lambda: "value 39" not in at.screen, "the card to go")


async def test_the_card_tells_the_time_at_the_customers_and_how_they_liked_earlier_chats() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        asking = 'UPDATE inboxes SET survey_enabled = 1, surveys = \'{"": "How was it?"}\''
        await desk.call(lambda: desk.desk.db.run(asking))
        olga = await customer(desk, "Olga", "An old story")
        await other.set_status(olga.conversation, Status.RESOLVED)
        await olga.rates(4)
        again = await olga.once_more("And now?", local_time="Sun Nov 22 2026 10:12:00 GMT+0530 (IST)")
        await take(at, again.conversation)
        await at.until_shown("ratings     4 of 5")
        assert at.chat.utc_offset == 5 * 3600 + 1800
        there = timezone(timedelta(seconds=at.chat.utc_offset))

        def told() -> bool:
            now = datetime.fromtimestamp(server_now(at.state, time.monotonic()) or 0.0, there)
            return f"their time  {now:%H:%M}" in at.screen

        await at.until(told, "the time there")
        await at.press("ctrl+p")
        await at.until_shown("rated 4 of 5")
