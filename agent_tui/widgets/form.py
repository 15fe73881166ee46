"""Questions asked one after another: what is answered stands above, the one asked now has the cursor."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.widgets.cells import pad, width, wrap
from agent_tui.widgets.entry_line import EntryLine
from agent_tui.widgets.painting import NO_PIECES, Piece
from agent_tui.widgets.pictures import Picture, PictureWidget
from themes.contract import Ground, Ink

_MARGIN = "  "


class Answered(Struct, frozen=True):
    """A question and its answer."""

    label: Displayable
    text: Displayable


class Page(Struct, frozen=True):
    """What the form shows besides the line to type in."""

    title: Displayable
    about: Displayable
    """A sentence or two on what this is."""
    answered: tuple[Answered, ...] = ()
    words: Displayable = NOTHING
    """What came of the last answer."""
    ink: Ink = Ink.QUIET
    """How those words matter."""
    keys: Displayable = NOTHING


class Form(PictureWidget):
    """Give it all the room there is; long sentences go on on the next row."""

    _page: Page | None = None
    _entry: EntryLine | None = None
    _hint: Displayable = NOTHING
    _label_cells = 0

    def show(self, page: Page, entry: EntryLine | None, hint: Displayable = NOTHING) -> None:
        """Show this; ``entry`` is what is typed into, ``hint`` what it says while it is empty."""
        self._page, self._entry, self._hint = page, entry, hint
        labels = [*(one.label for one in page.answered), *([] if entry is None else [entry.label])]
        self._label_cells = max(map(width, labels), default=0)
        if entry is not None:
            entry.label = pad(entry.label, self._label_cells)
        self.paint_changes(now=True)

    def picture(self, y: int) -> Picture:
        """The rows from the top; the keys on the last."""
        page = self._page
        if page is None:
            return Picture(NO_PIECES, Ground.PANEL)
        if y == self.size.height - 1:
            return Picture((Piece(Displayable(f" {page.keys}"), Ink.QUIET),), Ground.BAR)
        rows = self._rows(page)
        return rows[y] if y < len(rows) else Picture(NO_PIECES, Ground.PANEL)

    def _rows(self, page: Page) -> list[Picture]:
        empty = Picture(NO_PIECES, Ground.PANEL)
        rows = [empty, *self._paragraph(page.title, Ink.ACCENT), empty]
        rows += [*self._paragraph(page.about, Ink.QUIET), empty]
        rows += [_row(one, self._label_cells) for one in page.answered]
        if self._entry is not None:
            rows.append(self._entry.picture(Ground.FIELD, self.size.width, self._hint))
        return [*rows, empty, *self._paragraph(page.words, page.ink)]

    def _paragraph(self, text: Displayable, ink: Ink) -> list[Picture]:
        spans = wrap(text, max(20, self.size.width - 2 * len(_MARGIN))) if text else []
        pieces = (Piece(Displayable(_MARGIN + text[start:end].rstrip()), ink) for start, end in spans)
        return [Picture((piece,), Ground.PANEL) for piece in pieces]


def _row(one: Answered, cells: int) -> Picture:
    label = Piece(Displayable(f" {pad(one.label, cells)} "), Ink.QUIET)
    return Picture((label, Piece(one.text, Ink.TEXT)), Ground.PANEL)
