"""A table of columns with a cursor: as many columns as there is room for, the sorted one marked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final, Generic

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.columns import Column, Row, fitting, headings, row_pieces
from agent_tui.widgets.painting import Piece, Pieces
from agent_tui.widgets.row_list import RowList
from themes.contract import Ink

_MARK: Final = 2
"""Cells before each row, for the cursor."""
_EDGE: Final = 1


class Table(RowList, Generic[Row]):
    """Rows of any kind.

    Args:
        columns: from the left; the first one names the row.
        key: what a row stands for.
        empty: what to say where there are no rows.
        picked: told the row that Enter or a click picked.
        toggled: told the row that Space was pressed on.
    """

    DEFAULT_CSS = "Table { height: 1fr; }"
    can_focus = False

    def __init__(
        self,
        palette: Palette,
        columns: Sequence[Column[Row]],
        *,
        key: Callable[[Row], Hashable],
        empty: Callable[[], Displayable],
        picked: Callable[[Row], object],
        toggled: Callable[[Row], object] | None = None,
        id: str | None = None,  # noqa: A002  Textual's own word
    ) -> None:
        super().__init__(palette, id=id)
        self.columns = columns
        self._key_of = key
        self._empty = empty
        self._picked = picked
        self._toggled = toggled
        self._rows: Sequence[Row] = ()
        self._sort = ""
        self._marked: frozenset[Hashable] = frozenset()
        self._now = 0.0
        self.in_hand = False
        """Keys are for this table; its page hands them over."""

    @property
    def has_keys(self) -> bool:
        """Whether the cursor shows."""
        return self.in_hand

    def show(
        self,
        rows: Sequence[Row],
        server_now: float,
        *,
        sort: str,
        marked: frozenset[Hashable] = frozenset(),
        settled: bool = True,
    ) -> None:
        """Show the rows, in their order, as they stand at ``server_now``.

        Before they are ``settled``, more is to come that may change their order.
        """
        self._rows, self._now, self._sort, self._marked = rows, server_now, sort, marked
        self.rows_changed(settled=settled)

    @property
    def shown(self) -> tuple[Column[Row], ...]:
        """The columns that have room."""
        return fitting(self.columns, self._cells)

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return None if self.cursor is None else self._rows[self.cursor]

    @property
    def _cells(self) -> int:
        return self.size.width - _MARK - _EDGE

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def key_of(self, index: int) -> Hashable:
        """What the row stands for."""
        return self._key_of(self._rows[index])

    def mark(self, index: int, *, chosen: bool) -> Displayable:
        """The cursor, or a tick where the row is marked."""
        if self.key_of(index) in self._marked:
            return Displayable("▸✓" if chosen else " ✓")
        return super().mark(index, chosen=chosen)

    def heading(self) -> Pieces:
        """What stands in which column."""
        blank = Piece(Displayable(" " * _MARK), Ink.ACCENT)
        return (blank, *headings(self.shown, self._cells, self._sort))

    def empty(self) -> Pieces:
        """Why there are no rows."""
        return (Piece(Displayable(f" {self._empty()}"), Ink.QUIET),)

    def row(self, index: int) -> Pieces:
        """A row."""
        return row_pieces(self.shown, self._cells, self._rows[index], self._now)

    def picked(self, index: int) -> None:
        """Enter or a click."""
        self._picked(self._rows[index])

    def toggled(self, index: int) -> None:
        """Space."""
        if self._toggled is not None:
            self._toggled(self._rows[index])
