"""Finding rows by what is typed: which keys are for the line, and when it goes away."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.theming import Palette
from agent_tui.widgets.filter_row import FilterRow


class Filtering:
    """The line of one page. ``changed`` is told what stands in it now."""

    def __init__(self, palette: Palette, changed: Callable[[str], None]) -> None:
        self.row = FilterRow(palette, id="filter")
        self._changed = changed
        self._typing = False
        """Letters are for the line; a move in the table ends that, and the line stays."""

    def open(self, query: str) -> None:
        """Type, or type on."""
        self._typing = True
        self.row.open(query)

    def keep(self, query: str) -> None:
        """Show a line that was typed on an earlier page, if any."""
        if query:
            self.row.open(query)

    def take_key(self, key: str, character: str | None) -> bool:
        """Whether a key was for the line."""
        if key == "escape" and self.row.display:
            self._typing = False
            self.row.close()
            self._changed("")
            return True
        if not self._typing:
            return False
        if key in {"up", "down", "pageup", "pagedown", "enter", "tab"}:
            self._typing = False
            return False
        if self.row.take_key(key, character):
            self._changed(self.row.text)
            return True
        return False
