"""A picture in half cells: each cell shows two points, the upper as its letter, the lower as its ground."""

from __future__ import annotations

from itertools import groupby

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from agent_tui.desk.file_model import Picture
from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.painting import LineWidget, Piece, Row, strip_of, write_past
from themes.contract import Ground, Ink

_KITTY = "\x1b_G"
_HALF = "▀"
_BYTES = 6
"""Of a cell: upper red, green, blue, then lower."""


def painted(row: bytes, cells: int) -> list[Segment]:
    """A row of a picture, no more than ``cells`` of it; equal cells beside each other are one segment."""
    points = [row[at : at + _BYTES] for at in range(0, min(len(row), cells * _BYTES), _BYTES)]
    return [Segment(_HALF * len([*same]), _style(cell)) for cell, same in groupby(points)]


def _style(cell: bytes) -> Style:
    upper, lower = Color.from_rgb(*cell[:3]), Color.from_rgb(*cell[3:])
    return Style(color=upper, bgcolor=lower)


class PictureView(LineWidget):
    """The picture in the middle, ``words`` on the last row. What does not fit is cut off."""

    def __init__(self, palette: Palette, picture: Picture, words: Displayable) -> None:
        super().__init__(palette)
        self._picture = picture
        self._words = words

    def strip_at(self, y: int) -> Strip:
        """The row ``y`` of the region."""
        cells, rows = self.size
        if y == rows - 1:
            name = Piece(Displayable(f" {self._picture.name}"), Ink.ACCENT)
            return strip_of((name, Piece(self._words, Ink.QUIET)), Ground.BAR, cells, self.palette)
        index = y - self._top
        if self._picture.graphics or not 0 <= index < len(self._picture.rows):
            return Row([Segment(" " * cells, self.palette.blank(Ground.POPUP))], cells)
        wide = min(cells, self._picture.cells)
        left = self._left
        blank = self.palette.blank(Ground.POPUP)
        sides = (Segment(" " * left, blank), Segment(" " * (cells - left - wide), blank))
        return Row([sides[0], *painted(self._picture.rows[index], wide), sides[1]], cells)

    @property
    def _top(self) -> int:
        return max(0, (self.size.height - 1 - len(self._picture.rows)) // 2)

    @property
    def _left(self) -> int:
        return max(0, (self.size.width - self._picture.cells) // 2)

    def draw(self) -> None:
        """Have the terminal draw the picture over the blank cells, if it was made for that."""
        if self._picture.graphics:
            place = f"\x1b[{self._top + 1};{self._left + 1}H"
            write_past(self, f"\x1b7{place}{self._picture.graphics}\x1b8")

    def wipe(self) -> None:
        """Have a terminal forget what it drew above the cells; what it drew into them is painted over."""
        if self._picture.graphics.startswith(_KITTY):
            write_past(self, f"{_KITTY}a=d,q=2\x1b\\")
