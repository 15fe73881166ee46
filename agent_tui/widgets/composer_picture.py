"""What the composer shows, row by row: the name first, then the text with cursor and selection. Pure."""

from __future__ import annotations

from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.widgets.cells import width
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.composer_rows import WrittenRows
from agent_tui.widgets.graphemes import boundary_after
from agent_tui.widgets.painting import Piece, Pieces, spread
from agent_tui.widgets.pictures import Picture, Span
from agent_tui.wording import count, say
from canned.spans import gap_spans, gaps
from themes.contract import Ground, Ink

MARGIN = 2
"""Cells left of the text; one more at the right is for the cursor."""


def label(buffer: Buffer, customer: Displayable, cells: int, *, in_hand: bool) -> Picture:
    """Whose text it is, and who will see it."""
    if not in_hand:
        return _set_aside(buffer, customer)
    if buffer.title:
        hint = Piece(say("Enter: done · Esc: back "), Ink.NOTE)
        return Picture(spread((Piece(buffer.title, Ink.NOTE),), (hint,), cells), Ground.BAR)
    if buffer.note:
        words = say("◆ NOTE about {customer}", customer=customer)
        unseen = say("the customer does not see it ")
        return Picture(spread((Piece(words, Ink.NOTE),), (Piece(unseen, Ink.NOTE),), cells), Ground.BAR)
    to = Piece(say("To {customer}", customer=customer), Ink.CUSTOMER)
    head = (to, Piece(say(" · reply"), Ink.QUIET))
    aside = _aside(buffer)
    return Picture(spread(head, (Piece(aside, Ink.ACCENT),), cells) if aside else head, Ground.BAR)


def _aside(buffer: Buffer) -> Displayable:
    """What to do with the field the cursor is in; else how much is left to fill in."""
    field, left = buffer.marks.field, len(gaps(buffer.text))
    if field is not None:
        name = clean_line(field.hint or field.name.replace("_", " "), limit=60)
        keys = say("↑↓ choose, Tab next ") if field.choices else say("Tab next ")
        return say("{field}: {keys}", field=name, keys=keys)
    return count("{n} field to fill in: Tab ", "{n} fields to fill in: Tab ", left) if left else NOTHING


def _set_aside(buffer: Buffer, customer: Displayable) -> Picture:
    """Beside the composer in hand."""
    if buffer.note:
        return Picture((Piece(say("  ◆ note about {customer}", customer=customer), Ink.NOTE),), Ground.PANEL)
    words = say("draft to {customer}", customer=customer) if buffer.text else customer
    return Picture((Piece(Displayable(f"  {words}"), Ink.QUIET),), Ground.PANEL)


def resting(hint: Displayable) -> Picture:
    """Nobody to write to."""
    return Picture((Piece(Displayable(f"  {hint}"), Ink.QUIET),), Ground.BAR)


def attached(files: Displayable) -> Picture:
    """What goes with the text."""
    return Picture((Piece(Displayable(f"  {files}"), Ink.ACCENT),), Ground.BAR)


def written(buffer: Buffer, rows: WrittenRows, row: int, hint: Displayable, *, focused: bool) -> Picture:
    """Row number ``row`` of the text; ``hint`` stands in an empty one."""
    ground = Ground.NOTE_FIELD if buffer.note else Ground.FIELD
    if row >= len(rows):
        return Picture((), ground)
    ink = Ink.NOTE if buffer.note else Ink.TEXT
    text = _text(buffer, rows, row, ink) if buffer.text else (Piece(hint, Ink.QUIET),)
    cursor = cursor_cells(buffer, rows) if focused and rows.row_of(buffer.cursor) == row else None
    return Picture((_mark(buffer, row), *text), ground, _selected(buffer, rows, row), cursor)


def _text(buffer: Buffer, rows: WrittenRows, row: int, ink: Ink) -> Pieces:
    """The text of a row; what is to be filled in, or was, stands out."""
    shown, at = rows.shown(row), rows.start_of(row)
    fields = [(field.start - at, field.end - at) for field in buffer.marks.fields]
    fields += [(gap.start, gap.end) for gap in gap_spans(shown)]
    pieces: list[Piece] = []
    done = 0
    for start, end in sorted(fields):
        first, last = max(start, done), min(end, len(shown))
        if first < last:
            pieces += [
                Piece(Displayable(shown[done:first]), ink),
                Piece(Displayable(shown[first:last]), Ink.ACCENT),
            ]
            done = last
    return (*pieces, Piece(Displayable(shown[done:]), ink))


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
