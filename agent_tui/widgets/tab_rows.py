"""How the open conversations lie on the one row of the tab bar. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agent_tui.desk.text import Displayable
from agent_tui.desk.view import TabRow
from agent_tui.desk.waiting import due
from agent_tui.widgets.cells import cut
from agent_tui.widgets.painting import Piece, Pieces, row_width
from agent_tui.widgets.wait_mark import AGAIN, promise_piece, wait_piece
from themes.contract import Ground, Ink

_NAME_CELLS = 16
_EDGE_CELLS = 12
"""Room kept for the mark of hidden tabs on either side."""


class LaidTabs(NamedTuple):
    """The row, which tab lies where (cell before which it ends, index), and the first tab shown."""

    pieces: Pieces
    ends: tuple[tuple[int, int], ...]
    first: int


def tab_pieces(number: int, row: TabRow, now: float) -> Pieces:
    """One tab. The active one stands in brackets on its own ground."""
    ground = Ground.CHOSEN if row.active else Ground.BAR
    opening, closing = ("[", "]") if row.active else (" ", " ")
    name_ink = Ink.ACCENT if row.active else Ink.TEXT
    words = Displayable(f"{opening}{number} {cut(row.customer, _NAME_CELLS)}")
    marks = [Piece(Displayable(f" {piece.text}"), piece.ink) for piece in _marks(row, now)]
    pieces = (Piece(words, name_ink), *marks, Piece(Displayable(closing), name_ink))
    return tuple(piece._replace(ground=ground) for piece in pieces)


def _marks(row: TabRow, now: float) -> list[Piece]:
    marks: list[Piece] = []
    if row.waiting_since is not None:
        piece = wait_piece(row.waiting_since, now, row.promise)
        marks.append(Piece(Displayable(f"{piece.text}{AGAIN}"), piece.ink) if row.again else piece)
    if row.promised is not None:
        marks.append(promise_piece(row.promised, now))
    if row.unread:
        marks.append(Piece(Displayable(f"({row.unread})"), Ink.ACCENT))
    if row.failed:
        marks.append(Piece(Displayable("✗"), Ink.BAD))
    if row.draft:
        marks.append(Piece(Displayable("✎"), Ink.NOTE))
    if row.customer_typing:
        marks.append(Piece(Displayable("…"), Ink.CUSTOMER))
    return marks


def lay_tabs(rows: Sequence[TabRow], now: float, cells: int, first: int) -> LaidTabs:
    """The tabs that fit in ``cells`` from about ``first`` on, the active one among them.

    Where tabs are hidden at a side, it says how many and shows what is due first among them.
    """
    tabs = [tab_pieces(number, row, now) for number, row in enumerate(rows, 1)]
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
