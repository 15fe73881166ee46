"""Text and single characters found in a terminal's output, wherever it is cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.keys import LETTERS
from benchmarks.screen_text import Marker, ScreenText

OUTPUT = (
    b"\x1b[?1049h\x1b]0;a title\x07\x1b[2;5H\x1b[38;2;1;2;3mGuest \x1b[1m007\x1b[0m\x1b[K"
    b"\x1bP+q544e\x1b\\\x1b(B\x1b=\xc3\xa4\xc3\xa4kk\xc3\xb6si\xc3\xa4\r\n"
)


def test_text_is_found_across_colours_and_moves() -> None:
    text = ScreenText()
    text.feed(OUTPUT)
    assert "Guest 007ääkkösiä" in text
    assert "title" not in text


@given(st.lists(st.integers(0, len(OUTPUT))))
def test_it_does_not_matter_where_the_output_is_cut(cuts: list[int]) -> None:
    text = ScreenText()
    places = [0, *sorted(cuts), len(OUTPUT)]
    for start, end in pairwise(places):
        text.feed(OUTPUT[start:end])
    assert text.last(100) == "Guest 007ääkkösiä"


def test_what_is_forgotten_counts_no_more() -> None:
    text = ScreenText()
    text.feed(b"old")
    text.forget()
    text.feed(b"new")
    assert "old" not in text
    assert "new" in text


@pytest.mark.parametrize("cut", range(4))
def test_a_letter_is_seen_with_its_last_byte(cut: int) -> None:
    output = "aЖb".encode()
    marker = Marker("Ж")
    seen = [marker.seen_in(output[:cut]), marker.seen_in(output[cut:])]
    assert seen == ([True, False] if cut == 3 else [False, True])


def test_the_letters_typed_never_repeat_within_two_batches() -> None:
    for one, other in zip(LETTERS, (*LETTERS[1:], LETTERS[0]), strict=True):
        assert len(set(one + other)) == len(one) + len(other)
