"""A list of rows with a cursor that stays with its row. Only rows on the screen are ever composed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from typing import TypeVar

from textual import events

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.painting import NO_PIECES, Piece, Pieces
from agent_tui.widgets.pictures import Picture, PictureWidget
from themes.contract import Ground, Ink

NO_MARK = Displayable("  ")
_WHEEL_ROWS = 3

T = TypeVar("T")


class RowList(PictureWidget):
    """Rows under a heading. Up, Down, Home, End move; Enter or a click picks; Space toggles."""

    can_focus = True

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._cursor = 0
        self._key: Hashable = None
        self._top = 0

    # --- what a list says of itself ------------------------------------------------------------------

    @abstractmethod
    def count(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def key_of(self, index: int) -> Hashable:
        """What the row stands for, so that the cursor finds it again."""

    @abstractmethod
    def row(self, index: int) -> Pieces:
        """A row's pieces."""

    def below(self, index: int) -> Pieces:  # noqa: ARG002  for lists whose rows are two high
        """The second row of a row, where ``tall`` is 2."""
        return NO_PIECES

    @property
    def tall(self) -> int:
        """Terminal rows that each row takes: 1, or 2 where the list is too narrow for one."""
        return 1

    @abstractmethod
    def heading(self) -> Pieces:
        """What stands above the rows."""

    @abstractmethod
    def empty(self) -> Pieces:
        """What stands there when there are no rows: what to do next."""

    def mark(self, index: int, *, chosen: bool) -> Displayable:  # noqa: ARG002  for lists with numbers
        """The two cells before a row: whether the cursor is there."""
        return Displayable("▸ ") if chosen else NO_MARK

    def picked(self, index: int) -> None:
        """Enter or a click on a row."""

    def toggled(self, index: int) -> None:
        """Space on a row."""

    # --- showing only what is new --------------------------------------------------------------------

    def in_sight(self, rows: Sequence[T]) -> Sequence[T]:
        """Those of ``rows`` that are on the screen."""
        return rows[self._top : self._top + self._room]

    # --- the cursor ----------------------------------------------------------------------------------

    @property
    def cursor(self) -> int | None:
        """The index of the row under the cursor; ``None`` when there are no rows."""
        return self._cursor if self.count() else None

    def rows_changed(self, *, settled: bool = True) -> None:
        """Find the cursor's row again and paint what looks different.

        Until the rows are ``settled``, a cursor that nobody has moved stays on whatever comes first.
        """
        if settled or self._key is not None:
            self._follow()
        self._scroll()
        self.paint_changes()

    def _follow(self) -> None:
        count = self.count()
        if self._cursor >= count or self.key_of(self._cursor) != self._key:
            found = next((index for index in range(count) if self.key_of(index) == self._key), None)
            self._cursor = min(self._cursor, max(0, count - 1)) if found is None else found
        self._key = self.key_of(self._cursor) if count else None

    def move(self, by: int) -> None:
        """Move the cursor by so many rows, not past the ends."""
        if self.count():
            self._cursor = min(max(0, self._cursor + by), self.count() - 1)
            self._key = self.key_of(self._cursor)
            self._scroll()
            self.paint_changes(now=True)

    def _scroll(self) -> None:
        room = self._room
        self._top = min(max(self._top, self._cursor - room + 1, 0), self._cursor)
        self._top = max(0, min(self._top, self.count() - room))

    @property
    def _room(self) -> int:
        return max(1, (self.size.height - 1) // self.tall)

    @property
    def has_keys(self) -> bool:
        """Whether the cursor shows: keys are for this list."""
        return self.has_focus

    # --- keys and mouse ------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Move, pick or toggle; any other key goes on to the screen."""
        if self.take_key(event.key):
            event.stop()
            event.prevent_default()

    def take_key(self, key: str) -> bool:
        """Do what a key means for the list. Whether it meant anything."""
        steps = {"up": -1, "down": 1, "home": -self.count(), "end": self.count()}
        steps |= {"pageup": 1 - self._room, "pagedown": self._room - 1}
        if key in steps:
            self.move(steps[key])
        elif key == "enter" and self.count():
            self.picked(self._cursor)
        elif key == "space" and self.count():
            self.toggled(self._cursor)
        else:
            return False
        return True

    def on_click(self, event: events.Click) -> None:
        """A click picks the row under the mouse."""
        index = self._top + (event.y - 1) // self.tall
        if event.y and index < self.count():
            self.move(index - self._cursor)
            self.picked(index)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.move(-_WHEEL_ROWS)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.move(_WHEEL_ROWS)

    # --- painting ------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Another height shows other rows."""
        self._scroll()
        self.repaint()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  Textual calls it so
        """The cursor shows where keys go."""
        super().watch_has_focus(has_focus)
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """The heading, then the rows from the first one shown."""
        if y == 0:
            return Picture(self.heading(), Ground.BAR)
        further, part = divmod(y - 1, self.tall)
        index = self._top + further
        if not self.count():
            return Picture(self.empty() if y == 1 else NO_PIECES, Ground.PANEL)
        if index >= self.count():
            return Picture(NO_PIECES, Ground.PANEL)
        chosen = index == self._cursor and self.has_keys
        mark = Piece(NO_MARK if part else self.mark(index, chosen=chosen), Ink.ACCENT)
        pieces = self.below(index) if part else self.row(index)
        return Picture((mark, *pieces), Ground.CHOSEN if chosen else Ground.PANEL)
