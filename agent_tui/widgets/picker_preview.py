"""What stands beside the rows of a picker: more about the row under the cursor. Pure."""

from __future__ import annotations

from typing import Final

from agent_tui.desk.text import Displayable
from agent_tui.widgets.cells import cut, wrap
from agent_tui.widgets.painting import Piece, Pieces, clip, row_width
from agent_tui.widgets.pictures import Picture
from themes.contract import Ground, Ink

Preview = tuple[Piece, ...]
"""Blocks of text below each other, each in one ink; line feeds in them are line ends."""

_LEAST: Final = 72
"""Cells from which on there is room beside the rows."""
_MOST_LEFT: Final = 46
"""Cells that rows take at most."""
_MOST_ROWS: Final = 40
"""Rows of a preview that are laid out."""


class PreviewRows:
    """The preview, laid out in rows right of the list. Without one the list has all the room."""

    def __init__(self) -> None:
        self._shown: tuple[Preview, int] | None = None
        self._rows: list[Piece] = []

    def clear(self) -> None:
        """There is none."""
        self._shown, self._rows = None, []

    def show(self, preview: Preview, cells: int) -> None:
        """Lay ``preview`` out beside rows in a picker of ``cells``."""
        if self._shown == (preview, cells):
            return
        self._shown, self._rows = (preview, cells), []
        for block in preview:
            for start, end in wrap(block.text, max(1, cells - _left(cells) - 3)):
                self._rows.append(block._replace(text=Displayable(block.text[start:end])))
                if len(self._rows) == _MOST_ROWS:
                    return

    def room(self, cells: int) -> int:
        """Cells for the rows of the list."""
        return cells if self._shown is None or cells < _LEAST else _left(cells)

    def picture(self, row: Pieces, ground: Ground, y: int, cells: int) -> Picture:
        """The list's row ``y``, on ``ground``, with what stands beside it."""
        room = self.room(cells)
        if room == cells:
            return Picture(row, ground)
        left = clip(row, room)
        gap = Piece(Displayable(" " * (room - row_width(left))), Ink.TEXT, ground)
        bar = Piece(Displayable("│ "), Ink.QUIET, Ground.POPUP)
        return Picture(
            (*(piece._replace(ground=ground) for piece in left), gap, bar, self._at(y, cells)), Ground.POPUP
        )

    def _at(self, y: int, cells: int) -> Piece:
        if y >= len(self._rows):
            return Piece(Displayable(""))
        row = self._rows[y]
        return row._replace(text=cut(row.text, cells - _left(cells) - 2))


def _left(cells: int) -> int:
    return min(_MOST_LEFT, cells * 2 // 5)
