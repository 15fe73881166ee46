"""The tables of the board: queues with their figures, and agents with theirs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final, assert_never

from agent_tui.desk.metrics.board import AgentFigures, QueueFigures
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Promise
from agent_tui.desk.waiting import LIVE_CHAT
from agent_tui.theming import Palette
from agent_tui.widgets.cells import pad
from agent_tui.widgets.clock_face import waited
from agent_tui.widgets.painting import Piece, Pieces
from agent_tui.widgets.row_list import RowList
from agent_tui.widgets.wait_mark import wait_piece
from agent_tui.wording import decimal, percent, say
from api_client.models.people import Availability
from themes.contract import Ink

_BARS: Final = " ▁▂▃▄▅▆▇█"
_TIME: Final = 6
_EDGE: Final = 3
"""The mark before each row, and a blank at the end."""
_FIGURES: Final = 56
"""Cells of everything after the name."""
_AGENT_FIGURES: Final = 48


def bars(counts: Sequence[int]) -> Displayable:
    """``▁▂▅█``: each count against the highest; what is not nothing never looks like nothing."""
    most = max(counts, default=0) or 1
    return Displayable("".join(_BARS[-(-8 * count // most)] for count in counts))


def _whole(value: float) -> Displayable:
    return decimal(value, 0)


def _number(value: float | None, cells: int, form: Callable[[float], Displayable] = _whole) -> Piece:
    text = Displayable("-") if value is None else form(value)
    return Piece(pad(text, cells, right=True), Ink.TEXT if value else Ink.QUIET)


def _time(seconds: float | None) -> Piece:
    text = Displayable("-") if seconds is None else waited(seconds)
    return Piece(pad(text, _TIME, right=True), Ink.QUIET if seconds is None else Ink.TEXT)


def _longest(since: float | None, now: float, promise: Promise) -> Piece:
    if since is None:
        return Piece(pad(Displayable("-"), _TIME + 2, right=True), Ink.QUIET)
    return wait_piece(since, now, promise, cells=_TIME)


def _head(text: Displayable, cells: int) -> Piece:
    return Piece(pad(text, cells, right=True), Ink.QUIET)


class QueueBoard(RowList):
    """Waiting, longest wait, percentiles, service level, arrivals against answers, the last hour."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._rows: Sequence[QueueFigures] = ()
        self._now = 0.0

    def show(self, rows: Sequence[QueueFigures], server_now: float) -> None:
        """Show the queues as they stand at ``server_now``."""
        self._rows, self._now = rows, server_now
        self.rows_changed()

    def count(self) -> int:
        """How many queues there are."""
        return len(self._rows)

    def key_of(self, index: int) -> Hashable:
        """The queue."""
        return self._rows[index].queue

    @property
    def _name_cells(self) -> int:
        return max(8, self.size.width - _EDGE - _FIGURES)

    def heading(self) -> Pieces:
        """What stands in which column."""
        return (
            Piece(pad(say("  Queues"), self._name_cells + 2), Ink.ACCENT),
            _head(say("wait"), 5),
            _head(say("longest"), _TIME + 3),
            _head(say("p50"), _TIME + 1),
            _head(say("p90"), _TIME + 1),
            _head(say("level"), 6),
            _head(say("in/out"), 8),
            _head(say("last hour"), 13),
        )

    def empty(self) -> Pieces:
        """No queues yet."""
        return (Piece(say(" No queue is known yet."), Ink.QUIET),)

    def row(self, index: int) -> Pieces:
        """A queue."""
        row = self._rows[index]
        figures = row.figures
        level = figures.levels[Formula.STILL_WAITING_COUNTS]
        traffic = f"{decimal(figures.arrivals_per_minute)}/{decimal(figures.answers_per_minute)}"
        blank = Piece(Displayable(" "))
        return (
            Piece(pad(row.name, self._name_cells)),
            _number(figures.waiting, 5),
            blank,
            _longest(figures.longest_since, self._now, row.promise),
            blank,
            _time(figures.first_p50),
            blank,
            _time(figures.first_p90),
            _number(level, 6, percent),
            Piece(pad(Displayable(traffic), 8, right=True), Ink.QUIET),
            blank,
            Piece(bars(row.arrivals), Ink.ACCENT),
        )


class AgentBoard(RowList):
    """Availability, open chats, the longest unanswered customer, handled, handle time, occupancy."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._rows: Sequence[AgentFigures] = ()
        self._now = 0.0

    def show(self, rows: Sequence[AgentFigures], server_now: float) -> None:
        """Show the agents as they stand at ``server_now``."""
        self._rows, self._now = rows, server_now
        self.rows_changed()

    def count(self) -> int:
        """How many agents there are."""
        return len(self._rows)

    def key_of(self, index: int) -> Hashable:
        """The agent."""
        return self._rows[index].agent

    @property
    def _name_cells(self) -> int:
        return max(8, self.size.width - _EDGE - _AGENT_FIGURES)

    def heading(self) -> Pieces:
        """What stands in which column."""
        return (
            Piece(pad(say("  Agents"), self._name_cells + 4), Ink.ACCENT),
            _head(say("open"), 5),
            _head(say("longest"), _TIME + 3),
            _head(say("handled"), 9),
            _head(say("each"), _TIME + 2),
            _head(say("at once"), 8),
            _head(say("busy"), 6),
        )

    def empty(self) -> Pieces:
        """No agents yet."""
        return (Piece(say(" No agent is known yet."), Ink.QUIET),)

    def row(self, index: int) -> Pieces:
        """An agent."""
        row = self._rows[index]
        figures = row.figures
        busy = figures.occupancy
        return (
            _there(row.availability),
            Piece(pad(row.name, self._name_cells)),
            _number(figures.holds, 5),
            Piece(Displayable(" ")),
            _longest(figures.longest_since, self._now, LIVE_CHAT),
            _number(figures.handled, 9),
            Piece(Displayable("  ")),
            _time(figures.handle_time),
            _number(figures.concurrency, 8, decimal),
            _number(busy, 6, percent),
        )


def _there(availability: Availability) -> Piece:
    match availability:
        case Availability.ONLINE:
            return Piece(Displayable("✓ "), Ink.GOOD)
        case Availability.BUSY:
            return Piece(Displayable("‖ "), Ink.WARNING)
        case Availability.OFFLINE:
            return Piece(Displayable("○ "), Ink.QUIET)
        case _:
            assert_never(availability)
