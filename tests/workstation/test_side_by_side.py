"""Chats side by side, by keys, at the widths that have room for them."""

from __future__ import annotations

import pytest

from api_client.models.conversation import Status
from practice.embedded import EmbeddedDesk
from tests.workstation import colleague as others
from tests.workstation.seat import Seat, seat
from tests.workstation.test_serving import arrive, left, take

WIDE, WIDER = (160, 45), (240, 60)
NAMES = ("Aino Laine", "Björn Holm", "Chen Wei", "Dilek Kaya")


async def three_chats(at: Seat) -> None:
    for name in NAMES[:3]:
        await at.until_shown(name)
    for name in NAMES[:3]:
        await take(at, name)
        await at.until_taken()


def row_of(at: Seat, words: str) -> str:
    return next(row for row in at.screen.splitlines() if words in row)


@pytest.mark.parametrize(("size", "panes"), [((120, 36), 1), (WIDE, 2), (WIDER, 3)])
async def test_a_wide_terminal_shows_chats_side_by_side(
    desk: EmbeddedDesk, size: tuple[int, int], panes: int
) -> None:
    await arrive(desk, *NAMES[:3])
    async with seat(desk, size=size) as at:
        await three_chats(at)
        await at.at_rest()
        await at.until(lambda: sum(f"Hei, tässä {name}" in at.screen for name in NAMES[:3]) == panes)
        assert at.screen.count("To Chen Wei") == 1
        assert ("▸Chen Wei" in at.screen) is (panes > 1)


async def test_one_chat_has_the_screen_to_itself_however_wide(desk: EmbeddedDesk) -> None:
    await arrive(desk, *NAMES[:1])
    async with seat(desk, size=WIDER) as at:
        await take(at, NAMES[0])
        await at.until_shown("Hei, tässä Aino Laine")
        assert "▸" not in at.screen
        assert "│" not in row_of(at, "Hei, tässä Aino Laine")


async def test_the_pane_beside_is_one_key_away_and_nothing_moves(desk: EmbeddedDesk) -> None:
    await arrive(desk, *NAMES[:3])
    async with seat(desk, size=WIDE) as at:
        await three_chats(at)
        await at.at_rest()
        await at.press("ctrl+pageup")
        assert "▸Björn Holm" in at.screen
        before = row_of(at, "Hei, tässä Chen Wei")
        await at.press("ctrl+n")
        assert at.chat.card.name == "Chen Wei"
        assert "▸Chen Wei" in at.screen
        assert "▸Björn Holm" not in at.screen
        assert row_of(at, "Hei, tässä Chen Wei").replace("┃", "│") == before.replace("┃", "│")
        await at.press("ctrl+n")
        assert at.chat.card.name == "Björn Holm"


async def test_what_is_typed_ahead_of_a_change_of_panes_goes_to_the_new_customer(desk: EmbeddedDesk) -> None:
    customers = await arrive(desk, *NAMES[:2])
    async with seat(desk, size=WIDE) as at:
        await at.until_shown(NAMES[1])
        await take(at, NAMES[0])
        await take(at, NAMES[1])
        await at.press_ahead(*"to Björn", "ctrl+n", *"to Aino", "ctrl+n", *" again", "ctrl+n", "enter")
        await left(at, "to Aino")
        aino, bjorn = (at.state.chats[tab].draft.text for tab in at.state.tabs)
        assert (aino, bjorn) == ("", "to Björn again")
        assert "draft to Björn Holm" in at.screen
        assert "to Björn again" in at.screen
        assert "to Aino" in await customers[0].hears()
        assert not any("Aino" in heard for heard in await customers[1].hears())


async def test_another_width_keeps_texts_undo_and_the_place_of_the_reader(desk: EmbeddedDesk) -> None:
    (aino, _) = await arrive(desk, *NAMES[:2])
    for first in range(0, 60, 15):
        await aino.say("\n".join(f"Rivi {number}" for number in range(first, first + 15)))
    async with seat(desk, size=WIDE) as at:
        await at.until_shown(NAMES[1])
        await take(at, NAMES[0])
        await at.until_shown("Rivi 59")
        await at.press("pageup", *"one", "ctrl+z", "ctrl+y")
        await take(at, NAMES[1])
        await at.type("two")
        assert "Rivi 20" in at.screen
        assert "Rivi 59" not in at.screen
        await at.resize(80, 24)
        assert "draft to" not in at.screen
        await at.press("ctrl+pageup")
        assert "› one" in at.screen
        assert "Rivi 59" not in at.screen
        await at.press("ctrl+z")
        assert "› one" not in at.screen
        await at.resize(*WIDE)
        await at.press("ctrl+y", "ctrl+n", "backspace")
        aino_text, bjorn_text = (at.state.chats[tab].draft.text for tab in at.state.tabs)
        assert (aino_text, bjorn_text) == ("one", "tw")


async def test_without_room_the_key_says_what_it_takes(desk: EmbeddedDesk) -> None:
    await arrive(desk, *NAMES[:1])
    async with seat(desk) as at:
        await take(at, NAMES[0])
        await at.press("ctrl+n")
        await at.until_shown("takes two chats and 160 columns")


async def test_an_earlier_chat_is_read_beside_the_open_one() -> None:
    async with others.quiet_desk() as desk, others.colleague(desk) as other, seat(desk, size=WIDE) as at:
        olga = await others.customer(desk, "Olga", "An old story")
        await other.set_status(olga.conversation, Status.RESOLVED)
        again = await olga.once_more("A new question")
        await others.take(at, again.conversation)
        await at.type("Half a")
        await at.until(lambda: at.chat.previous, "the earlier chat")
        await at.press("ctrl+p", "enter")
        await at.until_shown("▌ An old story")
        assert "▌ A new question" in at.screen
        assert "Half a" in at.screen
        await at.press(*"typed into nothing", "ctrl+n")
        assert at.state.active == again.conversation
        await at.type(" reply")
        assert at.chat.draft.text == "Half a reply"
        await at.until_shown("Only to read. Ctrl+N goes there")
        await at.until_shown("▌ An old story")
        await at.press("ctrl+n")
        assert at.state.peeked == olga.conversation
        await at.press("ctrl+n", "escape")
        await at.until(lambda: "An old story" not in at.screen)
        assert at.chat.draft.text == "Half a reply"


async def test_what_is_read_beside_follows_its_chat_and_goes_when_it_goes() -> None:
    async with others.quiet_desk() as desk, others.colleague(desk) as other, seat(desk, size=WIDE) as at:
        olga = await others.customer(desk, "Olga", "An old story")
        await other.set_status(olga.conversation, Status.RESOLVED)
        again = await olga.once_more("A new question")
        await others.take(at, again.conversation)
        await others.take(at, (await others.customer(desk, "Bengt")).conversation)
        await at.press("ctrl+pageup")
        await at.until(lambda: at.chat.previous, "the earlier chat")
        await at.press("ctrl+p", "enter")
        await at.until_shown("▌ An old story")
        await at.press("ctrl+n", "ctrl+pagedown")
        await at.until(lambda: "An old story" not in at.screen)
        await at.press("ctrl+pageup")
        await at.until_shown("▌ An old story")
        await at.press("f8")
        await at.until(lambda: again.conversation not in at.state.tabs, "the chat to go")
        assert at.state.beside is None
        await at.until(lambda: "An old story" not in at.screen)
