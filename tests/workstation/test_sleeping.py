"""Letting chats sleep and waking them, priority, blocking: by keys, on real sockets."""

from __future__ import annotations

from agent_tui.desk.told import SignedIn
from api_client.backend import Capability
from api_client.models.conversation import Priority, Status
from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import seat


async def test_a_chat_sleeps_until_the_customer_writes_and_comes_back() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+l", "enter")
        await at.until_shown("Olga sleeps until they write")
        assert at.state.tabs == []
        assert (await other.conversation(olga.conversation)).status is Status.SNOOZED
        await olga.say("I am back")
        await at.until(lambda: at.state.tabs == [olga.conversation], "the tab to come back")
        assert (await other.conversation(olga.conversation)).status is Status.OPEN


async def test_a_typed_time_is_kept_and_a_sleeping_chat_can_be_woken() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga", "See you later")
        await take(at, olga.conversation)
        await at.press("ctrl+l")
        await at.type("45")
        await at.press("enter")
        await at.until_shown("Olga sleeps until")
        await at.until_shown("No chat is open.")
        asleep = await other.conversation(olga.conversation)
        assert asleep.snoozed_until is not None
        assert 44 * 60 < asleep.snoozed_until - asleep.created_at < 46 * 60
        await at.press("ctrl+k")
        await at.type("sleeping chats")
        await at.press("enter")
        await at.until(lambda: at.state.sleeping is not None, "the sleeping")
        await at.until_shown("▸1 Olga")
        await at.press("enter")
        await at.until_shown("only reading a sleeping chat")
        await at.press("enter")
        await at.until(lambda: at.state.active == olga.conversation, "the chat to wake")
        assert (await other.conversation(olga.conversation)).status is Status.OPEN


async def test_a_priority_is_chosen_by_number_and_seen_on_the_card() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+k")
        await at.type("priority")
        await at.press("enter", "1")
        await at.until_shown("!! urgent")
        await at.until(lambda: any("priority to urgent" in one.text for one in at.chat.transcript.lines))
        found = await other.conversation(olga.conversation)
        assert found.priority is Priority.URGENT


async def test_a_customer_is_blocked_only_after_a_second_thought() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        spam = await customer(desk, "Spam", "Buy now")
        await take(at, spam.conversation)
        for answer in ("1", "2"):
            assert at.state.tabs == [spam.conversation]
            await at.press("ctrl+k")
            await at.type("block")
            await at.press("enter", answer)
        await at.until_shown("Spam is blocked, and the chat is closed.")
        found = await other.conversation(spam.conversation)
        assert found.status is Status.RESOLVED
        assert (await other.contact(found.contact.id)).blocked


async def test_what_the_server_cannot_do_says_so() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        assert at.state.me is not None
        without = SignedIn(at.state.me, at.state.account, at.state.capabilities - {Capability.MUTE})
        at.app.bridge.dispatch(without)
        await at.press("ctrl+k", *"block", "enter")
        await at.until_shown("Block: this server cannot do that.")
