"""The row to filter a table in: there while something is typed."""

from __future__ import annotations

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.entry_line import EntryLine
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.wording import say
from themes.contract import Ground


class FilterRow(PictureWidget):
    """One line to type in. Keys are handed over by whoever has them."""

    DEFAULT_CSS = "FilterRow { display: none; height: 1; }"

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._entry = EntryLine(say("Find:"))

    @property
    def text(self) -> Displayable:
        """What is typed."""
        return self._entry.text

    def open(self, text: str) -> None:
        """Be there, with ``text`` to go on with."""
        self._entry = EntryLine(say("Find:"), text)
        self.display = True
        self.paint_changes()

    def close(self) -> None:
        """Be gone."""
        self.display = False

    def take_key(self, key: str, character: str | None) -> bool:
        """Do what a key means for the line. Whether it meant anything."""
        took = self._entry.key(key, character)
        self.paint_changes(now=True)
        return took

    def picture(self, y: int) -> Picture:  # noqa: ARG002  there is one row
        """The line."""
        return self._entry.picture(Ground.FIELD, self.size.width, say("type to find · Esc: all rows"))
