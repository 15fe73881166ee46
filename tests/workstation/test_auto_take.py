"""A customer who comes without a key: told, in the background, and never while the agent begins a text."""

from __future__ import annotations

import time
from pathlib import Path

from agent_tui.desk.rules import CapacitySettings, Rules
from agent_tui.desk.told import Ticked
from agent_tui.engine.bookshelf import TextPlaces
from tests.workstation.colleague import customer, quiet_desk, take
from tests.workstation.seat import Seat, seat


def second_passes(at: Seat, ahead: float = 0.0) -> None:
    """A second passes at the desk, as many seconds ahead of the machine's clock."""
    at.app.bridge.now = lambda: time.monotonic() + ahead
    at.app.bridge.dispatch(Ticked())


async def test_the_next_customer_comes_when_there_is_room_and_no_text_is_being_begun() -> None:
    rules = Rules(capacity=CapacitySettings(normal=2, rush=2))
    async with quiet_desk() as desk, seat(desk, size=(80, 24), rules=rules) as at:
        first = await customer(desk, "Liisa Virtanen")
        await take(at, first.conversation)
        await at.until_shown(" 1/2")
        await at.press("ctrl+k")
        await at.type("auto")
        await at.press("enter")
        await at.until_shown("comes to you by itself")
        await at.type("H")
        second = await customer(desk, "Pekka Salo")
        await at.until(lambda: second.conversation in at.state.waiting, "the second customer")
        second_passes(at)
        assert not at.state.taking
        second_passes(at, ahead=6)
        await at.until_shown("Took Pekka Salo, waited ")
        assert at.state.active == first.conversation
        await at.until_shown(" 2/2 auto")
        third = await customer(desk, "Ville Aho")
        await at.until(lambda: third.conversation in at.state.waiting, "the third customer")
        second_passes(at, ahead=30)
        assert not at.state.taking
        await at.press("f3")
        await at.until(lambda: at.state.active == third.conversation, "the third chat")
        await at.until_shown("3 of 2: you are over your limit.")
        await at.until_shown(" 3/2 !")


async def test_the_teams_limits_hold_and_change_without_a_new_start(tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    file.write_text("[limits]\neveryone = { normal = 1, rush = 1 }\n")
    texts = TextPlaces(team=(tmp_path,), look_every=0.05)
    async with quiet_desk() as desk, seat(desk, texts=texts) as at:
        await at.until_shown("chats 0/1")
        assert at.state.me is not None
        file.write_text(f'[limits]\n"{at.state.me.email}" = {{ normal = 4, rush = 6 }}\n')
        await at.until_shown("chats 0/4")
