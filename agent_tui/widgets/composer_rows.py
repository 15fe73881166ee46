"""How a text being written lies on rows, and which offset is where. Pure."""

from __future__ import annotations

from bisect import bisect_right

from agent_tui.desk.text import Displayable
from agent_tui.widgets.cells import head, width, wrap
from agent_tui.widgets.graphemes import boundary_before


class WrittenRows:
    """The rows of ``text`` in ``cells``. Offsets are code points of the text, columns are cells."""

    def __init__(self, text: Displayable, cells: int) -> None:
        self.text = text
        self.cells = cells
        self.spans = wrap(text, cells)
        self._starts = [start for start, _ in self.spans]

    def __len__(self) -> int:
        return len(self.spans)

    def row_of(self, offset: int) -> int:
        """The row an offset lies on; at a soft break it is the later one."""
        return bisect_right(self._starts, offset) - 1

    def cell(self, row: int, offset: int) -> int:
        """The cell of a row where ``offset`` lies, or the row's nearest end."""
        start, end = self.spans[row]
        return min(width(self.text[start : min(max(start, offset), end)]), self.cells)

    def column_of(self, offset: int) -> int:
        """The cell an offset lies at on its row; blanks past the right edge are all there."""
        return self.cell(self.row_of(offset), offset)

    def shown(self, row: int) -> Displayable:
        """The text of a row, without blanks that have no room."""
        start, end = self.spans[row]
        piece = self.text[start:end]
        return Displayable(piece[: head(piece, self.cells)])

    def offset_at(self, row: int, column: int) -> int:
        """The offset nearest to a place; rows above and below lead to the start and the end."""
        if row < 0:
            return 0
        if row >= len(self.spans):
            return len(self.text)
        start, end = self.spans[row]
        at = start + head(self.text[start:end], column)
        return boundary_before(self.text, at) if at == end and self._is_soft(row) else at

    def start_of(self, row: int) -> int:
        """The first offset of a row."""
        return self._starts[row]

    def end_of(self, row: int) -> int:
        """The last offset that is still on a row."""
        return self.offset_at(row, 1 << 30)

    def _is_soft(self, row: int) -> bool:
        """Whether the row goes on in the next one without a line feed."""
        return row + 1 < len(self.spans) and self.spans[row + 1][0] == self.spans[row][1] > self.spans[row][0]
