"""Doings refused by role, by keys: the agent no longer belongs to the queue, and hears what that means.

Every action that asks the server is refused in ``tests/engine/test_every_action.py``.
"""

from __future__ import annotations

from functools import partial

import pytest

from agent_tui.desk.transcript import Fate
from api_client.models.conversation import Status
from practice.embedded import EmbeddedDesk
from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import seat

LEAVING = ("DELETE FROM inbox_members WHERE user_id = ?", "DELETE FROM team_members WHERE user_id = ?")


async def shut_out(desk: EmbeddedDesk, agent: str) -> None:
    """Take the agent out of every queue and team: the server refuses from now on."""
    for leave in LEAVING:
        await desk.call(partial(desk.desk.db.run, leave, (int(agent),)))


DOINGS = {
    "resolve": (("f8",), "The chat with Olga is still open: "),
    "hand over": (("ctrl+d", "enter", "x", "enter"), "Olga is still with you: "),
    "tags": (("f7", "down", "space", "enter"), "The tags of Olga stay as they were: "),
}


@pytest.mark.parametrize("doing", DOINGS)
async def test_a_doing_that_the_role_does_not_allow_leaves_all_as_it_was(doing: str) -> None:
    keys, told = DOINGS[doing]
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        before = await other.conversation(olga.conversation)
        assert at.state.me is not None
        await shut_out(desk, at.state.me.id)
        await at.press(*keys)
        if doing == "hand over":
            await at.until(lambda: at.chat.transcript.undelivered == 1, "the note to fail")
        else:
            await at.until_shown(told)
        await at.at_rest()
        assert at.state.tabs == [olga.conversation]
        now = await other.conversation(olga.conversation)
        assert now.status is Status.OPEN
        assert (now.assignee, now.tags, now.priority) == (before.assignee, before.tags, before.priority)


async def test_a_reply_that_the_role_does_not_allow_stays_to_be_sent_again() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        assert at.state.me is not None
        await shut_out(desk, at.state.me.id)
        await at.type("Moi")
        await at.press("enter")
        await at.until_shown("Your text to Olga did not leave: ")
        assert [line.fate for line in at.chat.transcript.lines if line.mine] == [Fate.FAILED]


async def test_a_customer_the_role_may_not_take_is_said_and_stays_where_they_are() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await at.until_shown("Olga")
        assert at.state.me is not None
        await shut_out(desk, at.state.me.id)
        await at.press("f3")
        await at.until_shown("Olga could not be taken: ")
        assert at.state.tabs == []
        assert (await other.conversation(olga.conversation)).assignee is None


async def test_a_sleeping_chat_the_role_may_not_wake_goes_on_sleeping() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await at.press("ctrl+l", "enter")
        await at.until_shown("No chat is open.")
        await at.press("ctrl+k")
        await at.type("sleeping chats")
        await at.press("enter")
        await at.until_shown("▸1 Olga")
        await at.press("enter")
        await at.until_shown("only reading a sleeping chat")
        assert at.state.me is not None
        await shut_out(desk, at.state.me.id)
        await at.press("enter")
        await at.until_shown("Olga could not be taken: ")
        assert (await other.conversation(olga.conversation)).status is Status.SNOOZED


async def test_a_call_for_a_colleague_that_the_role_does_not_allow_stays_to_be_sent_again() -> None:
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        assert at.state.me is not None
        await shut_out(desk, at.state.me.id)
        await at.press("ctrl+k")
        await at.type("call in")
        await at.press("enter")
        await at.until(lambda: at.chat.draft.note, "the note")
        await at.type((await other.sign_in()).agent.name[:3])
        await at.press("enter")
        await at.press("enter")
        await at.until_shown("Your text to Olga did not leave: ")
        assert [line.fate for line in at.chat.transcript.lines if line.mine] == [Fate.FAILED]
