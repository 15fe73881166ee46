"""Marking a message by keys, to copy or to quote it."""

from __future__ import annotations

from tests.workstation.colleague import customer, quiet_desk, take
from tests.workstation.seat import Seat, seat


def marked(at: Seat) -> str | None:
    """The text of the marked message."""
    log = at.app.workstation._log
    return None if log.marked is None else log.lines[log.marked].text


async def test_a_marked_message_is_copied_and_typing_goes_on() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga", "My number is 12")
        await take(at, olga.conversation)
        await at.until_taken()
        await at.press("ctrl+up")
        assert marked(at) == at.chat.transcript.lines[-1].text
        await at.until_shown("C Copy")
        for _ in at.chat.transcript.lines:
            await at.press("up")
        assert marked(at) == "My number is 12"
        assert any("My number is 12" in row and "◂" in row for row in at.screen.splitlines())
        await at.press("c")
        await at.until_shown("Copied, 15 characters.")
        assert at.app.clipboard == "My number is 12"
        assert marked(at) is None
        await at.type("cq")
        assert at.chat.draft.text == "cq"


async def test_a_marked_message_is_quoted_and_any_other_key_types() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga", "One\nTwo")
        await take(at, olga.conversation)
        await at.until_taken()
        await at.type("Hi")
        await at.press(*["ctrl+up"] * len(at.chat.transcript.lines), "q")
        assert at.chat.draft.text == "Hi\n> One\n> Two\n"
        await at.press("ctrl+up", "x")
        assert at.chat.draft.text == "Hi\n> One\n> Two\nx"
        assert marked(at) is None


async def test_escape_and_going_below_the_newest_mark_nothing() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.until_taken()
        await at.press("ctrl+up", "escape")
        assert marked(at) is None
        await at.press("ctrl+up", "down")
        assert marked(at) is None


async def test_a_marked_message_is_opened_and_read_as_it_came() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga", "one\n" * 99 + "\u202egnp.exe")
        await take(at, olga.conversation)
        await at.until_shown("more characters. Ctrl+Up, then O")
        assert "gnp.exe" not in at.screen
        for _ in range(5):
            await at.press("ctrl+up")
            if (marked(at) or "").startswith("one"):
                break
        await at.press("o", *["pagedown"] * 5)
        await at.until_shown("gnp.exe")
        await at.press("r")
        await at.until_shown("As it came, 404 characters.")
        await at.press("end")
        await at.until_shown("\\u202egnp.exe")
        await at.press("escape", "x")
        assert at.chat.draft.text == "x"
