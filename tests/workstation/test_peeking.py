"""Reading without taking, taking by number, earlier chats, opening again: by keys, on real sockets."""

from __future__ import annotations

import pytest

from api_client.models.conversation import Status
from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import seat


async def test_a_look_takes_nothing_and_leaves_no_trace() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga", "My card is wrong")
        await at.until_shown("Olga")
        before = await other.conversation(olga.conversation)
        await at.press("f2", "space")
        await at.until_shown("▌ My card is wrong")
        await at.until_shown("You are only reading. F3 or Enter takes Olga, Esc goes back.")
        await at.type("typed into nothing")
        now = await other.conversation(olga.conversation)
        assert now.assignee is None
        assert now.unread == before.unread == 1
        await at.press("escape")
        assert at.state.peeked is None
        assert at.state.tabs == []
        assert olga.conversation in at.state.waiting


@pytest.mark.parametrize("key", ["enter", "f3"])
async def test_the_chat_that_is_read_is_taken_before_those_who_wait_longer(key: str) -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        first = await customer(desk, "Olga")
        second = await customer(desk, "Kaj")
        await at.until_shown("Olga")
        await at.until_shown("Kaj")
        await at.press("f2", "down")
        await at.until_shown("Space Look")
        await at.press("space")
        await at.until(lambda: at.state.peeked == second.conversation)
        await at.press(key)
        await at.until(lambda: at.state.active == second.conversation)
        assert at.state.peeked is None
        assert first.conversation in at.state.waiting


async def test_escape_goes_back_to_the_chat_that_was_open() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.type("Half a")
        await customer(desk, "Kaj")
        await at.until_shown("Kaj")
        await at.press("f2", "space")
        await at.until(lambda: at.state.peeked is not None)
        await at.press("escape", "escape")
        assert at.state.active == olga.conversation
        await at.type(" reply")
        assert at.chat.draft.text == "Half a reply"


async def test_a_digit_takes_the_customer_with_that_number() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        await customer(desk, "Olga")
        kaj = await customer(desk, "Kaj")
        await at.until_shown("Olga")
        await at.until_shown("Kaj")
        await at.press("f2", "2")
        await at.until(lambda: at.state.active == kaj.conversation)


async def test_what_a_colleague_takes_meanwhile_is_said_and_not_taken() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await at.until_shown("Olga")
        await at.press("f2", "space")
        await at.until(lambda: at.state.peeked is not None)
        await other.take(olga.conversation)
        await at.until_shown("has this chat. Esc goes back.")
        await at.press("enter")
        await at.until_shown("was faster and has Olga now")
        assert at.state.tabs == []


async def test_an_earlier_chat_is_read_and_opened_again() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga", "An old story")
        await other.set_status(olga.conversation, Status.RESOLVED)
        again = await olga.once_more("A new question")
        await take(at, again.conversation)
        await at.until_shown("1 chat")
        await at.press("ctrl+p")
        await at.until_shown("closed")
        await at.press("enter")
        await at.until_shown("▌ An old story")
        await at.until_shown("only reading a closed chat")
        await at.press("enter")
        await at.until(lambda: at.state.active == olga.conversation, "the old chat")
        found = await other.conversation(olga.conversation)
        assert found.status is Status.OPEN
        assert found.assignee is not None
        assert at.state.tabs == [again.conversation, olga.conversation]
