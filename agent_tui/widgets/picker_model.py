"""A list to pick from by cursor, number or check mark. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from msgspec import Struct

from agent_tui.desk.text import NOTHING, Displayable


class PickRow(Struct, frozen=True):
    """Something to pick. ``id`` comes back; ``enabled`` is false where ``detail`` says why not."""

    id: str
    title: Displayable
    detail: Displayable = NOTHING
    enabled: bool = True


class PickerModel:
    """Rows, the cursor, and what is checked. The cursor stays with its row while rows come and go."""

    def __init__(self, rows: Sequence[PickRow] = (), checked: frozenset[str] = frozenset()) -> None:
        self.rows = rows
        self.checked = set(checked)
        self.cursor = 0

    def show(self, rows: Sequence[PickRow], *, best_first: bool) -> None:
        """Other rows; with ``best_first`` the cursor goes to the first one, else it stays with its row."""
        at = self.current
        self.rows = rows
        self.cursor = 0 if best_first or at is None else self._index(at.id)

    def _index(self, wanted: Hashable) -> int:
        found = (index for index, row in enumerate(self.rows) if row.id == wanted)
        return next(found, min(self.cursor, max(0, len(self.rows) - 1)))

    @property
    def current(self) -> PickRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def move(self, by: int) -> None:
        """Move the cursor, around the ends when by one, else not past them."""
        if not self.rows:
            return
        to = self.cursor + by
        self.cursor = to % len(self.rows) if abs(by) == 1 else min(max(0, to), len(self.rows) - 1)

    def choose(self, index: int | None = None) -> str | None:
        """The id of the row at ``index`` or under the cursor; ``None`` when it cannot be picked."""
        at = self.cursor if index is None else index
        if at < len(self.rows) and self.rows[at].enabled:
            self.cursor = at
            return self.rows[at].id
        return None

    def toggle(self, index: int | None = None) -> None:
        """Check a row, or no longer."""
        chosen = self.choose(index)
        if chosen is not None:
            self.checked ^= {chosen}
