"""Widgets that say what each row looks like and repaint the rows whose look changed, no others."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final, NamedTuple, Self

from textual.geometry import Region
from textual.strip import Strip

from agent_tui.theming import Palette
from agent_tui.widgets.cells import width
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


_NEAR: Final = 6
"""Cells between two parts of a row that are rather painted as well: to go there costs as many bytes."""


def differences(old: Picture | None, new: Picture, cells: int) -> Iterator[Span]:
    """The cells in which two pictures of a row differ: a clock that goes on is a few of eighty."""
    start = end = -1
    for begins, ends in _differences(old, new, cells):
        if start < 0:
            start = begins
        elif begins - end > _NEAR:
            yield start, end
            start = begins
        end = ends
    if start >= 0:
        yield start, end


def _differences(old: Picture | None, new: Picture, cells: int) -> Iterator[Span]:
    if old is None or old[1:] != new[1:] or new.selected or new.cursor:
        yield 0, cells
        return
    at = 0
    for was, now in zip_longest(old.pieces, new.pieces):
        if at >= cells:
            return
        if was is None or now is None or width(was.text) != width(now.text):
            yield at, cells
            return
        end = at + width(now.text)
        if was != now:
            yield at, min(end, cells)
        at = end


class PictureWidget(LineWidget):
    """A widget of few rows: ``picture`` says how one looks, ``paint_changes`` paints what differs."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._strips: dict[int, tuple[Picture | None, Strip]] = {}
        self._face: object = None
        self._due: dict[int, Picture] = {}
        """Rows that wait to be painted, as they were found to look; good until anything else is asked for."""
        self._due_for = self.size

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
        due: dict[int, Picture] = {}
        parts = [*self._changed_parts(due)]
        self._due, self._due_for = due, self.size
        self.paint_regions(parts, now=now)
        # To ask for a frame lets go of what was found; nothing has changed since.
        self._due = due

    def _changed_parts(self, due: dict[int, Picture]) -> Iterator[Region]:
        cells, height = self.size
        for y in range(height):
            old, new = self._strips.get(y, _NEVER)[0], self.picture(y)
            if old != new:
                due[y] = new
                yield from (Region(at, y, end - at, 1) for at, end in differences(old, new, cells))

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Whoever asks knows of a change: every row is looked at anew."""
        self._due = {}
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def forget_strips(self) -> None:
        """The palette or the width changed."""
        self._strips.clear()

    def strip_at(self, y: int) -> Strip:
        """The row ``y``; the same strip while it looks the same."""
        picture = (self._due.get(y) if self._due_for == self.size else None) or self.picture(y)
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
