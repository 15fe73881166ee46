"""The row above everything while something is presented: that it is practice, and the keys pressed."""

from __future__ import annotations

from collections import deque
from typing import Final

from agent_tui.desk.text import Displayable
from agent_tui.keys_in_force import spelled
from agent_tui.theming import Palette
from agent_tui.widgets.painting import Piece, spread
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.wording import say
from themes.contract import Ground, Ink

_KEYS: Final = 16
"""Keys shown, the newest last."""


class PresenterBar(PictureWidget):
    """One row on the alarm's ground. ``practice``: every customer is invented."""

    DEFAULT_CSS = "PresenterBar { height: 1; }"

    def __init__(self, palette: Palette, *, practice: bool, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._practice = practice
        self._keys: deque[str] = deque(maxlen=_KEYS)

    def pressed(self, key: str, character: str | None) -> None:
        """A key was pressed: a letter as it is, any other by its name."""
        typed = character is not None and len(character) == 1 and character.isprintable() and character != " "
        self._keys.append(character if typed and character else f" {spelled(key)} ")
        self.paint_changes(now=True)

    def picture(self, y: int) -> Picture:
        """The one row."""
        if y:
            return Picture((), Ground.ALARM)
        if self._practice:
            words = say(" ▓▓ PRACTICE ▓▓ every customer is invented")
        else:
            words = say(" ▓▓ PRESENTING ▓▓ names are hidden, the customers are real")
        keys = " ".join("".join(self._keys).split())
        shown = Displayable(f"{keys} ")
        both = spread((Piece(words),), (Piece(shown),), self.size.width)
        return Picture(tuple(piece._replace(ink=Ink.ON_ALARM) for piece in both), Ground.ALARM)
