"""The text being written, driven by plain calls and by hypothesis."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import regex  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.widgets.composer_buffer import Buffer, Trigger
from agent_tui.widgets.composer_rows import WrittenRows
from agent_tui.widgets.typeable import typeable
from agent_tui.widgets.typing_burst import EnterMeans, TypingBurst
from api_client.models.identity import ConversationId

FAMILY = "👩‍👩‍👧"
LIISA = ConversationId("7")

ACTIONS: list[Callable[[Buffer], None]] = [
    Buffer.erase_back,
    Buffer.erase_forward,
    Buffer.erase_word_back,
    Buffer.erase_word_forward,
    Buffer.erase_to_line_start,
    Buffer.left,
    Buffer.right,
    Buffer.word_left,
    Buffer.word_right,
    lambda buffer: buffer.left(select=True),
    lambda buffer: buffer.word_right(select=True),
    Buffer.undo,
    Buffer.redo,
]
PIECES = [
    "a",
    " ",
    "\n",
    "ä",
    "e\u0301",
    "\u0301",
    "\u200d",
    "👩",
    "🇫🇮",
    "🇫",
    FAMILY,
    "漢字",
    "/",
    "hello",
    "\r\n",
    "\x1b[",
]

steps = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(ACTIONS)), max_size=40)


def played(steps: list[str | Callable[[Buffer], None]]) -> Buffer:
    buffer = Buffer(LIISA)
    for step in steps:
        if isinstance(step, str):
            buffer.insert(step)
        else:
            step(buffer)
    return buffer


def boundaries(text: str) -> set[int]:
    return {0, len(text), *(found.start() for found in regex.finditer(r"\X", text))}


@given(steps)
def test_the_cursor_never_stands_within_a_character(steps: list[str | Callable[[Buffer], None]]) -> None:
    buffer = played(steps)
    assert buffer.cursor in boundaries(buffer.text)


@given(steps)
def test_undoing_everything_gives_an_empty_text_and_redoing_all_of_it_the_last_one(
    steps: list[str | Callable[[Buffer], None]],
) -> None:
    buffer = played(steps)
    for _ in range(len(steps) + 1):
        buffer.redo()
    newest = buffer.text
    for _ in range(len(steps) + 1):
        buffer.undo()
    assert buffer.text == ""
    for _ in range(len(steps) + 1):
        buffer.redo()
    assert buffer.text == newest


@given(st.text())
def test_no_control_or_direction_mark_gets_into_the_text(text: str) -> None:
    clean = typeable(text)
    assert not regex.search(r"[\p{Cc}--\n]|[\u202a-\u202e\u2066-\u2069]|\p{Cs}", clean, regex.V1)
    assert typeable(clean) == clean


@given(st.text(st.sampled_from("ab ä漢👩\n")), st.integers(1, 12))
def test_rows_hold_the_whole_text_and_every_offset_comes_back(text: str, cells: int) -> None:
    rows = WrittenRows(typeable(text), cells)
    shown = [rows.text[start:end] for start, end in rows.spans]
    assert "".join(shown) == text.replace("\n", "")
    for offset in boundaries(text):
        row = rows.row_of(offset)
        if rows.column_of(offset) < cells:
            assert rows.offset_at(row, rows.column_of(offset)) == offset


@pytest.mark.parametrize("character", [FAMILY, "🇫🇮", "e\u0301", "👍🏽", "漢", "é"])
def test_backspace_takes_a_whole_character(character: str) -> None:
    buffer = Buffer(LIISA, f"ab{character}")
    buffer.erase_back()
    assert buffer.text == "ab"


def test_delete_takes_a_whole_character() -> None:
    buffer = Buffer(LIISA, f"{FAMILY}b")
    buffer.move(0)
    buffer.erase_forward()
    assert buffer.text == "b"


def test_a_paste_keeps_every_line_and_loses_escapes() -> None:
    buffer = Buffer(LIISA)
    buffer.insert("one\r\ntwo\rthree\n\x1b[2J\tfour\u2028five")
    assert buffer.text == "one\ntwo\nthree\n[2J    four\nfive"


def test_a_long_paste_is_kept_whole() -> None:
    buffer = Buffer(LIISA)
    buffer.insert("line of text\n" * 4000)
    assert len(buffer.text) == 13 * 4000


def test_undo_goes_word_by_word_and_redo_back() -> None:
    buffer = Buffer(LIISA)
    for character in "hei vaan":
        buffer.insert(character)
    buffer.undo()
    assert buffer.text == "hei "
    buffer.undo()
    assert buffer.text == ""
    buffer.redo()
    assert buffer.text == "hei "


def test_words_are_erased_one_at_a_time() -> None:
    buffer = Buffer(LIISA, "Hei Väinö-setä, moi ")
    buffer.erase_word_back()
    assert buffer.text == "Hei Väinö-setä, "
    buffer.erase_word_back()
    assert buffer.text == "Hei Väinö-setä"
    buffer.erase_word_back()
    assert buffer.text == "Hei Väinö-"


def test_what_is_typed_takes_the_place_of_the_selection() -> None:
    buffer = Buffer(LIISA, "hei vaan")
    buffer.word_left(select=True)
    assert buffer.selected == "vaan"
    buffer.insert("taas")
    assert buffer.text == "hei taas"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("/", Trigger(0, "")),
        ("/he", Trigger(0, "he")),
        ("hei /pal", Trigger(4, "pal")),
        ("hei\n/pal", Trigger(4, "pal")),
        ("and/or", None),
        ("https://vero.fi", None),
        ("/ ", None),
        ("//", None),
    ],
)
def test_a_slash_at_the_start_of_a_word_asks_for_canned_texts(text: str, trigger: Trigger | None) -> None:
    assert Buffer(LIISA, text).trigger() == trigger


@pytest.mark.parametrize("length", range(70, 100))
def test_the_end_of_a_long_address_asks_for_nothing(length: int) -> None:
    address = "https:/" + "/page" * 40
    assert Buffer(LIISA, address[:length]).trigger() is None


def test_a_canned_text_takes_the_place_of_the_slash_word_in_one_step() -> None:
    buffer = Buffer(LIISA, "hei /pal")
    buffer.replace_trigger("Palaamme asiaan.")
    assert buffer.text == "hei Palaamme asiaan."
    buffer.undo()
    assert buffer.text == "hei /pal"


def test_an_enter_after_slow_typing_sends() -> None:
    burst = TypingBurst()
    for at in (0.0, 0.1, 0.2):
        burst.key(at)
    burst.key(0.3)
    assert burst.enter() is EnterMeans.SEND


def test_enters_amid_a_burst_of_keys_are_new_lines() -> None:
    burst = TypingBurst()
    for number in range(9):
        burst.key(number / 10000)
    assert burst.enter() is EnterMeans.NEW_LINE
    burst.key(0.001)
    burst.key(0.0011)
    assert burst.enter() is EnterMeans.NEW_LINE


def test_an_enter_right_after_one_key_waits_for_what_follows() -> None:
    burst = TypingBurst()
    burst.key(0.0)
    burst.key(0.001)
    assert burst.enter() is EnterMeans.WAIT


def test_an_at_sign_begins_a_name_in_a_note_only() -> None:
    assert Buffer(LIISA, "ask @ma", note=True).trigger() == Trigger(4, "ma", "@")
    assert Buffer(LIISA, "ask @ma", note=False).trigger() is None
    assert Buffer(LIISA, "a@ma", note=True).trigger() is None
