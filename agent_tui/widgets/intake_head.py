"""Above and below the list on a queue: how it stands, and the line that is typed in."""

from __future__ import annotations

from collections.abc import Sequence

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.cells import wrap
from agent_tui.widgets.entry_line import EntryLine
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.pictures import Picture, PictureWidget
from themes.contract import Ground, Ink


class IntakeHead(PictureWidget):
    """Three rows, the first one the title."""

    DEFAULT_CSS = "IntakeHead { height: 3; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._rows: Sequence[Displayable] = ()

    def show(self, rows: Sequence[Displayable]) -> None:
        """Show these rows."""
        self._rows = rows
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """A row."""
        text = self._rows[y] if y < len(self._rows) else NOTHING
        return Picture((Piece(Displayable(f" {text}"), Ink.QUIET if y else Ink.TEXT),), Ground.BAR)


class EntryRow(PictureWidget):
    """Two rows: what is typed in or what there is to say, and what is wrong with it."""

    DEFAULT_CSS = "EntryRow { height: 2; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._entry: EntryLine | None = None
        self._hint: Displayable = NOTHING
        self._words: Displayable = NOTHING
        self._wrong = False

    @property
    def text(self) -> str:
        """What is typed."""
        return "" if self._entry is None else self._entry.text

    def open(self, entry: EntryLine, hint: Displayable) -> None:
        """Type into ``entry``; ``hint`` says how."""
        self._entry, self._hint, self._words, self._wrong = entry, hint, hint, False
        self.paint_changes(now=True)

    def close(self) -> None:
        """Nothing is typed any more."""
        self._entry, self._words = None, NOTHING
        self.paint_changes(now=True)

    def say(self, words: Displayable) -> None:
        """Say something while nothing is typed; it may take both rows."""
        if self._entry is None and (words, self._wrong) != (self._words, False):
            self._words, self._wrong = words, False
            self.paint_changes()

    def wrong(self, words: Displayable) -> None:
        """What is typed cannot be, and why."""
        self._words, self._wrong = words, True
        self.paint_changes(now=True)

    def take_key(self, key: str, character: str | None) -> None:
        """Do what a key means for the line."""
        if self._entry is not None:
            self._entry.key(key, character)
            self._words, self._wrong = self._hint, False
            self.paint_changes(now=True)

    def picture(self, y: int) -> Picture:
        """The line, then the words on it."""
        if self._entry is not None and y == 0:
            return self._entry.picture(Ground.FIELD, self.size.width, NOTHING)
        text = self._part(y) if self._entry is None else self._words
        return Picture(
            (Piece(Displayable(f" {text}"), Ink.WARNING if self._wrong else Ink.QUIET),), Ground.BAR
        )

    def _part(self, y: int) -> Displayable:
        """The words over two rows."""
        spans = wrap(self._words, max(20, self.size.width - 2)) if self._words else []
        return Displayable(self._words[slice(*spans[y])].rstrip()) if y < len(spans) else NOTHING
