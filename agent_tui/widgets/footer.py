"""The last row: what the agent was just told, for a while, else which keys do what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.notices import Told, Weight
from agent_tui.theming import Palette
from agent_tui.widgets.keys import Hint, KeyHints
from agent_tui.widgets.painting import Piece, spread
from agent_tui.widgets.pictures import Picture
from themes.contract import Ground, Ink

_SHOWN: Final = {Weight.FACT: 6.0, Weight.WARNING: 10.0, Weight.ERROR: 15.0}
"""Seconds that a notice stays."""
_MARKS: Final = {Weight.FACT: "i", Weight.WARNING: "!", Weight.ERROR: "✗"}


class Footer(KeyHints):
    """Key hints that make room for a notice."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._told: Told | None = None
        self._until = 0.0
        self._beside: tuple[tuple[Displayable, Displayable], ...] | None = None
        """The keys that held when the notice was new."""
        self._step: Displayable = NOTHING

    def tell(self, told: Told, now: float) -> None:
        """Show a notice from ``now`` (local seconds) on; the newest one counts."""
        self._told, self._until, self._beside = told, now + _SHOWN[told.weight], None
        self.paint_changes()

    def refresh_hints(self, hints: Sequence[Hint], now: float, step: Displayable = NOTHING) -> None:
        """Show these hints, unless a notice still stands; ``step`` beside either: what can be taken back.

        A mere fact makes room as soon as other keys hold than when it was told.
        """
        self._step = step
        named = tuple((hint.key, hint.label) for hint in hints)
        self._beside = named if self._beside is None else self._beside
        if self._told is not None and (now >= self._until or self._gives_way(named)):
            self._told = None
        self.show(hints)

    def _gives_way(self, named: tuple[tuple[Displayable, Displayable], ...]) -> bool:
        return self._told is not None and self._told.weight is Weight.FACT and named != self._beside

    def picture(self, y: int) -> Picture:
        """The one row."""
        row = self._left(y)
        if not self._step or y:
            return row
        ink = Ink.ON_ALARM if row.ground is Ground.ALARM else Ink.WARNING
        step = Piece(Displayable(f"↶ {self._step} "), ink)
        return row._replace(pieces=spread(row.pieces, (step,), self.size.width))

    def _left(self, y: int) -> Picture:
        told = self._told
        if told is None or y:
            return super().picture(y)
        if told.weight is Weight.FACT:
            words = Displayable(f" {_MARKS[told.weight]} {told.text}")
            return Picture((Piece(words, Ink.ACCENT),), Ground.BAR)
        words = Displayable(f" {_MARKS[told.weight]} {told.text}")
        return Picture((Piece(words, Ink.ON_ALARM),), Ground.ALARM)
