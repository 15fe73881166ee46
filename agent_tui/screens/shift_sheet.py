"""The shift sheet on the whole screen: what was done, what is left, and how a hand-over of all goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.pacing import PacedScreen
from agent_tui.widgets.painting import LineWidget, Piece, Pieces, strip_of
from themes.contract import Ground

_AGAIN: float = 0.5
"""Seconds between two looks at what has changed."""


class SheetLines(LineWidget):
    """Paints what it is given, from row ``top`` on, and ``hints`` on the last row."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._rows: Sequence[Pieces] = ()
        self._hints: Pieces = ()
        self._top = 0

    def put(self, rows: Sequence[Pieces], hints: Pieces) -> None:
        """Show these, if they are others."""
        if (rows, hints) != (self._rows, self._hints):
            self._rows, self._hints = rows, hints
            self.paint_now()

    def move(self, step: int) -> None:
        """Read on or back."""
        last = max(0, len(self._rows) - self.size.height + 1)
        self._top = min(last, max(0, self._top + step))
        self.paint_now()

    def strip_at(self, y: int) -> Strip:
        """The row ``y`` of the region."""
        if y == self.size.height - 1:
            return strip_of(self._hints, Ground.BAR, self.size.width, self.palette)
        index = self._top + y
        pieces = self._rows[index] if index < len(self._rows) else (Piece(NOTHING),)
        return strip_of((Piece(Displayable(" ")), *pieces), Ground.POPUP, self.size.width, self.palette)


class ShiftScreen(PacedScreen[str], ModalScreen[str]):
    """Ends with the key that asks for something else; an empty one goes back to the desk.

    Args:
        look: what stands on it now, and the hints.
        stay: does what a key means that leaves the sheet open; whether it means such a thing.
        ends: keys that end it.
    """

    def __init__(
        self,
        palette: Palette,
        *,
        look: Callable[[], tuple[Sequence[Pieces], Pieces]],
        stay: Callable[[str], bool],
        ends: frozenset[str],
    ) -> None:
        super().__init__()
        self._lines = SheetLines(palette)
        self._look = look
        self._stay = stay
        self._ends = ends

    def compose(self) -> ComposeResult:
        """The sheet, all over the screen."""
        yield self._lines

    def on_mount(self) -> None:
        """Show it, and go on showing what changes."""
        self.look_again()
        self.set_interval(_AGAIN, self.look_again)

    def look_again(self) -> None:
        """Something may have changed."""
        self._lines.put(*self._look())

    def on_key(self, event: events.Key) -> None:
        """Up and Down read on; Esc goes back."""
        event.stop()
        if self.handed_on(event):
            return
        page = max(1, self._lines.size.height - 2)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if event.key in steps:
            self._lines.move(steps[event.key])
        elif event.key in self._ends:
            self.dismiss(event.key)
        elif event.key == "escape":
            self.dismiss("")
        elif self._stay(event.key):
            self.look_again()
