"""Giving a chat away by keys: to the queue, a colleague, a team; and what comes in between."""

from __future__ import annotations

from api_client.models.identity import EchoId
from api_client.models.message import MessageKind, Outgoing
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
        await at.until_shown(f"⇄ Olga → {me.name}: what they should know")
        await at.type("Needs a new tax card")
        await at.press("enter")
        await at.until_shown(f"Olga is now with {me.name}.")
        assert at.state.tabs == []
        found = await other.conversation(olga.conversation)
        assert found.assignee is not None
        assert found.assignee.id == me.id
        page = await other.messages(olga.conversation)
        notes = [message.text for message in page.items if message.kind is MessageKind.NOTE]
        assert notes == ["⇄ Hand-over card\n? Open question\n- Hello?\n» For you\n- Needs a new tax card"]
        assert notes[0] not in await olga.hears()


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
        await at.type("Half a")
        await at.press("ctrl+d", "enter")
        await at.until_shown("what they should know")
        await at.type("Only Finnish")
        await at.press("escape")
        assert at.state.tabs == [olga.conversation]
        assert not at.state.parting
        await at.type(" reply")
        assert at.chat.draft.text == "Half a reply"
        await at.press("ctrl+d", "enter")
        await at.until_shown("- Only Finnish")


async def test_the_card_is_nobodys_reply_even_when_it_is_left_in_the_middle() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+d", "enter")
        await at.type("secret")
        await at.press("f9", "f4", "f9", "enter")
        await at.until_shown("Olga waits in the queue again.")
        page = await other.messages(olga.conversation)
        assert [one.kind for one in page.items if "secret" in one.text] == [MessageKind.NOTE]


async def test_the_receiver_sees_the_card_and_says_by_one_key_that_it_was_read() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk, size=(80, 24)) as at:
        assert at.state.me is not None
        giver = (await other.sign_in()).agent
        olga = await customer(desk, "Olga", "My card is wrong")
        card = "⇄ Siirtokortti\n? Avoinna\n- Kortti puuttuu\n! Luvattu\n- Soitamme huomenna"
        await other.send(olga.conversation, Outgoing(card, EchoId("c1"), private=True))
        await other.assign(olga.conversation, at.state.me.id)
        await at.until_shown(f"⇄ From {giver.name}")
        await at.until_shown(" Open question Kortti puuttuu")
        await at.until_shown(" Promised      Soitamme huomenna")
        await at.press("enter")
        await at.until(lambda: "I have read it" not in at.screen, "the card to go")
        await at.at_rest()
        page = await other.messages(olga.conversation)
        assert page.items[-1].text == "⇄ ✓ The hand-over card has been read."
        assert page.items[-1].kind is MessageKind.NOTE


async def test_the_giver_is_told_that_the_card_was_read() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        receiver = (await other.sign_in()).agent
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+d", *receiver.name[:6], "enter", "enter")
        await at.until_shown(f"Olga is now with {receiver.name}.")
        await other.send(olga.conversation, Outgoing("⇄ ✓ Luettu", EchoId("r1"), private=True))
        await at.until_shown(f"{receiver.name} has read your card about Olga.")


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
