"""Where a mouse selection begins and ends in the rows of a line. Pure."""

from __future__ import annotations

from agent_tui.widgets.cells import width
from agent_tui.widgets.log_rows import Row


def code_point_at(rows: tuple[Row, ...], number: int, column: int, length: int) -> int:
    """Where in a line's text, of ``length`` code points, the cell ``column`` of its row ``number`` is."""
    row = rows[min(number, len(rows) - 1)]
    if row.span is not None:
        return min(row.span[0] + max(0, column - row.indent), row.span[1])
    return 0 if any(later.span for later in rows[number:]) else length


def cells_between(row: Row, span: tuple[int, int], shown: str) -> tuple[int, int]:
    """From which cell up to which a mouse selection covers the text of a row that stands as ``shown``."""
    first, last = row.span or (0, 0)
    length = row.indent + last - first
    start, end = max(span[0], row.indent), length if span[1] < 0 else min(span[1], length)
    before, inside = width(shown[:start]), width(shown[start:end])
    return before, before + inside
