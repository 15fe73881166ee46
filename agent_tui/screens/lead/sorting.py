"""How one table of the board is arranged: by which column, and by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from agent_tui.desk.text import Displayable
from agent_tui.screens.casework import fits
from agent_tui.widgets.columns import Column, Row, arranged


@dataclass(slots=True)
class Arrangement(Generic[Row]):
    """What the lead has chosen for one table; it outlives the page."""

    columns: Sequence[Column[Row]]
    name: Callable[[Row], Displayable]
    sort: str
    query: str = ""

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that fit what is typed, in their order."""
        found = [row for row in rows if fits(self.name(row), self.query)]
        return arranged(found, self.columns, self.sort)

    def step(self, shown: Sequence[Column[Row]]) -> None:
        """Sort by the next of the columns that are shown."""
        names = [column.id for column in shown]
        at = names.index(self.sort) if self.sort in names else -1
        self.sort = names[(at + 1) % len(names)]
