"""What the composer shows, row by row: the name first, then the text with cursor and selection. Pure."""

from __future__ import annotations

from agent_tui.desk.text import Displayable
from agent_tui.widgets.cells import width
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.composer_rows import WrittenRows
from agent_tui.widgets.graphemes import boundary_after
from agent_tui.widgets.painting import Piece, spread
from agent_tui.widgets.pictures import Picture, Span
from agent_tui.wording import say
from themes.contract import Ground, Ink

MARGIN = 2
"""Cells left of the text; one more at the right is for the cursor."""


def label(buffer: Buffer, customer: Displayable, cells: int) -> Picture:
    """Whose text it is, and who will see it."""
    if buffer.note:
        words = say("◆ NOTE about {customer}", customer=customer)
        unseen = say("the customer does not see it ")
        return Picture(spread((Piece(words, Ink.NOTE),), (Piece(unseen, Ink.NOTE),), cells), Ground.BAR)
    to = Piece(say("To {customer}", customer=customer), Ink.CUSTOMER)
    return Picture((to, Piece(say(" · reply"), Ink.QUIET)), Ground.BAR)


def resting(hint: Displayable) -> Picture:
    """Nobody to write to."""
    return Picture((Piece(Displayable(f"  {hint}"), Ink.QUIET),), Ground.BAR)


def written(buffer: Buffer, rows: WrittenRows, row: int, hint: Displayable, *, focused: bool) -> Picture:
    """Row number ``row`` of the text; ``hint`` stands in an empty one."""
    ground = Ground.NOTE_FIELD if buffer.note else Ground.FIELD
    if row >= len(rows):
        return Picture((), ground)
    ink = Ink.NOTE if buffer.note else Ink.TEXT
    text = Piece(rows.shown(row), ink) if buffer.text else Piece(hint, Ink.QUIET)
    cursor = cursor_cells(buffer, rows) if focused and rows.row_of(buffer.cursor) == row else None
    return Picture((_mark(buffer, row), text), ground, _selected(buffer, rows, row), cursor)


def _mark(buffer: Buffer, row: int) -> Piece:
    if row:
        return Piece(Displayable("  "))
    return Piece(Displayable("◆ " if buffer.note else "› "), Ink.ACCENT)


def cursor_cells(buffer: Buffer, rows: WrittenRows) -> Span:
    """The cells of the character under the cursor, on its row."""
    at = buffer.cursor
    under = buffer.text[at : boundary_after(buffer.text, at)]
    column = MARGIN + rows.column_of(at)
    return column, column + max(1, width(under.removesuffix("\n")))


def _selected(buffer: Buffer, rows: WrittenRows, row: int) -> Span | None:
    if buffer.selection is None:
        return None
    start, end = (rows.cell(row, offset) for offset in buffer.selection)
    return (MARGIN + start, MARGIN + end) if start < end else None
