"""The tab bar: one row with the open conversations, whom they belong to and who waits."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.view import TabRow
from agent_tui.theming import Palette
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.widgets.tab_rows import LaidTabs, lay_tabs
from api_client.models.identity import ConversationId
from themes.contract import Ground, Ink


class TabBar(PictureWidget):
    """Shows ``TabRow``s. Call ``show`` whenever they or the second changed; it paints only a difference."""

    DEFAULT_CSS = "TabBar { height: 1; }"

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, conversation: ConversationId) -> None:
            super().__init__()
            self.conversation = conversation

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._rows: Sequence[TabRow] = ()
        self._hint: Displayable = NOTHING
        self._now = 0.0
        self._laid = LaidTabs((), (), 0)

    def show(self, rows: Sequence[TabRow], server_now: float, hint: Displayable = NOTHING) -> None:
        """Show the open conversations; ``hint`` stands there when there are none."""
        self._rows, self._now, self._hint = rows, server_now, hint
        moments = [row.waiting_since for row in rows]
        moments += [None if row.promised is None else row.promised.until for row in rows]
        if self.wears((tuple(rows), hint, self.seconds(server_now, moments))):
            self._lay()
            self.paint_changes()

    def _lay(self) -> None:
        self._laid = lay_tabs(self._rows, self._now, self.size.width, self._laid.first)

    def on_resize(self) -> None:
        """Another width shows other tabs."""
        self._lay()
        self.repaint()

    def picture(self, y: int) -> Picture:
        """The one row."""
        if y or not self._rows:
            return Picture((Piece(Displayable(f" {self._hint}"), Ink.QUIET),), Ground.BAR)
        return Picture(self._laid.pieces, Ground.BAR)

    def on_click(self, event: events.Click) -> None:
        """Tells which tab lies under the mouse."""
        index = next((index for end, index in self._laid.ends if event.x < end), None)
        if index is not None:
            self.post_message(self.Chosen(self._rows[index].conversation))
