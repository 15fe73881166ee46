"""How the open conversations lie on the one row of the tab bar. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from agent_tui.desk.text import Displayable
from agent_tui.desk.view import TabRow
from agent_tui.desk.waiting import due
from agent_tui.widgets.cells import cut, head, width
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
    return _drawn(number, row, _marks(row, now), cells)


def _drawn(number: int, row: TabRow, marks: Sequence[Piece], cells: int) -> Pieces:
    tight = cells <= _TIGHT
    ground = Ground.CHOSEN if row.active else Ground.BAR
    opening, closing = ("[", "]") if row.active else (" ", "" if tight else " ")
    name_ink = Ink.ACCENT if row.active else Ink.TEXT
    words = Displayable(f"{opening}{number} {_name(row, cells)}")
    beside = [_beside(piece, tight=tight) for piece in marks]
    pieces = (Piece(words, name_ink), *beside, Piece(Displayable(closing), name_ink))
    return tuple(piece._replace(ground=ground) for piece in pieces)


def _around(number: int, row: TabRow, marks: Sequence[Piece], *, tight: bool) -> int:
    """How many cells :func:`_drawn` takes for all but the name."""
    closing = 1 if row.active or not tight else 0
    return 2 + len(str(number)) + sum(width(_beside(piece, tight=tight).text) for piece in marks) + closing


def _name(row: TabRow, cells: int) -> Displayable:
    return _short(row.customer, max(cells, _OWN_CELLS if row.active else 0))


@lru_cache(maxsize=1024)
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
    marks = [_marks(row, now) for row in rows]
    name_cells, widths = _as_wide_as_fits(rows, marks, cells)
    first, last = _window(widths, _active(rows), cells, first)
    pieces: list[Piece] = list(_hidden("‹", rows[:first], now))
    end, ends = row_width(tuple(pieces)), []
    for index in range(first, last):
        pieces.extend(_drawn(index + 1, rows[index], marks[index], name_cells))
        end += widths[index]
        ends.append((end, index))
    pieces.extend(_hidden("›", rows[last:], now))
    return LaidTabs(tuple(pieces), tuple(ends), first)


def _as_wide_as_fits(
    rows: Sequence[TabRow], marks: Sequence[Sequence[Piece]], cells: int
) -> tuple[int, list[int]]:
    """The most cells for names with which all tabs fit, and how wide each tab is then."""
    numbered = [(number, *one) for number, one in enumerate(zip(rows, marks, strict=True), 1)]
    around = {tight: [_around(*one, tight=tight) for one in numbered] for tight in (False, True)}
    widths: list[int] = []
    for name_cells in (*_NAME_CELLS, _TIGHT):
        rest = around[name_cells <= _TIGHT]
        if sum(rest) > cells and name_cells != _TIGHT:
            continue
        widths = [more + width(_name(row, name_cells)) for row, more in zip(rows, rest, strict=True)]
        if sum(widths) <= cells:
            return name_cells, widths
    return _TIGHT, widths


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
    soonest = min((owed for row in rows for owed in _owed(row)), key=lambda owed: owed[0], default=None)
    return (count,) if soonest is None else (count, soonest[1](now), Piece(Displayable(" ")))


def _owed(row: TabRow) -> Iterator[tuple[float, Callable[[float], Piece]]]:
    """What is due in a tab: when, and how that looks at a moment."""
    since, given = row.waiting_since, row.promised
    if since is not None:
        yield due(row.promise, since), lambda now: wait_piece(since, now, row.promise)
    if given is not None:
        yield given.until, lambda now: promise_piece(given, now)
