"""Giving a chat away by keys: to the queue, a colleague, a team; and what comes in between."""

from __future__ import annotations

from api_client.models.message import MessageKind
from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import seat


async def test_one_key_puts_a_chat_back_into_its_queue() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+k", *"to queue", "enter")
        await at.until_shown("Olga waits in the queue again.")
        assert at.state.tabs == []
        assert olga.conversation in at.state.waiting
        assert (await other.conversation(olga.conversation)).assignee is None


async def test_a_colleague_gets_the_chat_with_a_comment_the_customer_does_not_see() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        me = (await other.sign_in()).agent
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+d")
        await at.until_shown(f"{me.name}")
        await at.type(me.name[:6])
        await at.press("enter")
        await at.type("Needs a new tax card")
        await at.press("enter")
        await at.until_shown(f"Olga is now with {me.name}.")
        assert at.state.tabs == []
        found = await other.conversation(olga.conversation)
        assert found.assignee is not None
        assert found.assignee.id == me.id
        page = await other.messages(olga.conversation)
        notes = [message.text for message in page.items if message.kind is MessageKind.NOTE]
        assert notes == ["Needs a new tax card"]
        assert "Needs a new tax card" not in await olga.hears()


async def test_a_team_gets_the_chat_and_nobody_keeps_it() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        team = next(queue for queue in at.state.queues.values() if queue.team)
        await at.press("ctrl+d")
        await at.type(str(team.name))
        await at.press("enter", "enter")
        await at.until_shown(f"Olga is now with {team.name}.")
        found = await other.conversation(olga.conversation)
        assert found.queue == team.id
        assert found.assignee is None


async def test_escape_leaves_the_chat_where_it_is() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+d", "enter")
        await at.until_shown("Comment:")
        await at.press("escape")
        assert at.state.tabs == [olga.conversation]
        assert not at.state.parting


async def test_words_that_were_not_sent_stay_when_the_chat_goes() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.type("I was about to")
        await at.press("ctrl+k", *"to queue", "enter")
        await at.until_shown("Olga waits in the queue again.")
        assert at.chat.draft.text == "I was about to"


async def test_a_hand_over_that_cannot_reach_the_server_leaves_the_chat_with_the_agent() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await desk.stop()
        await at.press("ctrl+k", *"to queue", "enter")
        await at.until_shown("Olga is still with you: the server cannot be reached")
        assert at.state.tabs == [olga.conversation]
        await desk.start()
