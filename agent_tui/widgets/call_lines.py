"""The alert above the lead's board: agents who call for help, as many as a few rows hold."""

from __future__ import annotations

from collections.abc import Sequence

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.pictures import Picture, PictureWidget
from themes.contract import Ground, Ink

_MOST = 3


class CallLines(PictureWidget):
    """A row for each call, the oldest first; not there when nobody calls."""

    DEFAULT_CSS = "CallLines { display: none; height: 1; }"

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._rows: Sequence[Displayable] = ()

    def show(self, rows: Sequence[Displayable]) -> None:
        """Show these sentences. Cheap when nothing changed."""
        if rows == self._rows:
            return
        self._rows = rows
        self.display = bool(rows)
        self.styles.height = min(_MOST, max(1, len(rows)))
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """One call; the last row tells of further ones."""
        further = len(self._rows) - _MOST
        more = f" (+{further})" if y == _MOST - 1 and further > 0 else ""
        words = f" ☏ {self._rows[y]}{more}" if y < len(self._rows) else ""
        return Picture((Piece(Displayable(words), Ink.ON_ALARM),), Ground.ALARM)
