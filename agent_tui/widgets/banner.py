"""The banner above the log: what is wrong, or that the chat is only read; else not there."""

from __future__ import annotations

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.pictures import Picture, PictureWidget
from themes.contract import Ground, Ink


class Banner(PictureWidget):
    """Says what is wrong. Give it a place on a layer over the log, so that nothing moves when it comes."""

    DEFAULT_CSS = "Banner { display: none; height: 1; }"

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._words: Displayable = NOTHING
        self._alarm = True

    def show(self, words: Displayable, alarm: bool = True) -> None:  # noqa: FBT001, FBT002  with its words
        """Show ``words``; no words put it away. Cheap when nothing changed, so call it each second."""
        if (words, alarm) == (self._words, self._alarm):
            return
        self._words, self._alarm = words, alarm
        if self.display is not bool(words):
            self.display = bool(words)
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """The one row; a word of warning does not hang on its colour."""
        if not self._alarm:
            return Picture((Piece(Displayable(f" ◌ {self._words}"), Ink.ACCENT),), Ground.BAR)
        words = Displayable(f" ! {self._words}") if y == 0 else NOTHING
        return Picture((Piece(words, Ink.ON_ALARM),), Ground.ALARM)
