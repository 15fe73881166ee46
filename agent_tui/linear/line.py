"""The line one types on: what must be written so that the terminal shows it. Does no I/O.

Nothing is written but what changed. Whatever else there is to say stands above on lines of its own, which
are never touched again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from agent_tui.widgets.cells import width
from agent_tui.widgets.graphemes import boundary_before, clusters, is_boundary

_ERASE: Final = "\x1b[J"


class _Place(NamedTuple):
    row: int
    column: int


class InputLine:
    """What stands on the terminal below the last line said.

    Args:
        columns: how wide the terminal is now.
    """

    def __init__(self, columns: Callable[[], int]) -> None:
        self._columns = columns
        self._shown = ""
        self._caret = 0

    def draw(self, prompt: str, text: str, caret: int) -> str:
        """Show ``prompt`` and ``text`` with the cursor before ``text[caret]``."""
        wanted, at = prompt + text, len(prompt) + caret
        same = self._same(wanted)
        out = ""
        if wanted != self._shown:
            out = self._move(self._caret, same, self._shown)
            out += _ERASE if self._stays_behind(wanted, same) else ""
            out += self._written(wanted, same)
            self._shown, self._caret = wanted, len(wanted)
        out += self._move(self._caret, at, self._shown)
        self._caret = at
        return out

    def _same(self, wanted: str) -> int:
        same = _common(self._shown, wanted)
        full = same and wanted[same - 1] != "\n" and self._place(wanted, same).column == 0
        # The cursor is on the next row already, where the line feed would go: write what is before it again.
        return boundary_before(wanted, same) if full and wanted[same : same + 1] == "\n" else same

    def leave(self) -> str:
        """Go on below; the line stays as it is."""
        out = self._move(self._caret, len(self._shown), self._shown) + "\n" if self._shown else ""
        self._shown, self._caret = "", 0
        return out

    def wipe(self) -> str:
        """Take the line away, to say something in its place."""
        row = self._place(self._shown, self._caret).row
        up = f"\x1b[{row}A" if row else ""
        out = f"{up}\r{_ERASE}" if self._shown else ""
        self._shown, self._caret = "", 0
        return out

    def _written(self, text: str, start: int) -> str:
        """``text`` from ``start`` on; a full row is left for the next one at once, as terminals wait."""
        end = self._place(text, len(text))
        ends_full = end.row > 0 and end.column == 0 and not text.endswith("\n")
        return text[start:] + (" \b" if ends_full and len(text) > start else "")

    def _stays_behind(self, wanted: str, same: int) -> bool:
        """Whether what is shown after ``same`` would stand there still when ``wanted`` is written over it."""
        if len(self._shown) == same:
            return False
        shorter = self._place(wanted, len(wanted)) < self._place(self._shown, len(self._shown))
        return shorter or "\n" in wanted[same:]

    def _move(self, start: int, end: int, text: str) -> str:
        here, there = self._place(text, start), self._place(text, end)
        if here == there:
            return ""
        if here.row == there.row and there.column < here.column:
            return "\b" * (here.column - there.column)
        rows = there.row - here.row
        out = f"\x1b[{abs(rows)}{'B' if rows > 0 else 'A'}" if rows else ""
        out += "\r" + (f"\x1b[{there.column}C" if there.column else "")
        return out

    def _place(self, text: str, end: int) -> _Place:
        """Where the cursor stands after ``text[:end]``."""
        columns, row, column = max(2, self._columns()), 0, 0
        for cluster in clusters(text[:end]):
            cells = width(cluster)
            if cluster == "\n":
                row, column = row + 1, 0
            elif column + cells > columns:
                row, column = row + 1, cells
            else:
                column += cells
        # A full row ends where the next one begins, unless a line feed goes there.
        return _Place(row + 1, 0) if column == columns else _Place(row, column)


def _common(one: str, other: str) -> int:
    """Code points at the beginning that both share, up to where a character ends in both."""
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    while same and not (is_boundary(one, same) and is_boundary(other, same)):
        same = boundary_before(one, same)
    return same
