"""Painting of whole rows: the base of all our widgets, and every private part of Textual that speed needs.

A row is a tuple of pieces (text, ink). ``LineWidget`` hands finished strips to the compositor as they
are, so that their caches stay warm, and has no scrollable size of its own, so that no change asks for
a layout.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Self

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.cells import cut, width
from agent_tui.widgets.simple_emoji import simplified
from themes.contract import Ground, Ink


class Piece(NamedTuple):
    """Text in one ink. ``ground`` differs from the row's where it is set."""

    text: Displayable
    ink: Ink = Ink.TEXT
    ground: Ground | None = None


Pieces = tuple[Piece, ...]


def row_width(pieces: Pieces) -> int:
    """Cells that the pieces take together."""
    return sum(width(piece.text) for piece in pieces)


def spread(left: Pieces, right: Pieces, cells: int) -> Pieces:
    """``left`` and ``right`` at the two ends of a row; when room is short, ``left`` is cut first.

    What is between them has an ink of theirs: not every ink may stand on every ground.
    """
    right = clip(right, cells)
    left = clip(left, max(0, cells - row_width(right) - 1)) if right else clip(left, cells)
    gap = cells - row_width(left) - row_width(right)
    ink = next((piece.ink for piece in (*left, *right) if piece.ground is None), Ink.TEXT)
    return (*left, Piece(Displayable(" " * gap), ink), *right)


def clip(pieces: Pieces, cells: int) -> Pieces:
    """The pieces cut to ``cells`` with an ellipsis."""
    kept: list[Piece] = []
    for piece in pieces:
        wide = width(piece.text)
        if wide > cells:
            kept.append(piece._replace(text=cut(piece.text, cells)))
            break
        kept.append(piece)
        cells -= wide
    return tuple(kept)


def _on_one_row(piece: Piece) -> Piece:
    """A line feed in a name or a title must not reach the terminal."""
    return piece._replace(text=Displayable(piece.text.replace("\n", " "))) if "\n" in piece.text else piece


