"""Text from outside holds nothing but cells when it reaches the screen."""

from __future__ import annotations

import itertools
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcwidth

from agent_tui.desk.text import BLOCK_LIMIT, LINE_LIMIT, MOST_LINES, clean_block, clean_line, reveal

JOINERS = "\u200c\u200d"
HOSTILE = st.sampled_from(
    "\x1b\x07\x9b\r\n\t\u202e\u200b\u200d\u0301\ufe0f\ud83d\udc00\U000e0041"
    "\u2028\x85\u3164\u034f\ufffe\u1161👩🏿"
)
ANY = st.text(st.one_of(HOSTILE, st.characters(codec=None)), max_size=60)


def takes_cells(character: str) -> bool:
    """What may be shown, said by Unicode's categories rather than by the ranges under test."""
    if character == "\n" or character in JOINERS:
        return True
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return False
    return ord(character) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(character) <= 0xFDEF


def longest_run_without_cells(text: str) -> int:
    runs = itertools.groupby(text, lambda character: character != "\n" and wcwidth(character) == 0)
    return max((len(list(run)) for bare, run in runs if bare), default=0)


@given(ANY)
@example("\x1b]52;c;ZXZpbA==\x07\x1b[2J")
@example("👩\u200d" * 40)
@example("e" + "\u0301" * 5000)
def test_any_text_becomes_cells_and_line_feeds(raw: str) -> None:
    shown = clean_block(raw).text
    assert all(takes_cells(character) for character in shown)
    assert longest_run_without_cells(shown) <= 4


@given(ANY)
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    once = clean_block(raw)
    assert clean_block(once.text) == type(once)(once.text, altered=False, cut=False)
    assert clean_line(clean_line(raw)) == clean_line(raw)


@given(ANY)
def test_a_line_is_one_line(raw: str) -> None:
    line = clean_line(raw)
    assert all(takes_cells(character) for character in line)
    assert "\n" not in line
    assert line == line.strip()
    assert len(line) <= LINE_LIMIT


@given(ANY)
def test_a_revealed_text_shows_every_hidden_character(raw: str) -> None:
    shown = reveal(raw)
    assert all(takes_cells(character) for character in shown)
    assert clean_block(shown).text == shown
    undone = shown.replace("\\n\n", "\\n").encode("latin-1", "backslashreplace").decode("unicode_escape")
    assert undone == raw


@given(st.text(alphabet=st.sampled_from("aä \n\x1b\u0301\u200d👩"), max_size=200), st.integers(1, 50))
def test_a_text_stays_within_its_limit(raw: str, limit: int) -> None:
    assert len(clean_block(raw, limit=limit).text) <= limit
    assert len(clean_line(raw, limit=limit)) <= limit


def test_no_code_point_slips_through() -> None:
    for start in range(0, sys.maxunicode + 1, BLOCK_LIMIT // 2):
        block = map(chr, range(start, min(start + BLOCK_LIMIT // 2, sys.maxunicode + 1)))
        assert all(map(takes_cells, clean_block("".join(block)).text))


def test_an_ordinary_message_is_left_alone() -> None:
    for text in (
        "Hei, miten haen verokortin?",
        "Öl på 5 € – tack!",
        "Zijn er kosten?\nGroetjes",
        "税金について 👍",
    ):
        assert clean_block(text) == type(clean_block(text))(clean_block(text).text, altered=False, cut=False)
        assert clean_block(text).text == text


@pytest.mark.parametrize(
    "family", ["👨‍👩‍👧‍👦", "❤️‍🔥", "👩🏻‍❤️‍💋‍👨🏼", "1️⃣", "नमस्ते", "می‌خواهم", "क्षि", "ด้วย", "שָׁלוֹם"]
)
def test_joined_emoji_and_marked_letters_survive(family: str) -> None:
    assert clean_block(family).text == family
    assert not clean_block(family).altered


def test_line_ends_and_tabs_are_put_in_our_own_form() -> None:
    cleaned = clean_block("a\r\nb\rc\u2028d\x85e\tf")
    assert cleaned.text == "a\nb\nc\nd\ne    f"
    assert not cleaned.altered


def test_a_control_character_leaves_a_picture_behind() -> None:
    cleaned = clean_block("\x1b[31mred\x7f\x00\x9b")
    assert cleaned.text == "␛[31mred␡␀\ufffd"
    assert cleaned.altered


def test_bidi_controls_and_tags_vanish_and_are_owned_up_to() -> None:
    for hidden in ("\u202e", "\u2066", "\u200f", "\ufeff", "\u2060", "\U000e0062"):
        cleaned = clean_block(f"in{hidden}voice")
        assert cleaned.text == "invoice"
        assert cleaned.altered


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert clean_block("a\ud83db").text == "a\ufffdb"


def test_at_most_four_marks_follow_a_letter() -> None:
    assert clean_block("e" + "\u0301" * 9 + "f").text == "e" + "\u0301" * 4 + "f"


def test_an_endless_emoji_chain_falls_apart() -> None:
    assert "\u200d" not in clean_block("👩\u200d" * 3000).text


def test_markup_is_text_like_any_other() -> None:
    assert clean_block("[@click=app.quit]REFUND[/]").text == "[@click=app.quit]REFUND[/]"


def test_a_long_message_is_cut_and_says_so() -> None:
    cleaned = clean_block("ä" * (BLOCK_LIMIT + 1))
    assert len(cleaned.text) == BLOCK_LIMIT
    assert cleaned.cut
    assert not clean_block("ä" * BLOCK_LIMIT).cut


def test_a_message_of_many_lines_is_cut_and_says_so() -> None:
    cleaned = clean_block("a\n" * 5000)
    assert cleaned.text.count("\n") == MOST_LINES - 1
    assert cleaned.cut
    assert not clean_block("\n".join("a" * MOST_LINES)).cut


def test_hidden_characters_do_not_push_the_text_out_of_sight() -> None:
    assert clean_block("\u200b" * 30_000 + "hello").text == "hello"
    assert clean_block("\u200b" * 10_000_000 + "hello").cut


def test_a_name_is_folded_to_one_line_with_single_spaces() -> None:
    assert clean_line("  Aino\r\n\t Virta\u00a0\u00a0 ") == "Aino Virta"
    assert clean_line("") == ""


def test_a_name_that_goes_on_ends_in_an_ellipsis() -> None:
    assert clean_line("x" * 300, limit=10) == "xxxxxxxxx…"


def test_a_revealed_text_is_escaped_as_in_python() -> None:
    assert reveal("a\u202eb\x1b\\\n\ud83d") == "a\\u202eb\\x1b\\\\\\n\n\\ud83d"
