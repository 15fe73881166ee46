"""Columns of a table as data: what stands above, how wide, how it looks, what sorting by it compares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from agent_tui.desk.text import Displayable
from agent_tui.widgets.cells import pad, width
from agent_tui.widgets.clock_face import waited
from agent_tui.widgets.painting import Piece, Pieces, clip, row_width
from agent_tui.wording import decimal
from themes.contract import Ink

Row = TypeVar("Row")
Order = float | str
"""What sorting compares, smallest first; all values of one column are of one kind."""

GAP: Final = 1
"""Blank cells before each column but the first; the mark of the sorted one stands there."""
_SORTED: Final = "▾"
_NAME_LEAST: Final = 18
"""Cells that the first column keeps, whatever else has to go."""
_NAME_MOST: Final = 44
"""More than this and the eye loses the row between a name and its figures."""
LAST: Final = float("inf")
"""Sorts behind everything: where there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column. The first of a table takes what it can use of the room that is left, and never goes."""

    id: str
    head: Callable[[], Displayable]
    cells: int
    rank: int
    """Where room is short, the highest goes first."""
    face: Callable[[Row, float], Pieces]
    """What stands there for a row at this server time."""
    order: Callable[[Row], Order]
    """What sorting by it compares; what matters most comes first."""
    left: bool = False


def fitting(columns: Sequence[Column[Row]], cells: int) -> tuple[Column[Row], ...]:
    """Those that stand side by side in ``cells``, in their order; the highest ranks go first."""
    room = cells - _NAME_LEAST
    kept: set[str] = {columns[0].id}
    for column in sorted(columns[1:], key=lambda one: one.rank):
        if room < column.cells + GAP:
            break
        room -= column.cells + GAP
        kept.add(column.id)
    return tuple(column for column in columns if column.id in kept)


def first_cells(columns: Sequence[Column[Row]], cells: int) -> int:
    """What the first column has when all of ``columns`` stand in ``cells``; some may stay blank."""
    return min(_NAME_MOST, max(0, cells - sum(column.cells + GAP for column in columns[1:])))


def headings(columns: Sequence[Column[Row]], cells: int, sort: str) -> Pieces:
    """The row above: each head over its column, the sorted one marked."""
    pieces: list[Piece] = []
    for number, column in enumerate(columns):
        marked = column.id == sort
        room = column.cells if number else first_cells(columns, cells)
        text = column.head()
        if number == 0:
            mark = f"  {_SORTED}" if marked else ""
            pieces.append(Piece(pad(Displayable(f"{text}{mark}"), room), Ink.ACCENT))
            continue
        head = Displayable(f"{_SORTED if marked else ' '}{text}")
        pieces.append(
            Piece(pad(head, room + GAP, right=not column.left), Ink.ACCENT if marked else Ink.QUIET)
        )
    return tuple(pieces)


def row_pieces(columns: Sequence[Column[Row]], cells: int, row: Row, now: float) -> Pieces:
    """A row: each face in its column."""
    pieces: Pieces = ()
    for number, column in enumerate(columns):
        room = column.cells if number else first_cells(columns, cells)
        face = clip(column.face(row, now), room)
        blank = Piece(Displayable(" " * (room - row_width(face))))
        gap = (Piece(Displayable(" " * GAP)),) if number else ()
        left = column.left or number == 0
        pieces = (*pieces, *gap, *((*face, blank) if left else (blank, *face)))
    return tuple(piece for piece in pieces if width(piece.text))


def arranged(rows: Sequence[Row], columns: Sequence[Column[Row]], sort: str) -> list[Row]:
    """The rows by the column ``sort``; those that are level in it by the first column."""
    by = next((column for column in columns if column.id == sort), columns[0])
    return sorted(sorted(rows, key=columns[0].order), key=by.order)


# --- faces that many columns have ------------------------------------------------------------------


def number_face(value: float | None, form: Callable[[float], Displayable] | None = None) -> Pieces:
    """A number, quiet where it is nothing."""
    if value is None:
        return (Piece(Displayable("-"), Ink.QUIET),)
    return (Piece((form or _whole)(value), Ink.TEXT if value else Ink.QUIET),)


def time_face(seconds: float | None) -> Pieces:
    """A time, or a dash where none was measured."""
    if seconds is None:
        return (Piece(Displayable("-"), Ink.QUIET),)
    return (Piece(waited(seconds)),)


def most(value: float | None) -> float:
    """Sorts the greatest first and what is not known last."""
    return LAST if value is None else -value


def least(value: float | None) -> float:
    """Sorts the smallest first and what is not known last."""
    return LAST if value is None else value


def _whole(value: float) -> Displayable:
    return decimal(value, 0)
