"""Looking for something and going there: everywhere, in a chat, without a connection; on real sockets."""

from __future__ import annotations

from api_client.models.conversation import Status
from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import seat
from tests.workstation.test_marking import marked


async def test_a_message_far_back_in_a_closed_chat_is_found_shown_and_marked() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk, size=(80, 24)) as at:
        olga = await customer(desk, "Olga", "The zebra is mine")
        for number in range(45):
            await olga.say(f"row {number}")
        await other.set_status(olga.conversation, Status.RESOLVED)
        kaj = await customer(desk, "Kaj")
        await take(at, kaj.conversation)
        await at.press("ctrl+s")
        await at.type("ZEBRA")
        await at.until_shown("message   Olga")
        await at.press("enter")
        await at.until(lambda: marked(at) == "The zebra is mine", "the message")
        assert at.state.peeked == olga.conversation
        assert any("The zebra is mine" in row and "◂" in row for row in at.screen.splitlines())
        await at.press("escape", "escape")
        assert at.state.active == kaj.conversation


async def test_ones_own_chat_comes_to_the_front_and_what_is_typed_is_for_the_text() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga", "About my purple card")
        await take(at, olga.conversation)
        kaj = await customer(desk, "Kaj")
        await take(at, kaj.conversation)
        await at.press("ctrl+s")
        await at.type("purple")
        await at.until_shown("message   Olga")
        await at.press("enter")
        await at.until(lambda: at.state.active == olga.conversation)
        await at.until(lambda: marked(at) == "About my purple card", "the message")
        await at.type("can do")
        assert at.chat.draft.text == "can do"
        assert marked(at) == "About my purple card"
        await at.press("escape")
        assert marked(at) is None


async def test_a_customer_is_found_and_their_chats_listed() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga Zett", "First")
        await other.set_status(olga.conversation, Status.RESOLVED)
        await at.press("ctrl+s")
        await at.type("zett")
        await at.until_shown("customer  Olga Zett")
        await at.press("down", "enter")
        await at.until_shown("Chats of Olga Zett")
        await at.until_shown("closed")
        await at.press("enter")
        await at.until(lambda: at.state.peeked == olga.conversation)


async def test_without_a_connection_what_is_open_here_is_looked_through() -> None:
    async with quiet_desk() as desk:
        async with seat(desk) as at:
            olga = await customer(desk, "Olga", "About my purple card")
            await take(at, olga.conversation)
            await desk.stop()
            await at.until_shown("No connection")
            await at.press("ctrl+s")
            await at.type("purple")
            await at.until_shown("message   Olga")
            await at.until_shown("Only what is open here was looked through: there is no connection.")
            await at.press("enter")
            await at.until(lambda: marked(at) == "About my purple card")
        await desk.start()


async def test_words_are_found_in_the_open_chat_from_its_start_and_gone_through() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga", "zebra one")
        for number in range(42):
            await olga.say(f"zebra two {number}" if number == 30 else f"row {number}")
        await take(at, olga.conversation)
        await at.press("ctrl+k")
        await at.type("find in chat")
        await at.press("enter")
        await at.type("zebra")
        await at.until_shown("zebra one")
        await at.press("enter")
        assert marked(at) == "zebra two 30"
        await at.press("p")
        assert marked(at) == "zebra one"
        await at.press("p")
        await at.until_shown("There is no further hit in this direction.")
        await at.press("n", "q")
        assert at.chat.draft.text == "> zebra two 30\n"
