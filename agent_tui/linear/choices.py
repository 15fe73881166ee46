"""A list to choose from by number, nine at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.wording import count, say

NINE: Final = 9


class Row(Struct, frozen=True):
    """Something to choose."""

    id: str
    title: Displayable
    detail: Displayable = NOTHING

    @property
    def words(self) -> Displayable:
        """As it is read out."""
        return Displayable(f"{self.title}, {self.detail}") if self.detail else self.title


class Choice(Struct):
    """An open list. Pure: what is said is returned.

    ``several``: a number marks or unmarks, and an empty line ends it.
    """

    title: Displayable
    rows: Sequence[Row]
    picked: Callable[[Sequence[str]], None]
    find: Callable[[str], Sequence[Row]] | None = None
    """The rows that fit some words."""
    several: bool = False
    marked: frozenset[str] = frozenset()
    first: int = 0
    """The row that has the number 1."""

    def read_out(self) -> list[Displayable]:
        """The title, nine rows at most, and what to press."""
        if not self.rows:
            return [say("{title}: nothing fits.", title=self.title)]
        here = self.rows[self.first : self.first + NINE]
        told = count("{title}, {n} entry.", "{title}, {n} entries.", len(self.rows), title=self.title)
        return [told, *(self._row(number, row) for number, row in enumerate(here, 1)), *self._how(len(here))]

    def _row(self, number: int, row: Row) -> Displayable:
        if not self.several:
            return say("{number}: {words}", number=number, words=row.words)
        if row.id in self.marked:
            return say("{number}: {words}, marked", number=number, words=row.words)
        return say("{number}: {words}, not marked", number=number, words=row.words)

    def _how(self, shown: int) -> list[Displayable]:
        further = [say("0: further entries.")] if len(self.rows) > NINE else []
        if self.several:
            return [*further, say("Numbers mark. Enter is done, Escape leaves.")]
        if self.find is not None:
            return [*further, say("Press a number, or type words and Enter. Escape leaves.")]
        return [*further, say("Press a number. Escape leaves.")] if shown else further

    def go_on(self) -> None:
        """To the next nine, after the last ones to the first."""
        self.first = self.first + NINE if self.first + NINE < len(self.rows) else 0

    def row(self, digit: int) -> Row | None:
        """The row with this number."""
        here = self.rows[self.first : self.first + NINE]
        return here[digit - 1] if 0 < digit <= len(here) else None

    def mark(self, row: Row) -> Displayable:
        """Mark or unmark it."""
        self.marked ^= {row.id}
        if row.id in self.marked:
            return say("{words}, marked", words=row.words)
        return say("{words}, not marked", words=row.words)
