"""A list of things that can be changed, each with its label and what it is now."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from msgspec import Struct
from textual import events

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.cells import pad, width
from agent_tui.widgets.painting import Piece, Pieces
from agent_tui.widgets.row_list import RowList
from themes.contract import Ink


class Labelled(Struct, frozen=True):
    """A row."""

    key: str
    label: Displayable
    value: Displayable
    ink: Ink = Ink.TEXT
    """How the value matters."""


class LabelledRows(RowList):
    """Labels in one column, values in the next. ``picked`` is told the key of a row."""

    DEFAULT_CSS = "LabelledRows { height: 1fr; }"

    def __init__(self, palette: Palette, picked: Callable[[str], object], *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._picked = picked
        self._rows: Sequence[Labelled] = ()
        self._title: Displayable = NOTHING

    def show(self, title: Displayable, rows: Sequence[Labelled]) -> None:
        """Show these rows under ``title``."""
        self._title, self._rows = title, rows
        self.rows_changed()

    def on_key(self, event: events.Key) -> None:
        """Keys go by the page, where one may be for a line that is typed in."""
        event.prevent_default()

    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    def key_of(self, index: int) -> Hashable:
        """What the row changes."""
        return self._rows[index].key

    def heading(self) -> Pieces:
        """The title."""
        return (Piece(Displayable(f"  {self._title}"), Ink.ACCENT),)

    def empty(self) -> Pieces:
        """There is always something."""
        return ()

    def row(self, index: int) -> Pieces:
        """A label, and what it is now."""
        row = self._rows[index]
        cells = max(width(one.label) for one in self._rows)
        return (Piece(pad(row.label, cells + 2), Ink.QUIET), Piece(row.value, row.ink))

    def picked(self, index: int) -> None:
        """Enter or a click."""
        self._picked(self._rows[index].key)
