"""The footer: which keys do what here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.painting import Piece, Pieces, row_width
from agent_tui.widgets.pictures import Picture, PictureWidget
from themes.contract import Ground, Ink


class Hint(NamedTuple):
    """A key and what it does; one that does nothing here is shown in brackets."""

    key: Displayable
    label: Displayable
    enabled: bool = True


class KeyHints(PictureWidget):
    """The hints in the order given, as many as fit."""

    DEFAULT_CSS = "KeyHints { height: 1; }"

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._hints: Sequence[Hint] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show these hints."""
        self._hints = hints
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """The one row."""
        pieces: Pieces = ()
        for hint in self._hints if y == 0 else ():
            one = _hint(hint)
            if row_width(pieces) + row_width(one) > self.size.width:
                break
            pieces = (*pieces, *one)
        return Picture(pieces, Ground.BAR)


def _hint(hint: Hint) -> Pieces:
    if hint.enabled:
        return (
            Piece(Displayable(f" {hint.key}"), Ink.ACCENT),
            Piece(Displayable(f" {hint.label} "), Ink.TEXT),
        )
    return (Piece(Displayable(f" ({hint.key} {hint.label}) "), Ink.QUIET),)
