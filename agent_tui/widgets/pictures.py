"""Widgets that say what each row looks like and repaint the rows whose look changed, no others."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from textual.strip import Strip

from agent_tui.theming import Palette
from agent_tui.widgets.painting import CURSOR, LineWidget, Pieces, restyled, strip_of
from themes.contract import Ground

Span = tuple[int, int]
"""Cells from the first to before the second."""


class Picture(NamedTuple):
    """One row."""

    pieces: Pieces
    ground: Ground
    selected: Span | None = None
    cursor: Span | None = None


_NEVER: tuple[Picture | None, Strip] = (None, Strip([]))
"""A row that has not been painted yet."""


class PictureWidget(LineWidget):
    """A widget of few rows: ``picture`` says how one looks, ``paint_changes`` paints what differs."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._strips: dict[int, tuple[Picture | None, Strip]] = {}
        self._face: object = None

    @abstractmethod
    def picture(self, y: int) -> Picture:
        """The look of row ``y`` now."""

    def wears(self, face: object) -> bool:
        """Put on a new face, a value of all that is shown; false when it is the one worn already.

        Screens show everything at every frame; most of it has not changed.
        """
        if face == self._face:
            return False
        self._face = face
        return True

    @staticmethod
    def seconds(now: float, starts: Iterable[float | None]) -> tuple[int | None, ...]:
        """What clocks that began at ``starts`` show at ``now``, for a face."""
        return tuple(None if start is None else int(now - start) for start in starts)

    def paint_changes(self, *, now: bool = False) -> None:
        """Paint the rows that look different: with the next frame, or ``now`` as the answer to a key."""
        stale = [y for y in range(self.size.height) if self._strips.get(y, _NEVER)[0] != self.picture(y)]
        if now:
            self.paint_now(stale)
        else:
            self.repaint(stale)

    def forget_strips(self) -> None:
        """The palette or the width changed."""
        self._strips.clear()

    def strip_at(self, y: int) -> Strip:
        """The row ``y``; the same strip while it looks the same."""
        picture = self.picture(y)
        known, strip = self._strips.get(y, _NEVER)
        if known != picture:
            strip = self._paint(picture)
            self._strips[y] = picture, strip
        return strip

    def _paint(self, picture: Picture) -> Strip:
        strip = strip_of(picture.pieces, picture.ground, self.size.width, self.palette)
        if picture.selected is not None:
            strip = restyled(strip, *picture.selected, self.palette.blank(Ground.CHOSEN))
        return strip if picture.cursor is None else restyled(strip, *picture.cursor, CURSOR)
