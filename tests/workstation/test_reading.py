"""Reading back, help, commands and themes at the workstation."""

from __future__ import annotations

from functools import partial

import pytest

from agent_tui.desk.talking import LINES_KEPT
from api_client.models.identity import ConversationId
from practice.changes import writing
from practice.embedded import EmbeddedDesk
from practice.store import conversations, customers
from tests.workstation.seat import seat
from tests.workstation.test_serving import arrive, take


async def test_older_messages_load_by_themselves_while_reading_back(desk: EmbeddedDesk) -> None:
    (liisa,) = await arrive(desk, "Liisa Virtanen")
    for number in range(45):
        await liisa.say(f"rivi {number:02}")
    async with seat(desk, size=(80, 24)) as at:
        await at.until_shown("Liisa Virtanen")
        await take(at, "Liisa Virtanen")
        await at.until_shown("rivi 44")
        assert len(at.chat.transcript.lines) < 45
        for _ in range(20):
            if "Hei, tässä Liisa" in at.screen:
                break
            known = len(at.chat.transcript.lines)
            await at.press("ctrl+home")
            await at.until(
                lambda known=known: len(at.chat.transcript.lines) > known or "Hei, tässä Liisa" in at.screen,  # type: ignore[misc]
                "older messages",
            )
        assert "Hei, tässä Liisa" in at.screen
        await liisa.say("uusi rivi")
        await at.until_shown("1 new")
        await at.press("ctrl+end")
        await at.until_shown("uusi rivi")


def much_is_said(desk: EmbeddedDesk, conversation: ConversationId, lines: int) -> None:
    """The customer writes so many lines at once."""
    served = desk.desk
    with served.change() as change:
        for number in range(lines):
            row = conversations.conversation(served.db, int(conversation))
            contact = None if row is None else customers.contact(served.db, row.contact_id)
            assert row is not None
            assert contact is not None
            writing.customer_writes(change, row, writing.incoming(row, contact, f"rivi {number:03}"))


async def test_a_long_chat_shrinks_behind_the_screen_unless_somebody_reads_further_up_in_it(
    desk: EmbeddedDesk,
) -> None:
    liisa, pekka = await arrive(desk, "Liisa Virtanen", "Pekka Salo")
    async with seat(desk, size=(80, 24)) as at:
        await at.until_shown("Pekka Salo")
        await take(at, "Liisa Virtanen")
        await take(at, "Pekka Salo")
        for customer in (liisa, pekka):
            await desk.call(partial(much_is_said, desk, customer.conversation, 2 * LINES_KEPT))
        hers, his = (at.state.chats[customer.conversation].transcript for customer in (liisa, pekka))
        await at.until(lambda: len(hers.lines) == LINES_KEPT, "the chat behind to shrink")
        await at.until(lambda: his.lines[-1].text == f"rivi {2 * LINES_KEPT - 1}", "all of his")
        await at.press("pageup")
        read, known = at.screen.splitlines()[5], len(his.lines)
        await at.press("alt+1")
        await at.until_shown(f"rivi {2 * LINES_KEPT - 1}")
        at.app.workstation.second_passed()
        assert len(his.lines) == known
        await at.press("ctrl+home")
        await at.until(lambda: len(hers.lines) > LINES_KEPT, "what was let go of")
        await at.press("alt+2")
        await at.until_shown(read)


async def test_help_shows_every_key_and_goes_away_with_any(desk: EmbeddedDesk) -> None:
    async with seat(desk) as at:
        await at.press("f1")
        await at.until_shown("Take the customer who has waited longest.")
        await at.press("x")
        await at.until_shown("No chat is open")


async def test_a_command_is_found_by_its_name_and_done(desk: EmbeddedDesk) -> None:
    async with seat(desk) as at:
        await at.press("ctrl+k", *"library", "enter")
        await at.until_shown("Library, as ")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_every_size_shows_who_waits_the_text_and_the_keys(
    desk: EmbeddedDesk, size: tuple[int, int]
) -> None:
    await arrive(desk, "Liisa Virtanen", "Pekka Salo")
    async with seat(desk, size=size) as at:
        await at.until_shown("Pekka Salo")
        await take(at, "Liisa Virtanen")
        await at.until_shown("To Liisa Virtanen")
        rows = at.screen.splitlines()
        assert len(rows) == size[1]
        assert "1 Liisa Virtanen" in rows[0]
        assert "F3 Take next" in rows[-1]
        assert "● live" in rows[-2]
        assert any("Pekka Salo" in row for row in rows)
