"""A text as it came, what a terminal would obey written out; of any length, laid out as it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from textual.strip import Strip

from agent_tui.desk.text import Displayable, reveal
from agent_tui.theming import Palette
from agent_tui.widgets.cells import wrap
from agent_tui.widgets.log_view import Spot, downward, past_the_end, upward
from agent_tui.widgets.painting import NO_PIECES, LineWidget, Piece, strip_of
from themes.contract import Ground

_PIECE: Final = 2_000
"""Characters laid out together."""
_DIGIT: Final = re.compile(r"\d")


def pieces_of(raw: str) -> tuple[tuple[int, int], ...]:
    """Where the parts of a text begin and end that are laid out together, at line ends if possible."""
    return tuple(_cut_up(raw))


def _cut_up(raw: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(raw):
        end = min(start + _PIECE, len(raw))
        if end < len(raw):
            end = raw.rfind("\n", start, end) + 1 or end
        yield start, end
        start = end


class RawText(LineWidget):
    """Paints a text from a row on. ``hide`` stars every digit out: what was put between the digits of a
    private number would hide it from whoever looks for one.
    """

    def __init__(self, palette: Palette, raw: str, *, hide: bool) -> None:
        super().__init__(palette)
        self._raw = raw
        self._pieces = pieces_of(raw)
        self._top = Spot(0, 0)
        self._hides = hide
        self._rows_of = lru_cache(maxsize=64)(self._laid_out)

    @property
    def done(self) -> float:
        """How much of the text is above the end of the screen, of one."""
        shown = [*islice(downward(self._top, len(self._pieces), self._height), self.size.height)]
        behind = self._pieces[shown[-1].line][1] if shown else len(self._raw)
        return behind / max(1, len(self._raw))

    def hide(self, *, hidden: bool) -> None:
        """Star the digits out, or show them."""
        self._hides = hidden
        self.forget_strips()
        self.repaint()

    def move(self, by: int) -> None:
        """Read on, or back, by so many rows; the last row stays on the screen."""
        room = max(1, self.size.height)
        if by < 0:
            before = [*islice(upward(self._top, self._height), -by)]
            self._top = before[-1] if before else self._top
        else:
            after = [*islice(downward(self._top, len(self._pieces), self._height), by + room)]
            self._top = after[max(0, min(by, len(after) - room))] if after else self._top
        self.paint_now()

    def to_end(self) -> None:
        """The last rows."""
        last = [*islice(upward(past_the_end(len(self._pieces)), self._height), max(1, self.size.height))]
        self._top = last[-1] if last else self._top
        self.paint_now()

    def to_start(self) -> None:
        """The first rows."""
        self._top = Spot(0, 0)
        self.paint_now()

    def forget_strips(self) -> None:
        """Rows depend on the width."""
        self._rows_of.cache_clear()

    def strip_at(self, y: int) -> Strip:
        """The row ``y``."""
        at = next(islice(downward(self._top, len(self._pieces), self._height), y, None), None)
        pieces = NO_PIECES if at is None else (Piece(self._rows_of(at.line)[at.row]),)
        return strip_of(pieces, Ground.POPUP, self.size.width, self.palette)

    def _height(self, index: int) -> int:
        return len(self._rows_of(index))

    def _laid_out(self, index: int) -> tuple[Displayable, ...]:
        start, end = self._pieces[index]
        raw = self._raw[start:end]
        text = reveal(_DIGIT.sub("*", raw) if self._hides else raw).removesuffix("\n")
        return tuple(Displayable(text[first:last]) for first, last in wrap(text, max(1, self.size.width)))