class Row(Strip):
    """A strip that lets go of its memory as soon as it is painted no more.

    Textual's own, cut at its end alone, remembers itself as its only part, and a circle like that stays until
    the garbage is collected, which is seldom: it costs keys.
    """

    __slots__ = ()

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The parts between the cuts."""
        within = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if within == [self.cell_length] else super().divide(within)


def strip_of(pieces: Pieces, ground: Ground, cells: int, palette: Palette) -> Strip:
    """A strip exactly ``cells`` wide."""
    if palette.veil is not None:
        pieces = tuple(piece._replace(text=palette.veil(piece.text)) for piece in pieces)
    shown = clip(tuple(map(_on_one_row, pieces)), cells)
    told = simplified if palette.simple_emoji else str
    segments = [Segment(told(text), palette.style(ink, own or ground)) for text, ink, own in shown if text]
    gap = cells - row_width(shown)
    if gap > 0:
        segments.append(Segment(" " * gap, palette.blank(ground)))
    return Row(segments, cells)


CURSOR = Style(reverse=True)
"""Goes over the cell under the typing cursor."""


def restyled(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """The strip with ``style`` over its cells from ``start`` to ``end``."""
    marked = Strip(Segment.apply_style(strip.crop(start, end), post_style=style), end - start)
    return Row.join([strip.crop(0, start), marked, strip.crop(end)])


class LineWidget(Widget):
    """A widget that paints row by row. Give it no border and no padding: it paints all of its region."""

    DEFAULT_CSS = "LineWidget { width: 1fr; height: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(id=id)
        self.palette = palette
        self._kept: list[Strip] = []
        self._kept_for: Size | None = None
        self._width = 0
        self._stale: set[int] = set()

    @abstractmethod
    def strip_at(self, y: int) -> Strip:
        """The row ``y`` of the region, exactly ``self.size.width`` wide; the same object while unchanged."""

    @property
    def size(self) -> Size:
        """Cells and rows. Textual's own asks for borders and the screen each time; here are none."""
        return self.outer_size

    def use_palette(self, palette: Palette) -> None:
        """Paint with another theme from now on."""
        self.palette = palette
        self.forget_strips()
        self.refresh()

    def forget_strips(self) -> None:
        """Let go of every strip made so far: the palette or the width changed."""

    def repaint(self, rows: Iterable[int] | None = None) -> None:
        """Paint the rows (all when ``None``) with the next frame."""
        if regions := self._regions(rows):
            self.refresh(*regions)

    def paint_now(self, rows: Iterable[int] | None = None) -> None:
        """Paint the rows (all when ``None``) before anything else happens: the answer to a key."""
        if regions := self._regions(rows):
            self.paint_regions(regions, now=True)

    def paint_regions(self, regions: Collection[Region], *, now: bool) -> None:
        """Paint parts of rows, with the next frame or ``now``; nothing when there are none."""
        if regions and now:
            self._mark(regions)
            paint_at_once(self, regions)
        elif regions:
            self.refresh(*regions)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Textual's request to paint again; from here on rows in ``regions`` (all without) are made anew."""
        self._mark(regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _mark(self, regions: Collection[Region]) -> None:
        if not regions:
            self._kept_for = None
        self._stale.update(y for region in regions for y in region.line_range)

    def _regions(self, rows: Iterable[int] | None) -> list[Region]:
        cells, height = self.size
        if rows is None:
            return [Region(0, 0, cells, height)]
        return [Region(0, y, cells, 1) for y in rows if 0 <= y < height]

    def render_line(self, y: int) -> Strip:
        """One row; Textual asks for it to find what is under the mouse."""
        return self.strip_at(y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in ``crop`` as they are, past Textual's own line cache.

        The compositor asks every widget at every change of any; what did not change is handed out as kept.
        """
        strips = self._rows_now()
        if crop.x == 0 and crop.y == 0 and crop.size == self.size:
            return strips
        strips = strips[crop.y : crop.bottom]
        return (
            [strip.crop(crop.x, crop.right) for strip in strips] if crop.width < self.size.width else strips
        )

    def _rows_now(self) -> list[Strip]:
        size = self.size
        if self._width != size.width:
            self._width = size.width
            self.forget_strips()
        if self._kept_for != size:
            self._kept = [self.strip_at(y) for y in range(size.height)]
            self._kept_for = size
        else:
            for y in self._stale:
                if y < size.height:
                    self._kept[y] = self.strip_at(y)
        self._stale.clear()
        return self._kept


PRIVATE_SCREEN_PARTS = ("_dirty_widgets", "_layout_required", "_on_timer_update")
PRIVATE_WIDGET_PARTS = ("_set_dirty", "_repaint_required")


def can_paint_at_once(widget: Widget) -> bool:
    """Whether this Textual has the parts that painting without the screen's timer needs."""
    return all(hasattr(widget.screen, part) for part in PRIVATE_SCREEN_PARTS) and all(
        hasattr(widget, part) for part in PRIVATE_WIDGET_PARTS
    )


def takes_repaint(widget: Widget) -> bool:
    """Whether a widget has asked to be painted and its request has not gone to the screen; takes it back."""
    asked, widget._repaint_required = widget._repaint_required, False  # noqa: SLF001  here alone
    return asked


def paint_at_once(widget: Widget, regions: Iterable[Region]) -> None:
    """Paint regions of a widget now, not at the screen's next tick (up to 33 ms away in a busy second).

    Where a layout is due, or Textual has changed inside, this is a plain ``refresh``.
    """
    if not widget.is_attached:
        return
    screen = widget.screen
    if not screen.is_current or not can_paint_at_once(widget) or screen._layout_required:  # noqa: SLF001  here alone
        widget.refresh(*regions)
        return
    widget._set_dirty(*regions)  # noqa: SLF001  here alone
    screen._dirty_widgets.add(widget)  # noqa: SLF001  here alone
    screen._on_timer_update()  # noqa: SLF001  here alone


def write_past(widget: Widget, sequence: str) -> None:
    """Send the terminal a sequence of our own making, past what Textual paints."""
    driver = widget.app._driver  # noqa: SLF001  here alone
    if driver is not None:
        driver.write(sequence)


NO_PIECES: Pieces = (Piece(NOTHING),)
"""An empty row."""
