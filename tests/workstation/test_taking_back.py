"""Taking back by one key what was just done, on real sockets: before it reaches anybody, or undone there."""

from __future__ import annotations

from pathlib import Path

from agent_tui.desk.steps import Holds
from agent_tui.desk.transcript import Fate
from agent_tui.engine.outbox import SqliteOutbox
from api_client.models.conversation import Status
from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import seat

PATIENT = Holds(30.0, 30.0)
"""Longer than any test."""
HASTY = Holds(0.5, 0.5)


async def test_a_closed_chat_comes_back_by_one_key_and_nobody_noticed() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk, holds=PATIENT) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("f8")
        await at.until_shown("closing; F10 keeps Olga open · ")
        assert at.state.tabs == []
        assert (await other.conversation(olga.conversation)).status is Status.OPEN
        await at.press("f10")
        await at.until_shown("Olga stays with you.")
        assert at.state.active == olga.conversation
        assert "F10 keeps" not in at.screen


async def test_nobody_takes_it_back_and_it_is_done() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk, holds=HASTY) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("f8")
        await at.until(lambda: at.state.handled == 1, "the chat to be closed")
        assert (await other.conversation(olga.conversation)).status is Status.RESOLVED


async def test_tags_put_back_are_as_before_on_the_server_too() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk, holds=PATIENT) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("f7", "down", "space", "enter")
        await at.until_shown("F10 puts the tags of Olga back")
        await at.at_rest()
        assert len((await other.conversation(olga.conversation)).tags) == 1
        await at.press("f10")
        await at.until_shown("The tags of Olga are as before.")
        await at.at_rest()
        assert (await other.conversation(olga.conversation)).tags == ()


async def test_a_tab_put_aside_comes_back() -> None:
    async with quiet_desk() as desk, seat(desk, holds=PATIENT) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+o")
        await at.until_shown("F10 brings Olga back")
        await at.press("f10")
        assert at.state.tabs == [olga.conversation]


async def test_a_text_held_back_stands_before_what_was_typed_since() -> None:
    async with quiet_desk() as desk, seat(desk, holds=PATIENT) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.type("Moi Olga")
        await at.press("enter")
        await at.until_shown("F10 takes your text to Olga back")
        await at.type("one more")
        await at.press("f10")
        await at.until(lambda: at.chat.draft.text == "Moi Olga\none more", "the text to come back")
        assert not at.chat.transcript.sending
        await at.press("enter")
        await at.until(lambda: at.chat.transcript.sending == 1)
        assert "Moi Olga" not in await olga.hears()


async def test_leaving_sends_what_is_held_back() -> None:
    async with quiet_desk() as desk, seat(desk, holds=PATIENT) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.type("Moi Olga")
        await at.press("enter", "ctrl+q")
        await at.until(lambda: at.chat.transcript.lines[-1].fate is Fate.SENT, "the text to leave")
        assert "Moi Olga" in await olga.hears()


async def test_a_text_held_back_by_a_run_that_was_killed_was_not_sent_and_is_not_lost(
    tmp_path: Path,
) -> None:
    async with quiet_desk() as desk:
        path = tmp_path / "outbox.db"
        async with seat(desk, holds=PATIENT, outbox=lambda: SqliteOutbox(path)) as at:
            olga = await customer(desk, "Olga")
            await take(at, olga.conversation)
            await at.type("Moi Olga")
            await at.press("enter")
            await at.at_rest()
            assert at.chat.transcript.lines[-1].fate is Fate.QUEUED
        async with seat(desk, holds=PATIENT, outbox=lambda: SqliteOutbox(path)) as again:
            await again.until(lambda: olga.conversation in again.state.tabs, "the chat")
            await again.until_shown("Your text to Olga did not leave")
            assert "Moi Olga" not in await olga.hears()
            await again.press("ctrl+r")
            await again.until(lambda: again.chat.transcript.lines[-1].fate is Fate.SENT, "the text to leave")
            assert "Moi Olga" in await olga.hears()
