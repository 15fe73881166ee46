"""The way to the terminal: nothing waits for it, and a slow one gets what it can take."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Label

from agent_tui import driver
from agent_tui.desk.text import Displayable
from agent_tui.driver import Outlet, TerminalDriver, driver_class
from agent_tui.pace import Pace
from agent_tui.theming import Palette
from agent_tui.widgets.pacing import PRIVATE_COMPOSITOR_PARTS, PRIVATE_SCREEN_PARTS, PacedScreen
from agent_tui.widgets.painting import LineWidget, Piece
from agent_tui.widgets.pictures import Picture, differences
from themes import loader
from themes.contract import Ground

MUCH = "x" * 200_000


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    os.set_blocking(reader, False)
    yield reader, writer
    os.close(reader)


async def all_of(reader: int, size: int) -> bytes:
    got = b""
    while len(got) < size:
        try:
            got += os.read(reader, 65536)
        except BlockingIOError:
            await asyncio.sleep(0)
    return got


async def test_what_the_terminal_does_not_take_is_kept_and_sent_later(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    drained: list[bool] = []
    outlet = Outlet(writer, lambda: drained.append(outlet.behind))
    outlet.write(MUCH)
    outlet.flush()
    assert outlet.behind
    assert len(await all_of(reader, len(MUCH))) == len(MUCH)
    assert drained == [False]
    outlet.close()


async def test_letting_go_does_not_wait_for_a_terminal_that_does_not_read(pipe: tuple[int, int]) -> None:
    outlet = Outlet(pipe[1], lambda: None)
    outlet.write(MUCH)
    outlet.flush()
    outlet.close()


def test_one_pause_of_a_terminal_does_not_make_it_slow() -> None:
    pace = Pace()
    pace.wrote(20_000, 10.0)
    pace.caught_up(15.0, behind=5.0)
    assert pace.room is None
    assert not pace.pause(15.0)


def test_a_terminal_that_falls_behind_twice_in_a_row_is_sent_what_it_took_and_half_is_left_to_keys() -> None:
    pace = Pace()
    pace.caught_up(10.0, behind=0.5)
    pace.wrote(40_000, 10.1)
    pace.caught_up(11.0, behind=0.8)
    assert pace.rate == pytest.approx(40_000)
    assert pace.room is not None
    pace.wrote(pace.room, 11.0)
    assert pace.pause(11.0) == pytest.approx(2 * pace.room / 40_000, rel=0.01)


def test_a_link_that_has_become_better_is_found_out() -> None:
    pace = Pace()
    pace.caught_up(10.0, behind=0.5)
    pace.wrote(40_000, 10.1)
    pace.caught_up(11.0, behind=0.8)
    for second in (60, 100_000):
        pace.wrote(100, float(second))
    assert pace.room is None


class TwoRows(PacedScreen[None]):
    def compose(self) -> ComposeResult:
        yield Label("one\ntwo\nthree")


class OneScreen(App[None]):
    def on_mount(self) -> None:
        self.push_screen(TwoRows())


async def test_over_a_slow_link_single_rows_go_first_and_the_rest_in_pieces() -> None:
    async with OneScreen().run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        screen: Any = pilot.app.screen
        slow: Any = SimpleNamespace(pace=SimpleNamespace(room=10, pause=lambda _: 0.0))
        screen._compositor._dirty_regions.clear()
        screen._compositor._dirty_regions |= {Region(0, 0, 40, 4), Region(0, 5, 40, 1)}
        screen._paint_piece(slow)
        assert screen._owed == {Region(0, y, 40, 1) for y in (1, 2, 3)}
        slow.pace.pause = lambda _: 1.0
        screen._compositor._dirty_regions |= {Region(0, 0, 40, 2)}
        screen._paint_piece(slow)
        assert {row.y for row in screen._owed} == {0, 1, 2, 3}


def clock(text: str, name: str = "Aino ") -> Picture:
    pieces = (Piece(Displayable(name)), Piece(Displayable(text)), Piece(Displayable(" waits")))
    return Picture(pieces, Ground.PANEL)


def test_a_clock_that_goes_on_paints_its_own_cells() -> None:
    assert [*differences(clock("0:07"), clock("0:08"), 40)] == [(5, 9)]


def test_parts_close_to_each_other_are_painted_as_one() -> None:
    def row(name: str, between: str, text: str) -> Picture:
        pieces = (Piece(Displayable(name)), Piece(Displayable(between)), Piece(Displayable(text)))
        return Picture(pieces, Ground.PANEL)

    near, far = " " * 6, " " * 7
    assert [*differences(row("Aino", near, "0:07"), row("Olli", near, "0:08"), 40)] == [(0, 14)]
    assert [*differences(row("Aino", far, "0:07"), row("Olli", far, "0:08"), 40)] == [(0, 4), (11, 15)]


def test_what_moves_the_rest_of_a_row_paints_the_rest() -> None:
    assert [*differences(clock("9:59"), clock("10:00"), 40)] == [(5, 40)]
    assert [*differences(clock("0:07")._replace(ground=Ground.CHOSEN), clock("0:07"), 40)] == [(0, 40)]
    assert [*differences(None, clock("0:07"), 40)] == [(0, 40)]


def test_cells_past_the_edge_are_not_painted() -> None:
    assert [*differences(clock("0:07"), clock("0:08"), 7)] == [(5, 7)]
    assert [*differences(clock("0:07"), clock("0:08"), 5)] == []


class Letters(LineWidget):
    def strip_at(self, y: int) -> Strip:
        return Strip([Segment(chr(ord("a") + y) * self.size.width)], self.size.width)


class OfOurs(PacedScreen[None]):
    def compose(self) -> ComposeResult:
        yield Letters(Palette(loader.load("mono")))


class OneOfOurs(App[None]):
    def on_mount(self) -> None:
        self.push_screen(OfOurs())


async def test_a_frame_is_the_rows_that_changed_as_the_widgets_keep_them() -> None:
    async with OneOfOurs().run_test(size=(6, 4)) as pilot:
        screen: Any = pilot.app.screen
        parts = screen._rows_of({Region(2, 1, 3, 1), Region(0, 3, 6, 1)})
        assert set(parts.render_segments(Console()).split("\x1b")) == {"", "[2;3Hbbb", "[4;1Hdddddd"}


async def test_places_that_cross_are_painted_once() -> None:
    async with OneOfOurs().run_test(size=(6, 4)) as pilot:
        screen: Any = pilot.app.screen
        parts = screen._rows_of({Region(2, 1, 3, 1), Region(0, 0, 6, 2), Region(1, 1, 3, 1)})
        assert set(parts.render_segments(Console()).split("\x1b")) == {"", "[1;1Haaaaaa", "[2;1Hbbbbbb"}
        parts = screen._rows_of({Region(0, 1, 3, 1), Region(1, 1, 3, 1)})
        assert set(parts.render_segments(Console()).split("\x1b")) == {"", "[2;1Hbbbb"}


class Apart(PacedScreen[None]):
    def compose(self) -> ComposeResult:
        with Horizontal():
            for margin in (2, 1):
                letters = Letters(Palette(loader.load("mono")))
                letters.styles.margin = (0, 0, 0, margin)
                letters.styles.width = 1
                yield letters


class TwoApart(App[None]):
    def on_mount(self) -> None:
        self.push_screen(Apart())


async def test_what_is_empty_between_widgets_is_painted_empty() -> None:
    async with TwoApart().run_test(size=(6, 2)) as pilot:
        screen: Any = pilot.app.screen
        await pilot.pause()
        parts = screen._rows_of({Region(0, 0, 6, 1)})
        shown = {part for part in parts.render_segments(Console(no_color=True)).split("\x1b") if part}
        assert shown == {"[1;3Ha", "[1;5Ha", "[1;1H  ", "[1;4H ", "[1;6H "}


async def test_where_a_widget_is_none_of_ours_textual_paints() -> None:
    async with OneScreen().run_test(size=(6, 4)) as pilot:
        screen: Any = pilot.app.screen
        assert screen._rows_of({Region(0, 0, 3, 1)}) is None


def test_a_link_that_is_behind_for_a_blink_now_and_then_is_not_slow() -> None:
    pace = Pace()
    for second in range(10):
        pace.caught_up(float(second), behind=0.02)
    assert pace.room is None


def test_this_textual_has_the_parts_that_the_way_to_the_terminal_needs() -> None:
    assert driver_class() is TerminalDriver
    assert all(hasattr(LinuxDriver, part) for part in driver.PRIVATE_PARTS)


def test_another_textual_gets_its_own_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "PRIVATE_PARTS", ("_not_there",))
    assert driver_class() is None


async def test_this_textual_has_the_parts_that_painting_at_the_terminals_pace_needs() -> None:
    async with OneScreen().run_test() as pilot:
        screen: Any = pilot.app.screen
        assert all(hasattr(screen, part) for part in PRIVATE_SCREEN_PARTS)
        assert all(hasattr(screen._compositor, part) for part in PRIVATE_COMPOSITOR_PARTS)
        assert hasattr(pilot.app, "_driver")
