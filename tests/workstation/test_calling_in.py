"""Calling a colleague in by name, by keys, on real sockets."""

from __future__ import annotations

from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import seat

MENTIONED = "SELECT user_id FROM participants WHERE mentioned = 1"


async def test_a_note_calls_a_colleague_in_by_name() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        me = (await other.sign_in()).agent
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("f9")
        await at.type(f"Look, @{me.name[:3]}")
        await at.until_shown("Call a colleague in")
        await at.press("enter")
        await at.type("please")
        await at.press("enter")
        words = f"Look, @{me.name} please"
        await at.until(lambda: not at.chat.transcript.sending, "the note to leave")
        await at.until_shown(words)
        assert await desk.call(lambda: desk.desk.db.column(MENTIONED)) == [int(me.id)]
        assert words not in await olga.hears()


async def test_an_at_sign_in_a_reply_is_only_an_at_sign() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.type("Write to @")
        assert "Call a colleague in" not in at.screen


async def test_the_command_begins_a_note_with_the_names_open() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+k")
        await at.type("calls a colleague in")
        await at.press("enter")
        await at.until_shown("Call a colleague in")
        assert at.chat.draft.note
        await at.press("escape")
        assert at.chat.draft.text == "@"
