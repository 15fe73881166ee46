"""Which rows of a conversation are on the screen, laid out for its width. Only those are ever wrapped."""

from __future__ import annotations

from collections import OrderedDict
from itertools import islice
from typing import Final

from msgspec.structs import replace
from textual.strip import Strip

from agent_tui.desk.transcript import Line, Older, Transcript
from agent_tui.widgets.log_folding import shown_of
from agent_tui.widgets.log_rows import GUTTER, Look, Place, Row, place_of, rows_of
from agent_tui.widgets.log_view import LogView, Spot, downward, past_the_end, upward

_LAID_KEPT: Final = 400
"""Lines whose rows and strips are kept: a few screens of them."""


class Laid:
    """A line laid out: its rows, and the strips made of them so far."""

    __slots__ = ("before", "line", "place", "rows", "strips", "told")

    def __init__(self, line: Line, place: Place, rows: tuple[Row, ...]) -> None:
        self.line = line
        self.place = place
        self.rows = rows
        self.strips: dict[tuple[int, str, bool], Strip] = {}
        self.before: Line | None = None
        self.told: tuple[Older | None, bool, bool] | None = None
        """What its place was found from, with the line before; ``None`` until it has been."""


class LogFrame:
    """The part of a conversation that is in sight at the reader's place."""

    def __init__(self, transcript: Transcript, view: LogView, look: Look) -> None:
        self._transcript = transcript
        self._view = view
        self._look = look
        self.room = 1
        """Rows for lines."""
        self._kept: OrderedDict[int, Laid] = OrderedDict()
        self._here: dict[int, Laid] = {}
        self._spots: list[Spot] | None = None

    def show(self, transcript: Transcript, view: LogView) -> None:
        """Another conversation, or the same one with other lines."""
        self._transcript, self._view = transcript, view

    def look_like(self, look: Look) -> None:
        """Lay every line out anew; the width stays."""
        self._look = replace(look, cells=self._look.cells)
        self.forget()

    def moved(self) -> None:
        """The reader or the lines have moved."""
        self._spots = None
        self._here.clear()

    def forget(self) -> None:
        """Rows depend on the width, strips on the palette."""
        self._kept.clear()
        self.moved()

    def fit(self, room: int, cells: int) -> None:
        """Take note of the screen's size: so many rows of so many cells."""
        if cells != self._look.cells:
            self._look = replace(self._look, cells=cells)
            self.forget()
        if room != self.room:
            self.room = room
            self.moved()

    @property
    def spots(self) -> list[Spot]:
        """The rows on the screen, top to bottom; fewer than there is room for when lines are few."""
        if self._spots is None:
            self._spots = self._spots_at(self._view.top)
        return self._spots

    @property
    def laid_out(self) -> int:
        """How many lines are kept laid out."""
        return len(self._kept)

    def has_whole(self, index: int) -> bool:
        """Whether every row of the line at an index is on the screen."""
        last = Spot(index, self.height_of(index) - 1)
        return Spot(index, 0) in self.spots and last in self.spots

    def folds(self, line: Line) -> bool:
        """Whether a line is shown in part until it is opened."""
        return bool(shown_of(line.shielded, self._look.cells - GUTTER, opened=False).hidden)

    def laid_at(self, index: int) -> Laid:
        """The line at an index of the conversation, laid out."""
        laid = self._here.get(index)
        if laid is None:
            laid = self._here[index] = self._lay(index)
        return laid

    def height_of(self, index: int) -> int:
        """How many rows the line at an index has."""
        return len(self.laid_at(index).rows)

    def is_last(self, top: Spot) -> bool:
        """Whether the newest line is in sight when ``top`` is the first row of the screen."""
        return len(self._rows_from(top)) <= self.room

    def _lay(self, index: int) -> Laid:
        lines = self._transcript.lines
        line = lines[index]
        before = lines[index - 1] if index else None
        unread = self._view.first_unread
        told = (None if index else self._transcript.older, line.key == unread, self._view.has_opened(line))
        laid = self._kept.get(id(line))
        if laid is None or laid.line is not line or laid.before is not before or laid.told != told:
            place = place_of(line, before, self._transcript.older, unread, self._look.zone)
            place = place._replace(opened=told[2])
            if laid is None or laid.line is not line or laid.place != place:
                laid = self._kept[id(line)] = Laid(line, place, rows_of(line, place, self._look))
            laid.before, laid.told = before, told
        self._kept.move_to_end(id(line))
        while len(self._kept) > _LAID_KEPT:
            self._kept.popitem(last=False)
        return laid

    def _rows_from(self, top: Spot) -> list[Spot]:
        return list(islice(downward(top, len(self._transcript.lines), self.height_of), self.room + 1))

    def _spots_at(self, top: Spot | None) -> list[Spot]:
        if top is None:
            end = past_the_end(len(self._transcript.lines))
            return [*islice(upward(end, self.height_of), self.room)][::-1]
        top = Spot(top.line, min(top.row, self.height_of(top.line) - 1))
        spots = self._rows_from(top)[: self.room]
        if len(spots) == self.room:
            return spots
        self._view.go(None, self._transcript.lines)
        return self._spots_at(None)
