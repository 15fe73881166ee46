"""The connection banner: over the log's first row while something is wrong, else not there."""

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

    def show(self, words: Displayable) -> None:
        """Show ``words``; no words put it away. Cheap when nothing changed, so call it each second."""
        if words == self._words:
            return
        self._words = words
        if self.display is not bool(words):
            self.display = bool(words)
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """The one row; a word of warning does not hang on its colour."""
        words = Displayable(f" ! {self._words}") if y == 0 else NOTHING
        return Picture((Piece(words, Ink.ON_ALARM),), Ground.ALARM)
