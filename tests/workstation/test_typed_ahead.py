"""What is typed between taking a customer and seeing them: it is theirs, whole, and nothing of it is sent."""

from __future__ import annotations

from functools import partial

from textual import events

from agent_tui.desk.model import DeskState
from agent_tui.screens.typed_ahead import TypedAhead
from api_client.models.identity import ConversationId
from tests.workstation.colleague import colleague, customer, quiet_desk
from tests.workstation.seat import seat

OLGA, PEKKA = ConversationId("1"), ConversationId("2")
SILENTLY_TAKEN = "UPDATE conversations SET assignee_id = ? WHERE id = ?"


async def test_what_is_typed_right_after_taking_stands_whole_in_the_customers_text() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga", "My card is wrong")
        await at.until_shown("Olga")
        await at.press_ahead("f3", *"Hello Ogla", "backspace", "backspace", "backspace", *"lga")
        at.app.post_message(events.Paste(", one moment"))
        await at.until(lambda: at.state.active == olga.conversation, "the chat")
        await at.until(lambda: at.chat.draft.text.startswith("Hello Olga, one moment"))
        await at.until_shown("› Hello Olga, one moment")


async def test_what_was_typed_for_one_whom_a_colleague_took_waits_in_sight_for_the_next() -> None:
    async with quiet_desk() as desk, seat(desk) as at, colleague(desk) as bertil:
        olga = await customer(desk, "Olga", "My card is wrong")
        await at.until_shown("Olga")
        him = (await bertil.sign_in()).agent
        await desk.call(partial(desk.desk.db.run, SILENTLY_TAKEN, (int(him.id), int(olga.conversation))))
        await at.press_ahead("f3", *"Good morning")
        await at.until_shown("For the customer you take: Good morning")
        await at.until(lambda: not at.state.taking)
        await customer(desk, "Petra")
        await at.until_shown("Petra")
        await at.press("f3")
        await at.until_shown("› Good morning")
        assert at.chat.card.name == "Petra"


async def test_letters_mean_nothing_while_nobody_is_on_the_way() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        await at.type("hello")
        assert "hello" not in at.screen
        await customer(desk, "Olga")
        await at.until_shown("Olga")
        await at.press("f3")
        await at.until_shown("To Olga")
        assert at.chat.draft.empty


def test_escape_drops_it_and_enter_sends_nothing() -> None:
    state = DeskState(taking={OLGA})
    ahead = TypedAhead(state)
    assert not ahead.take_key("enter", "\r")
    assert ahead.take_key("a", "a")
    assert ahead.take_key("enter", "\r")
    assert ahead.text == "a"
    state.taking.clear()
    assert ahead.take_key("escape", "\x1b")
    assert not ahead.take_key("b", "b")


def test_it_goes_to_none_of_the_chats_there_were_before() -> None:
    state = DeskState(taking={OLGA}, tabs=[PEKKA])
    ahead = TypedAhead(state)
    ahead.paste("Hello Olga")
    state.taking.clear()
    assert ahead.hand_over(PEKKA) == ""
    assert ahead.hand_over(OLGA) == "Hello Olga"
    assert not ahead.text
