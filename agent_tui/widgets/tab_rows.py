"""How the open conversations lie on the one row of the tab bar. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from agent_tui.desk.text import Displayable
from agent_tui.desk.view import TabRow
from agent_tui.desk.waiting import due
from agent_tui.widgets.cells import cut, head
from agent_tui.widgets.painting import Piece, Pieces, row_width
from agent_tui.widgets.wait_mark import AGAIN, promise_piece, wait_piece
from themes.contract import Ground, Ink

_NAME_CELLS: Final = (16, 10, 7, 5, 3, 2)
"""How much of a name is shown, from as it should be to where tabs would have to be hidden. A few steps
only, so that names stand still while waits grow and marks come and go.
"""
_TIGHT: Final = 5
"""Where names are this short, marks stand without blanks."""
_OWN_CELLS: Final = 5
"""What the active tab keeps of its name while the others are shorter."""
_EDGE_CELLS: Final = 12
"""Room kept for the mark of hidden tabs on either side."""


class LaidTabs(NamedTuple):
    """The row, which tab lies where (cell before which it ends, index), and the first tab shown."""

    pieces: Pieces
    ends: tuple[tuple[int, int], ...]
    first: int


def tab_pieces(number: int, row: TabRow, now: float, cells: int = _NAME_CELLS[0]) -> Pieces:
    """One tab, with ``cells`` for its name. The active one stands in brackets on its own ground."""
    tight = cells <= _TIGHT
    ground = Ground.CHOSEN if row.active else Ground.BAR
    opening, closing = ("[", "]") if row.active else (" ", "" if tight else " ")
    name_ink = Ink.ACCENT if row.active else Ink.TEXT
    name = _short(row.customer, max(cells, _OWN_CELLS if row.active else 0))
    words = Displayable(f"{opening}{number} {name}")
    marks = [_beside(piece, tight=tight) for piece in _marks(row, now)]
    pieces = (Piece(words, name_ink), *marks, Piece(Displayable(closing), name_ink))
    return tuple(piece._replace(ground=ground) for piece in pieces)


def _short(name: Displayable, cells: int) -> Displayable:
    """All of a name, or as much of its first word as there is room for."""
    if cells >= _NAME_CELLS[0]:
        return cut(name, cells)
    first = Displayable((name.split() or [name])[0])
    return cut(first, cells) if cells > _TIGHT else Displayable(first[: head(first, cells)])


def _beside(mark: Piece, *, tight: bool) -> Piece:
    return mark._replace(text=Displayable(mark.text.replace(" ", "") if tight else f" {mark.text}"))


def _marks(row: TabRow, now: float) -> list[Piece]:
    marks: list[Piece] = []
    if row.waiting_since is not None:
        piece = wait_piece(row.waiting_since, now, row.promise)
        marks.append(Piece(Displayable(f"{piece.text}{AGAIN}"), piece.ink) if row.again else piece)
    if row.promised is not None:
        marks.append(promise_piece(row.promised, now))
    if row.unread:
        marks.append(Piece(Displayable(f"({row.unread})"), Ink.ACCENT))
    if row.word_waits:
        marks.append(Piece(Displayable("◆"), Ink.NOTE))
    if row.failed:
        marks.append(Piece(Displayable("✗"), Ink.BAD))
    if row.draft:
        marks.append(Piece(Displayable("✎"), Ink.NOTE))
    if row.customer_typing:
        marks.append(Piece(Displayable("…"), Ink.CUSTOMER))
    return marks


def lay_tabs(rows: Sequence[TabRow], now: float, cells: int, first: int) -> LaidTabs:
    """The tabs in ``cells``: all of them with shorter names, else those from about ``first`` on.

    The active one is always among them. Where tabs are hidden at a side, it says how many and shows what is
    due first among them.
    """
    tabs = _as_wide_as_fits(rows, now, cells)
    widths = [row_width(tab) for tab in tabs]
    first, last = _window(widths, _active(rows), cells, first)
    before = _hidden("‹", rows[:first], now)
    pieces: list[Piece] = list(before)
    ends: list[tuple[int, int]] = []
    for index in range(first, last):
        pieces.extend(tabs[index])
        ends.append((row_width(tuple(pieces)), index))
    pieces.extend(_hidden("›", rows[last:], now))
    return LaidTabs(tuple(pieces), tuple(ends), first)


def _as_wide_as_fits(rows: Sequence[TabRow], now: float, cells: int) -> list[Pieces]:
    for name_cells in _NAME_CELLS:
        tabs = _tabs(rows, now, name_cells)
        if sum(map(row_width, tabs)) <= cells:
            return tabs
    return _tabs(rows, now, _TIGHT)


def _tabs(rows: Sequence[TabRow], now: float, name_cells: int) -> list[Pieces]:
    return [tab_pieces(number, row, now, name_cells) for number, row in enumerate(rows, 1)]


def _active(rows: Sequence[TabRow]) -> int:
    return next((index for index, row in enumerate(rows) if row.active), 0)


def _window(widths: list[int], active: int, cells: int, first: int) -> tuple[int, int]:
    """The first tab shown and the one after the last."""
    if sum(widths) <= cells:
        return 0, len(widths)
    first = min(first, active)
    room = cells - 2 * _EDGE_CELLS
    while first < active and sum(widths[first : active + 1]) > room:
        first += 1
    last = max(active + 1, first)
    while last < len(widths) and sum(widths[first : last + 1]) <= room:
        last += 1
    while first and sum(widths[first - 1 : last]) <= room:
        first -= 1
    return first, last


def _hidden(arrow: str, rows: Sequence[TabRow], now: float) -> Pieces:
    if not rows:
        return ()
    count = Piece(Displayable(f"{arrow}{len(rows)} "), Ink.ACCENT)
    soonest = min((owed for row in rows for owed in _owed(row, now)), key=lambda owed: owed[0], default=None)
    return (count,) if soonest is None else (count, soonest[1], Piece(Displayable(" ")))


def _owed(row: TabRow, now: float) -> Iterator[tuple[float, Piece]]:
    """What is due in a tab, with when."""
    if row.waiting_since is not None:
        yield due(row.promise, row.waiting_since), wait_piece(row.waiting_since, now, row.promise)
    if row.promised is not None:
        yield row.promised.until, promise_piece(row.promised, now)
