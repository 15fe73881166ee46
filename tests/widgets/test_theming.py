"""Themes turned into styles, and the parts of Textual that painting at once relies on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette, textual_theme
from agent_tui.widgets.pacing import PacedScreen
from agent_tui.widgets.painting import (
    PRIVATE_SCREEN_PARTS,
    PRIVATE_WIDGET_PARTS,
    LineWidget,
    Piece,
    can_paint_at_once,
    restyled,
    row_width,
    spread,
    strip_of,
)
from themes import loader
from themes.contract import Ground, Ink, pairs


class Counter(LineWidget):
    """Shows how often it was painted."""

    painted = 0

    def strip_at(self, y: int) -> Strip:
        self.painted += 1
        return strip_of((Piece(Displayable(f"row {y}")),), Ground.DESK, self.size.width, self.palette)


@pytest.mark.parametrize("name", loader.SHIPPED)
def test_a_palette_has_a_style_for_every_pair(name: str) -> None:
    theme = loader.load(name)
    palette = Palette(theme)
    for ink, ground in pairs():
        style = palette.style(ink, ground)
        assert (style.color is None) == (theme.inks[ink].color is None)


@pytest.mark.parametrize("name", loader.SHIPPED)
async def test_textual_takes_every_shipped_theme(name: str) -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        app.register_theme(textual_theme(loader.load(name)))
        app.theme = f"agent-tui-{name}"
        await pilot.pause()
        variables = app.get_css_variables()
    assert "ground-note-field" in variables
    assert "ink-on-alarm" in variables


async def test_textual_still_has_the_private_parts_that_painting_at_once_needs(
    palette: Palette, stage: Callable[..., App[None]]
) -> None:
    widget = Counter(palette)
    async with stage(widget).run_test(size=(20, 3)):
        assert can_paint_at_once(widget)
    assert hasattr(Screen, "_on_timer_update"), PRIVATE_SCREEN_PARTS
    assert hasattr(Widget, "_set_dirty"), PRIVATE_WIDGET_PARTS


async def test_painting_at_once_needs_no_turn_of_the_event_loop(
    palette: Palette, stage: Callable[..., App[None]]
) -> None:
    widget = Counter(palette)
    async with stage(widget).run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        before = widget.painted
        widget.paint_now([1])
        assert widget.painted > before


async def test_a_textual_without_those_parts_paints_with_the_next_frame(
    palette: Palette, stage: Callable[..., App[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = Counter(palette)
    async with stage(widget).run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        monkeypatch.setattr("agent_tui.widgets.painting.PRIVATE_SCREEN_PARTS", ("_gone",))
        before = widget.painted
        widget.paint_now()
        assert widget.painted == before
        await pilot.pause()
        assert widget.painted > before


@pytest.mark.parametrize("text", ["漢字かな", "👩‍👩‍👧 family", "e\u0301e\u0301", "plain text"])
@pytest.mark.parametrize("cells", [0, 1, 2, 3, 7, 20])
def test_a_strip_is_as_wide_as_asked_for_whatever_the_text(palette: Palette, text: str, cells: int) -> None:
    strip = strip_of(
        (Piece(Displayable(text)), Piece(Displayable(text), Ink.NOTE)), Ground.DESK, cells, palette
    )
    assert strip.cell_length == cells
    assert sum(segment.cell_length for segment in strip) == cells


def test_when_room_is_short_the_right_end_is_kept() -> None:
    pieces = spread((Piece(Displayable("a long name")),), (Piece(Displayable("4:07")),), 10)
    assert "".join(piece.text for piece in pieces) == "a lo… 4:07"
    assert row_width(pieces) == 10


def test_restyling_leaves_the_text_alone(palette: Palette) -> None:
    strip = strip_of((Piece(Displayable("hei 漢字")),), Ground.DESK, 12, palette)
    marked = restyled(strip, 4, 6, palette.blank(Ground.CHOSEN))
    assert marked.text == strip.text
    assert marked.cell_length == 12


async def test_what_was_asked_for_is_painted_when_the_screen_is_told_to(
    palette: Palette,
) -> None:
    widget = Counter(palette)

    class OneScreen(PacedScreen[None]):
        def compose(self) -> ComposeResult:
            yield widget

    screen = OneScreen()
    async with App[None]().run_test(size=(20, 3)) as pilot:
        await pilot.app.push_screen(screen)
        await pilot.pause()
        before = widget.painted
        widget.repaint()
        assert widget.painted == before
        screen.paint_now()
        assert widget.painted > before
        after = widget.painted
        screen.paint_now()
        await pilot.pause()
        assert widget.painted == after
