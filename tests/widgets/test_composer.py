"""The composer, mounted alone and worked by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual import events
from textual.app import App

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.composer import Composer
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.painting import LineWidget
from api_client.models.identity import ConversationId

Read = Callable[[LineWidget], list[str]]
Make = Callable[..., App[None]]
SIZE = (40, 12)
LIISA, MATTI = ConversationId("1"), ConversationId("2")
NAME = Displayable("Liisa Virtanen")


@pytest.fixture
def composer(palette: Palette) -> Composer:
    return Composer(palette)


def submitted(posted: Any) -> list[tuple[str, str, bool]]:
    return [(one.conversation, one.text, one.note) for one in posted.of(Composer.Submitted)]


async def test_typing_is_shown_beside_the_customers_name(composer: Composer, stage: Make, rows: Read) -> None:
    async with stage(composer).run_test(size=SIZE) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        await pilot.press(*"hei")
        shown = rows(composer)
    assert shown[0].startswith("To Liisa Virtanen · reply")
    assert shown[1].startswith("› hei")


async def test_enter_sends_to_the_conversation_that_was_typed_in(
    composer: Composer, stage: Make, posted: Any, until: Any
) -> None:
    async with stage(composer).run_test(size=SIZE, message_hook=posted) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        await pilot.press(*"moi", "enter")
        await until(lambda: bool(submitted(posted)))
        assert composer.buffer is not None
        assert composer.buffer.text == ""
    assert submitted(posted) == [(LIISA, "moi", False)]


@pytest.mark.parametrize("key", ["ctrl+j", "shift+enter", "alt+enter", "shift+\r"])
async def test_a_new_line_key_starts_a_row_and_the_field_grows(
    composer: Composer, stage: Make, rows: Read, key: str
) -> None:
    async with stage(composer).run_test(size=SIZE) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        await pilot.press("a")
        composer.post_message(events.Key(key, None))
        await pilot.press("b")
        assert composer.size.height == 3
        assert rows(composer)[1].startswith("› a")
        assert rows(composer)[2].startswith("  b")


async def test_the_field_grows_to_eight_rows_and_then_scrolls(
    composer: Composer, stage: Make, rows: Read
) -> None:
    async with stage(composer).run_test(size=SIZE) as pilot:
        composer.write_in(Buffer(LIISA, "\n".join(f"row {n}" for n in range(20))), NAME)
        composer.focus()
        await pilot.pause()
        assert composer.size.height == 9
        assert "row 19" in rows(composer)[-1]
        await pilot.press(*["up"] * 19)
        assert "row 0" in rows(composer)[1]
        await pilot.press("ctrl+e", "down")
        assert composer.buffer is not None
        assert composer.buffer.cursor == len("row 0\nrow 1")


async def test_a_paste_goes_in_whole_and_sends_nothing(
    composer: Composer, stage: Make, posted: Any, until: Any
) -> None:
    app = stage(composer)
    async with app.run_test(size=SIZE, message_hook=posted) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        await pilot.pause()
        app.post_message(events.Paste("\rone\r\ntwo\r" + "x" * 9000))
        await until(lambda: composer.buffer is not None and len(composer.buffer.text) == 9009)
        assert composer.buffer is not None
        assert composer.buffer.text.startswith("\none\ntwo\nxx")
    assert submitted(posted) == []


async def test_a_paste_that_comes_as_keys_sends_nothing(
    composer: Composer, stage: Make, posted: Any, until: Any
) -> None:
    async with stage(composer).run_test(size=SIZE, message_hook=posted) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        await pilot.pause()
        typed = [events.Key("enter" if c == "\n" else c, c) for c in "o\nsecond\nthird\n"]
        for number, key in enumerate(typed):
            key.time = 1000 + number / 10000
            composer.post_message(key)
        await until(lambda: composer.buffer is not None and composer.buffer.text == "o\nsecond\nthird\n")
    assert submitted(posted) == []


async def test_two_keys_held_up_on_the_way_and_an_enter_still_send(
    composer: Composer, stage: Make, posted: Any, until: Any
) -> None:
    async with stage(composer).run_test(size=SIZE, message_hook=posted) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        await pilot.pause()
        for number, name in enumerate(["o", "k", "enter"]):
            key = events.Key(name, name if len(name) == 1 else "\r")
            key.time = 1000 + number / 10000
            composer.post_message(key)
        await until(lambda: bool(submitted(posted)))
    assert submitted(posted) == [(LIISA, "ok", False)]


async def test_escape_and_alt_letters_leave_the_text_alone(composer: Composer, stage: Make) -> None:
    async with stage(composer).run_test(size=SIZE) as pilot:
        composer.write_in(Buffer(LIISA, "kept"), NAME)
        composer.focus()
        await pilot.pause()
        composer.post_message(events.Key("alt+a", "a"))
        await pilot.press("escape", "escape")
        assert composer.buffer is not None
        assert composer.buffer.text == "kept"


async def test_each_conversation_keeps_its_own_text_cursor_and_undo(
    composer: Composer, stage: Make, rows: Read
) -> None:
    liisa, matti = Buffer(LIISA), Buffer(MATTI)
    async with stage(composer).run_test(size=SIZE) as pilot:
        composer.write_in(liisa, NAME)
        composer.focus()
        await pilot.press(*"abc", "left")
        composer.write_in(matti, Displayable("Matti"))
        await pilot.press("x", "ctrl+z")
        assert matti.text == ""
        composer.write_in(liisa, NAME)
        await pilot.press("Z")
        assert rows(composer)[1].startswith("› abZc")


async def test_a_note_says_that_the_customer_does_not_see_it(
    composer: Composer, stage: Make, rows: Read, posted: Any, until: Any
) -> None:
    async with stage(composer).run_test(size=(70, 12), message_hook=posted) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        composer.set_note(note=True)
        await pilot.press("x")
        assert "NOTE about Liisa Virtanen" in rows(composer)[0]
        assert "the customer does not see it" in rows(composer)[0]
        await pilot.press("enter")
        await until(lambda: bool(submitted(posted)))
    assert submitted(posted) == [(LIISA, "x", True)]


async def test_a_slash_word_is_reported_letter_by_letter_until_it_is_left(
    composer: Composer, stage: Make
) -> None:
    prefixes: list[str | None] = []
    composer.completing = prefixes.append
    async with stage(composer).run_test(size=SIZE) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        await pilot.press("slash", "p", "a", "space")
        await pilot.pause()
    assert prefixes == ["", "p", "pa", None]


async def test_a_list_that_is_open_gets_the_keys_first(composer: Composer, stage: Make, posted: Any) -> None:
    taken: list[str] = []

    def take(key: str, _: str | None) -> bool:
        taken.append(key)
        return key in {"down", "enter"}

    async with stage(composer).run_test(size=SIZE, message_hook=posted) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        composer.key_taker = take
        await pilot.press("a", "down", "enter")
        assert composer.buffer is not None
        assert composer.buffer.text == "a"
    assert taken == ["a", "down", "enter"]
    assert submitted(posted) == []


async def test_without_a_conversation_keys_do_nothing_and_a_hint_stands_there(
    composer: Composer, stage: Make, rows: Read
) -> None:
    async with stage(composer).run_test(size=SIZE) as pilot:
        composer.rest(Displayable("Press F3 to take a customer"))
        composer.focus()
        await pilot.press("a", "enter")
        assert "Press F3" in rows(composer)[0]


async def test_the_terminals_cursor_follows_wide_characters(composer: Composer, stage: Make) -> None:
    app = stage(composer)
    async with app.run_test(size=SIZE) as pilot:
        composer.write_in(Buffer(LIISA), NAME)
        composer.focus()
        await pilot.press("漢", "a")
        assert app.cursor_position == (2 + 3, 1)


async def test_a_selection_is_copied(composer: Composer, stage: Make) -> None:
    app = stage(composer)
    async with app.run_test(size=SIZE) as pilot:
        composer.write_in(Buffer(LIISA, "hei vaan"), NAME)
        composer.focus()
        await pilot.press("ctrl+shift+left", "ctrl+x")
        assert app.clipboard == "vaan"
        await pilot.press("ctrl+v", "ctrl+v")
        assert composer.buffer is not None
        assert composer.buffer.text == "hei vaanvaan"


async def test_a_text_that_may_not_leave_stays(composer: Composer, stage: Make, posted: Any) -> None:
    async with stage(composer).run_test(size=SIZE, message_hook=posted) as pilot:
        composer.write_in(Buffer(LIISA, "Dear {{ name }}"), NAME)
        composer.focus()
        composer.may_send = lambda buffer: "{{" not in buffer.text
        await pilot.press("enter")
        await pilot.pause()
        assert composer.buffer is not None
        assert composer.buffer.text == "Dear {{ name }}"
    assert submitted(posted) == []


async def test_the_hint_for_no_conversation_does_not_stand_in_an_open_one(
    composer: Composer, stage: Make, rows: Read
) -> None:
    async with stage(composer).run_test(size=SIZE) as pilot:
        composer.rest(Displayable("No chat is open"))
        composer.write_in(Buffer(LIISA), NAME)
        await pilot.pause()
        assert rows(composer)[1].startswith("› Write here.")
        assert "No chat is open" not in " ".join(rows(composer))
