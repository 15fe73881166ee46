"""The message log, mounted alone: what is painted, where the reader stays, what is asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from textual.app import App

from agent_tui.desk.file_model import FileLine
from agent_tui.desk.text import Displayable, clean_block, clean_line
from agent_tui.desk.transcript import Fate, Line, Older, Transcript
from agent_tui.theming import Palette
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.log_rows import Look, Place, rows_of
from agent_tui.widgets.log_view import LogView, Spot
from agent_tui.widgets.painting import LineWidget, strip_of
from api_client.models.message import MessageKind
from themes import loader
from themes.contract import Ground

Read = Callable[[LineWidget], list[str]]
SIZE = (60, 20)


@pytest.fixture
def log(palette: Palette) -> MessageLog:
    return MessageLog(palette, zone=UTC, retry_key=Displayable("Ctrl+R"), end_key=Displayable("Ctrl+End"))


def texts(lines: list[str]) -> str:
    return "\n".join(lines)


async def test_each_voice_is_told_apart_by_a_bar_and_a_word(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    kinds = [
        line("Moi", kind=MessageKind.CUSTOMER),
        line("Hei", kind=MessageKind.AGENT, author="Aino", mine=True, fate=Fate.READ),
        line("Terve", kind=MessageKind.AGENT, author="Olli"),
        line("Check", kind=MessageKind.NOTE, author="Olli"),
        line("All busy", kind=MessageKind.AUTOMATIC, author=""),
        line("Olli took it", kind=MessageKind.ACTIVITY, author=""),
    ]
    async with stage(log).run_test(size=(70, 24)):
        log.show(Transcript(kinds, Older.COMPLETE, 1), LogView())
        shown = texts(rows(log))
    assert "12:00 ▌ Liisa Virtanen" in shown
    assert "│ Hei  ✓✓ read" in shown
    assert "║ Olli · colleague" in shown
    assert "┊ ◆ Note by Olli, the customer does not see it" in shown
    assert "╎ ○ Automatic message" in shown
    assert "12:00 · Olli took it" in shown
    assert "Saturday 21 November" in shown
    assert "The conversation starts here" in shown


async def test_lines_of_one_author_stand_under_one_name(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    async with stage(log).run_test(size=SIZE):
        log.show(Transcript([line("one"), line("two", minute=1), line("three", minute=30)]), LogView())
        shown = rows(log)
    assert sum("Liisa Virtanen" in row for row in shown) == 2
    assert any(row.startswith("12:01 ▌ two") for row in shown)


async def test_a_failed_line_says_why_and_which_key_sends_it_again(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    failed = line("x", kind=MessageKind.AGENT, mine=True, fate=Fate.FAILED, problem="no connection.")
    async with stage(log).run_test(size=SIZE):
        log.show(Transcript([failed]), LogView())
        shown = " ".join(texts(rows(log)).replace("│", " ").split())
    assert "✗ Not sent: no connection. Press Ctrl+R to send it again." in shown


async def test_altered_cut_deleted_and_late_lines_and_files_are_marked(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    file = FileLine(Displayable("kuitti.pdf"), Displayable("file"), 20480)
    lines = [
        line("a", altered=True, cut=True, while_away=True),
        line("secret", deleted=True),
        line("", files=(file,)),
    ]
    async with stage(log).run_test(size=SIZE):
        log.show(Transcript(lines), LogView())
        shown = texts(rows(log))
    assert "arrived while you were away" in shown
    assert "was taken out" in shown
    assert "longer than what is shown" in shown
    assert "This message was deleted." in shown
    assert "secret" not in shown
    assert "▤ kuitti.pdf · file · 20 KiB" in shown


async def test_the_newest_line_stays_in_sight_until_the_reader_goes_up(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    transcript, view = Transcript([line(f"n{n}", minute=n * 6) for n in range(50)]), LogView()
    async with stage(log).run_test(size=SIZE) as pilot:
        log.show(transcript, view)
        assert "n49" in texts(rows(log))
        log.page_up()
        before = rows(log)[:-1]
        transcript.lines.append(line("newest", minute=999))
        transcript.revision += 1
        log.show(transcript, view)
        assert [row[:-1] for row in rows(log)[:-1]] == [row[:-1] for row in before]
        assert "↓ 1 new message · Ctrl+End" in rows(log)[-1]
        log.to_end()
        await pilot.pause()
        assert "newest" in texts(rows(log))
        assert "new message" not in rows(log)[-1]


async def test_earlier_lines_put_in_front_leave_the_reader_where_they_were(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    newer = [line(f"n{n}", minute=n * 6) for n in range(50)]
    transcript, view = Transcript(newer, Older.MORE, 1), LogView()
    async with stage(log).run_test(size=SIZE):
        log.show(transcript, view)
        log.to_start()
        log.line_down(3)
        before = rows(log)[:-1]
        older = [line(f"o{n}", minute=n * 6 - 999) for n in range(30)]
        transcript.lines[:0] = older
        transcript.revision += 1
        log.show(transcript, view)
        after = rows(log)[:-1]
    assert [row[:-1] for row in after] == [row[:-1] for row in before]


async def test_the_first_row_asks_for_earlier_lines(
    log: MessageLog, stage: Callable[..., App[None]], line: Any, posted: Any
) -> None:
    transcript = Transcript([line(f"n{n}", minute=n * 6) for n in range(50)], Older.MORE, 1)
    async with stage(log).run_test(size=SIZE, message_hook=posted) as pilot:
        log.show(transcript, LogView())
        log.page_up()
        await pilot.pause()
        assert not posted.of(MessageLog.OlderWanted)
        log.to_start()
        await pilot.pause()
        assert posted.of(MessageLog.OlderWanted)


async def test_paging_up_and_down_comes_back_to_the_same_rows(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    transcript = Transcript([line(f"word {n} " * 30, minute=n * 6) for n in range(50)])
    async with stage(log).run_test(size=SIZE):
        view = LogView()
        log.show(transcript, view)
        for _ in range(5):
            log.page_up()
        middle = rows(log)
        log.page_up()
        log.page_down()
        assert rows(log) == middle
        for _ in range(6):
            log.page_down()
        assert view.following


async def test_what_came_while_another_conversation_was_shown_stands_under_a_rule(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    mine, other = Transcript([line("first")]), Transcript([line("elsewhere")])
    view, other_view = LogView(), LogView()
    async with stage(log).run_test(size=SIZE):
        log.show(mine, view)
        log.show(other, other_view)
        mine.lines.append(line("second", minute=1))
        mine.revision += 1
        log.show(mine, view)
        shown = rows(log)
        rule = next(y for y, row in enumerate(shown) if "new since you last looked" in row)
        assert "Liisa" in shown[rule + 1]
        assert "second" in shown[rule + 2]


async def test_a_hundred_thousand_lines_lay_out_only_what_is_seen(
    log: MessageLog, stage: Callable[..., App[None]], line: Any
) -> None:
    transcript = Transcript([line(f"line {n}") for n in range(1000)] * 100)
    async with stage(log).run_test(size=SIZE):
        log.show(transcript, LogView())
        log.page_up()
        log.to_start()
        log.page_down()
        log.to_end()
        assert log._frame.laid_out < 150


async def test_typing_and_an_empty_conversation_say_so(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read
) -> None:
    async with stage(log).run_test(size=SIZE):
        log.show(
            Transcript(older=Older.COMPLETE),
            LogView(),
            typing=Displayable("Liisa is typing"),
            hint=Displayable("Press F3 to take the longest waiting"),
        )
        assert "Liisa is typing" in rows(log)[-1]
        assert "Press F3" in texts(rows(log))


async def test_what_an_empty_conversation_says_is_whole_on_a_narrow_terminal(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read
) -> None:
    words = "No chat is open. F3 takes the customer who has waited longest."
    async with stage(log).run_test(size=(30, 10)):
        log.show(Transcript(older=Older.COMPLETE), LogView(), hint=Displayable(words))
        assert words in " ".join(" ".join(rows(log)).split())


async def test_a_drag_over_rows_selects_the_messages_text(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    app = stage(log)
    async with app.run_test(size=SIZE) as pilot:
        log.show(
            Transcript([line("alpha beta"), line("gamma 🙂 delta", minute=6)], Older.COMPLETE), LogView()
        )
        await pilot.pause()
        shown = rows(log)
        first = next(y for y, row in enumerate(shown) if "alpha" in row)
        last = next(y for y, row in enumerate(shown) if "gamma" in row)
        await pilot.mouse_down(offset=(14, first))
        await pilot.hover(offset=(16, last))
        await pilot.mouse_up(offset=(16, last))
        await pilot.pause()
        assert (app.screen.get_selected_text() or "").rstrip() == "beta\ngamma 🙂"


@given(st.lists(st.integers(0, 3), max_size=30))
def test_the_readers_line_survives_any_order_of_arrivals(moves: list[int]) -> None:
    lines = [_bare(f"k{n}") for n in range(5)]
    view = LogView()
    view.catch_up(lines)
    view.go(view_top := _spot(2), lines)
    for number, many in enumerate(moves):
        fresh = [_bare(f"x{number}-{n}") for n in range(many)]
        lines[:] = [*lines, *fresh] if number % 2 else [*fresh, *lines]
        view.catch_up(lines)
    assert view.top is not None
    assert lines[view.top.line].key == "k2"
    assert view.top.row == view_top.row
    assert view.unseen == sum(moves[1::2])


def _spot(index: int) -> Spot:
    return Spot(index, 1)


def _bare(key: str) -> Line:
    return Line(
        key=key,  # type: ignore[arg-type]
        echo=None,
        kind=MessageKind.CUSTOMER,
        author=Displayable("A"),
        mine=False,
        text=Displayable("t"),
        altered=False,
        cut=False,
        raw="t",
        at=0.0,
        sequence=0,
    )


HOSTILE = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            ["\x1b[2J", "\u202e", "👩‍👩‍👧", "漢字", "word ", "\n", "e\u0301" * 9, "[b]", "\r", "\x9b"]
        )
    ).map("".join),
)


@given(HOSTILE, HOSTILE, st.integers(12, 90))
def test_whatever_a_customer_writes_its_rows_fit_and_hold_no_control(
    text: str, name: str, cells: int
) -> None:
    shown = clean_block(text)
    line = structs.replace(
        _bare("k"), text=shown.text, author=clean_line(name), altered=shown.altered, cut=shown.cut
    )
    place = Place(new_day=True, grouped=False, unread=True, older=Older.MORE)
    dark = Palette(loader.load("dark"))
    for row in rows_of(line, place, Look(cells, UTC, Displayable("Ctrl+R"))):
        strip = strip_of(row.pieces, Ground.DESK, cells, dark)
        assert strip.cell_length == sum(segment.cell_length for segment in strip) == cells
        assert not [character for character in strip.text if unicodedata.category(character) in {"Cc", "Cs"}]


async def test_a_narrower_terminal_wraps_again_and_keeps_the_newest_line_in_sight(
    log: MessageLog, stage: Callable[..., App[None]], rows: Read, line: Any
) -> None:
    app = stage(log)
    async with app.run_test(size=(80, 20)) as pilot:
        log.show(
            Transcript([line("some words " * 20 + f"end {n}", minute=n * 6) for n in range(20)]), LogView()
        )
        await pilot.pause()
        await pilot.resize_terminal(30, 12)
        await pilot.pause()
        shown = rows(log)
        assert {len(row) for row in shown} == {30}
        assert "end 19" in texts(shown)
        await pilot.resize_terminal(30, 6)
        await pilot.pause()
        assert "end 19" in texts(rows(log))
