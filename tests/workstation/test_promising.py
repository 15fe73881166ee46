"""Promises at the desk: seen while typed, counted down once sent; and what will be late."""

from __future__ import annotations

from msgspec.structs import replace

from agent_tui.desk.rules import Rules
from agent_tui.desk.text import NOTHING
from agent_tui.desk.view import Forecast
from agent_tui.desk.wait_rules import WaitSettings, waits
from agent_tui.screens.asides import forecast_words
from api_client.models.identity import ConversationId
from tests.workstation.colleague import customer, quiet_desk, take
from tests.workstation.seat import seat


async def test_a_promise_that_is_sent_starts_a_timer_that_the_next_answer_ends() -> None:
    async with quiet_desk() as desk, seat(desk, size=(160, 40)) as at:
        olga = await customer(desk, "Olga", "My card is wrong")
        await at.until_shown("Olga")
        await at.press("f3")
        await at.until(lambda: at.state.active == olga.conversation)
        await at.until_taken()
        await at.type("I will be back in 5 minutes")
        await at.until_shown("promise: 5 min")
        await at.press("enter")
        await at.until_shown("promised Olga ◷ 4:5")
        await at.until_shown(" promised ◷ 4:5")
        assert "◷ 4:5" in at.screen.splitlines()[0]
        await at.until(lambda: not at.chat.transcript.sending)
        # Words within the same breath would not end it; an answer later on does.
        lines = at.chat.transcript.lines
        (place,) = [place for place, line in enumerate(lines) if line.mine]
        lines[place] = replace(lines[place], at=lines[place].at - 31)
        await at.type("Here it is")
        await at.press("enter")
        await at.until(lambda: "◷" not in at.screen)


async def test_a_chat_that_will_be_late_is_foreseen_and_gets_a_holding_line() -> None:
    rules = Rules(waits=waits(WaitSettings(channels=("chat = 30s / 60s",))))
    async with quiet_desk() as desk, seat(desk, size=(160, 40), rules=rules) as at:
        olga = await customer(desk, "Olga", "My card is wrong")
        await take(at, olga.conversation)
        at.state.speed.answer = 600.0
        await at.until_shown("1 chat late in ")
        assert "Ctrl+F5 helps" in at.screen
        await at.press("ctrl+f5")
        await at.until_shown("Let Olga know that you are at it")
        await at.press("enter")
        await at.until(lambda: at.chat.draft.text.startswith("Thank you for waiting."))
        assert at.chat.transcript.sending == 0
        await at.press("enter")
        await at.until_shown("promised Olga ◷ 4:5")
        await at.until(lambda: at.state.forecast is None)


def test_what_is_late_by_now_is_said_without_a_count_of_seconds() -> None:
    foreseen = Forecast((ConversationId("1"), ConversationId("2")), at=100.0)
    assert forecast_words(foreseen, 99.0, NOTHING) == "2 chats late in 1 s"
    assert forecast_words(foreseen, 99.8, NOTHING) == "2 chats late now"
