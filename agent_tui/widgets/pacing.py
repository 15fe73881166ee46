"""Frames at the pace of the terminal: what it has not taken is not painted again until it has."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from textual import events
from textual._compositor import CompositorUpdate
from textual.geometry import Region
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import Widget

from agent_tui.driver import TerminalDriver
from agent_tui.gauge import Gauge
from agent_tui.widgets.painting import LineWidget, can_paint_at_once, takes_repaint
from agent_tui.widgets.sequences import sequence
from themes.contract import Ground

PRIVATE_SCREEN_PARTS: Final = ("_compositor_refresh", "_on_timer_update", "_dirty_widgets")
PRIVATE_COMPOSITOR_PARTS: Final = ("_dirty_regions",)


def _cost(row: Region) -> int:
    """Bytes of a painted row, roughly: colours and the move to its place count too."""
    return 40 + row.width * 3 // 2


def _rows(region: Region) -> Iterable[Region]:
    return (Region(region.x, y, region.width, 1) for y in region.line_range)


def _apart(places: Iterable[Region]) -> list[Region]:
    """The same cells, each in one place; a few more where places cross."""
    kept: list[Region] = []
    for place in sorted(places, key=lambda place: place.area, reverse=True):
        if not any(one.contains_region(place) for one in kept):
            kept.append(place)
    if any(one.overlaps(other) for one, other in combinations(kept, 2)):
        return [Region.from_union(kept)]
    return kept


def _is_foreign(widget: Widget) -> bool:
    """Whether a widget paints something of its own past us; what only holds others does not."""
    return not isinstance(widget, LineWidget) and not widget.children


def _gaps(start: int, end: int, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a row from ``start`` to ``end``."""
    for begins, ends in sorted(taken):
        if start < begins < end:
            yield start, begins
        start = max(start, ends)
    if start < end:
        yield start, end


class Parts(CompositorUpdate):
    """Strips and where they begin (x, y), and nothing around them."""

    def __init__(self, parts: Sequence[tuple[int, int, Strip]]) -> None:
        self._parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """For Rich's own printing."""
        yield Segment(self.render_segments(console))

    def render_segments(self, console: Console) -> str:
        """The update as it goes to the terminal."""
        system = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001  as Textual's own strips do
        return "".join(f"\x1b[{y + 1};{x + 1}H{sequence(strip, system)}" for x, y, strip in self._parts)


class PacedScreen(Screen[ScreenResultType]):
    """A screen that does not paint into a terminal that is behind.

    What should have been painted is remembered as places, and painted as it is by then. Over a link
    that has shown itself slow, single rows such as the text being written go first, and everything
    larger in pieces, from the row after the last one painted on.
    """

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._owed: set[Region] = set()
        self._next_row = 0
        self._piece_due = False
        self.gauge = Gauge()
        """How fast this screen answers."""

    def handed_on(self, key: events.Key) -> bool:
        """Whether this screen is closed already: keys typed ahead of its closing are for the one below."""
        if self.is_current:
            return False
        self.app.post_message(events.Key(key.key, key.character))
        return True

    def paint_now(self) -> None:
        """Paint what was asked for so far before anything else happens: the answer to a key.

        Where a layout is due, or Textual has changed inside, it is painted with the next frame.
        """
        if not self.is_current or self._layout_required or not can_paint_at_once(self):
            return
        asking = [
            widget
            for widget in self.walk_children()
            if isinstance(widget, LineWidget) and takes_repaint(widget)
        ]
        if asking:
            self._dirty_widgets.update(asking)
            self._on_timer_update()

    def _compositor_refresh(self) -> None:
        began, asked = time.monotonic(), bool(self._compositor._dirty_regions)  # noqa: SLF001  see below
        self._refresh_at_the_terminals_pace()
        if asked:
            self.gauge.painted(began)

    def _refresh_at_the_terminals_pace(self) -> None:
        driver = self.app._driver  # noqa: SLF001  the way out has no public name
        if not isinstance(driver, TerminalDriver) or self is not self.app.screen:
            super()._compositor_refresh()
        elif driver.behind:
            driver.freed = self._go_on
        elif self._owed or driver.pace.room is not None:
            self._paint_piece(driver)
        else:
            self._paint_dirty()

    def _paint_dirty(self) -> None:
        """What Textual does for the screen on top, but straight from the rows that the widgets keep."""
        dirty = self._compositor._dirty_regions  # noqa: SLF001  as above
        update: RenderableType | None = self._rows_of(dirty) if dirty else None
        if dirty and update is None:
            behind = self.app._background_screens  # noqa: SLF001  as above
            update = self._compositor.render_update(screen_stack=behind)
        dirty.clear()
        self.app._display(self, update)  # noqa: SLF001  as above
        self._dirty_widgets.clear()

    def _rows_of(self, dirty: Collection[Region]) -> Parts | None:
        """The places in ``dirty``; ``None`` where a widget lies there that is none of ours."""
        places = _apart(dirty)
        parts: list[tuple[int, int, Strip]] = []
        cells = 0
        for widget, (region, clip) in self._compositor.visible_widgets.items():
            if isinstance(widget, LineWidget):
                seen = region.intersection(clip)
                for part in {seen.intersection(place) for place in places}:
                    if part:
                        strips = widget.render_lines(part.translate(-region.offset))
                        parts += (
                            (part.x, y, strip) for y, strip in zip(part.line_range, strips, strict=True)
                        )
                        cells += part.area
        if cells == sum(place.area for place in places):
            return Parts(parts)
        blanks = self._blanks(places, parts)
        return None if blanks is None else Parts([*parts, *blanks])

    def _blanks(
        self, places: Iterable[Region], parts: Iterable[tuple[int, int, Strip]]
    ) -> list[tuple[int, int, Strip]] | None:
        """What is empty between our widgets; ``None`` where something else may stand there."""
        visible = self._compositor.visible_widgets
        palette = next((one.palette for one in visible if isinstance(one, LineWidget)), None)
        if palette is None or self.is_modal or any(map(_is_foreign, visible)):
            return None
        taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for x, y, strip in parts:
            taken[y].append((x, x + strip.cell_length))
        style = palette.blank(Ground.DESK)
        return [
            (start, y, Strip([Segment(" " * (end - start), style)], end - start))
            for place in places
            for y in place.line_range
            for start, end in _gaps(place.x, place.right, taken[y])
        ]

    def _go_on(self) -> None:
        self._piece_due = False
        if self.is_attached:
            self._dirty_widgets.add(self)
            self._on_timer_update()

    def _paint_piece(self, driver: TerminalDriver) -> None:
        dirty = self._compositor._dirty_regions  # noqa: SLF001  what is to be painted has no public name
        self._owed.update(row for region in dirty if region.height > 1 for row in _rows(region))
        dirty -= {region for region in dirty if region.height > 1}
        room, pause = driver.pace.room, driver.pace.pause(time.monotonic())
        if not pause:
            dirty |= self._piece(room)
        if dirty:
            self._paint_dirty()
            pause = driver.pace.pause(time.monotonic())
        if self._owed and not self._piece_due:
            self._piece_due = True
            self.set_timer(max(0.005, pause), self._go_on)

    def _piece(self, room: int | None) -> set[Region]:
        """Takes from what is owed as many rows as there is room for; at least one."""
        piece: set[Region] = set()
        height = max(1, self.size.height)
        for row in sorted(self._owed, key=lambda row: (row.y - self._next_row) % height):
            if room is not None:
                room -= _cost(row)
                if room < 0 and piece:
                    break
            piece.add(row)
            self._next_row = row.y + 1
        self._owed -= piece
        return piece
