"""Long messages: folded until they are opened, and read as they came, at no cost that grows with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from itertools import pairwise
from typing import Any

import pytest
import regex  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from agent_tui.desk.text import Displayable, clean_block, reveal
from agent_tui.desk.transcript import Transcript
from agent_tui.theming import Palette
from agent_tui.widgets.cells import breaks, width
from agent_tui.widgets.graphemes import clusters
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.log_folding import FOLDED_ROWS, WHOLE_ROWS, shown_of
from agent_tui.widgets.log_view import LogView
from agent_tui.widgets.painting import LineWidget
from agent_tui.widgets.raw_text import RawText, pieces_of

Read = Callable[[LineWidget], list[str]]
LONG = [
    "some words " * 400,
    "x" * 9_000,
    "漢字" * 3_000,
    "e\u0301\u0302" * 3_000,
    "🇫🇮" * 3_000,
    "👨‍👩‍👧‍👦" * 700,
    "one\n" * 399,
    "http://аррle.com/?a=b " * 400,
]


@pytest.mark.parametrize("raw", LONG)
@pytest.mark.parametrize("cells", [5, 60, 190])
def test_a_long_message_shows_its_beginning_and_counts_the_rest(raw: str, cells: int) -> None:
    text = clean_block(raw).text
    part = shown_of(text, cells, opened=False)
    assert 1 <= len(part.spans) <= FOLDED_ROWS
    assert part.hidden == len(text) - part.end > 0
    whole = shown_of(text, cells, opened=True)
    assert list(whole.spans[: len(part.spans)]) == list(part.spans)
    assert not whole.hidden


def test_a_message_of_a_screen_is_not_folded() -> None:
    part = shown_of(Displayable("\n".join("a" * WHOLE_ROWS)), 60, opened=False)
    assert (len(part.spans), part.hidden) == (WHOLE_ROWS, 0)


@given(
    st.text(alphabet=st.sampled_from("ab 🇫🇮👩\u200d\u0301漢\ufe0f\u1100\u1161"), max_size=600),
    st.integers(2, 9),
)
def test_clusters_and_broken_words_are_the_same_however_long_the_run(text: str, cells: int) -> None:
    assert list(clusters(text)) == regex.findall(r"\X", text)
    word = text.replace(" ", "")
    starts = (*breaks(word, cells), len(word))
    parts = [word[start:end] for start, end in pairwise(starts)]
    assert "".join(parts) == word
    assert all(width(part) <= cells or len(list(clusters(part))) == 1 for part in parts)


async def test_a_folded_message_is_opened_and_folded_again(
    palette: Palette, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    log = MessageLog(palette, zone=UTC, mark_key=Displayable("Ctrl+Up"))
    long = line("\n".join(f"row {n}" for n in range(100)))
    async with stage(log).run_test(size=(70, 40)):
        log.show(Transcript([line("before"), long, line("after")]), LogView())
        shown = "\n".join(rows(log))
        assert "row 19" in shown
        assert "row 20" not in shown
        assert "… 560 more characters. Ctrl+Up, then O opens it." in shown
        assert not log.turn(0)
        assert log.turn(1)
        assert "row 20" in "\n".join(rows(log))
        log.to_end()
        assert "row 99" in "\n".join(rows(log))
        assert log.turn(1)
        assert "row 20" not in "\n".join(rows(log))


async def test_odd_addresses_do_not_bury_the_message(
    palette: Palette, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    log = MessageLog(palette, zone=UTC)
    async with stage(log).run_test(size=(90, 30)):
        log.show(Transcript([line(" ".join(f"http://{n}.аррle.com" for n in range(9)))]), LogView())
        shown = "\n".join(rows(log))
    assert shown.count("This address leads to") == 4
    assert "! 5 more addresses here are odd too." in shown


@given(st.text(max_size=5_000).map(lambda text: text * 3))
def test_the_parts_of_a_raw_text_are_all_of_it(raw: str) -> None:
    pieces = pieces_of(raw)
    assert "".join(raw[start:end] for start, end in pieces) == raw


async def test_a_text_of_a_million_characters_is_read_from_end_to_end(
    palette: Palette, stage: Callable[..., App[None]], rows: Read
) -> None:
    raw = "first\n" + "\x1b]52;c;aGk=\x07\u202e" * 70_000 + "\nlast"
    text = RawText(palette, raw, hide=False)
    async with stage(text).run_test(size=(60, 12)):
        assert rows(text)[0].rstrip() == "first\\n"
        assert "\\x1b]52;c;aGk=\\x07\\u202e" in "".join(rows(text))
        text.move(3)
        below = rows(text)
        text.move(-2)
        assert rows(text)[2:] == below[:-2]
        text.to_end()
        assert rows(text)[-1].rstrip() == "last"
        assert text.done == 1
        text.move(40)
        assert rows(text)[-1].rstrip() == "last"
        text.to_start()
        text.move(-40)
        assert rows(text)[0].rstrip() == "first\\n"


async def test_digits_are_starred_out_of_a_raw_text_until_they_are_asked_for(
    palette: Palette, stage: Callable[..., App[None]], rows: Read
) -> None:
    text = RawText(palette, "131052\u200b-308T", hide=True)
    async with stage(text).run_test(size=(60, 3)):
        assert rows(text)[0].rstrip() == "******\\u200b-***T"
        text.hide(hidden=False)
        assert rows(text)[0].rstrip() == reveal("131052\u200b-308T")
