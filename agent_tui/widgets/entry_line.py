"""One line to type in, as part of a widget: a filter, a search. Pure."""

from __future__ import annotations

from agent_tui.desk.text import Displayable
from agent_tui.widgets.cells import width
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.editing_keys import edit
from agent_tui.widgets.graphemes import boundary_after, clusters
from agent_tui.widgets.painting import Piece, row_width
from agent_tui.widgets.pictures import Picture, Span
from api_client.models.identity import ConversationId
from themes.contract import Ground, Ink

_NOBODY = ConversationId("")
_DOT = "•"


class EntryLine:
    """A text on one line with a cursor. ``label`` stands before it; a ``hidden`` text shows as dots."""

    def __init__(self, label: Displayable, text: str = "", *, hidden: bool = False) -> None:
        self.label = label
        self._hidden = hidden
        self._buffer = Buffer(_NOBODY, text.replace("\n", " "))

    @property
    def text(self) -> Displayable:
        """What is typed."""
        return self._buffer.text

    def key(self, key: str, character: str | None) -> bool:
        """Do what a key means. Whether it meant anything."""
        if key in {"home", "ctrl+a"}:
            self._buffer.move(0)
        elif key in {"end", "ctrl+e"}:
            self._buffer.move(len(self.text))
        else:
            return edit(self._buffer, key, character)
        return True

    def paste(self, text: str) -> None:
        """Put ``text`` in as one line."""
        self._buffer.insert(text.strip("\r\n") if self._hidden else " ".join(text.split()))

    def picture(self, ground: Ground, cells: int, hint: Displayable) -> Picture:
        """The line; its end is shown when it is longer than the room."""
        label = Piece(Displayable(f" {self.label} "), Ink.ACCENT)
        room = max(1, cells - row_width((label,)) - 1)
        text, at = self._face()
        start = _first_shown(text[:at], room)
        shown = Piece(Displayable(text[start:]), Ink.TEXT) if text else Piece(hint, Ink.QUIET)
        return Picture((label, shown), ground, None, _cursor(row_width((label,)), text, start, at))

    def _face(self) -> tuple[str, int]:
        """What stands there, and where the cursor is in it."""
        at = self._buffer.cursor
        if not self._hidden:
            return self.text, at
        return _DOT * len(list(clusters(self.text))), len(list(clusters(self.text[:at])))


def _first_shown(ahead: str, room: int) -> int:
    start = 0
    for cluster in clusters(ahead):
        if width(ahead[start:]) < room:
            break
        start += len(cluster)
    return start


def _cursor(margin: int, text: str, start: int, at: int) -> Span:
    column = margin + width(text[start:at])
    return column, column + max(1, width(text[at : boundary_after(text, at)]))
