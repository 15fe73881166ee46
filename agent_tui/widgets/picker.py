"""A list to pick from, painted over the rest: canned responses, links, tags.

Its region has a height given by the screen. With ``filtering`` it has a line to type in and takes the
focus; without, somebody else (the composer) hands it keys by ``take_key`` and keeps the focus.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.cells import pad, width
from agent_tui.widgets.entry_line import EntryLine
from agent_tui.widgets.painting import NO_PIECES, Piece, Pieces, clip, row_width
from agent_tui.widgets.picker_model import PickerModel, PickRow
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.wording import say
from themes.contract import Ground, Ink

_NUMBERED = 9
_TITLE_CELLS = 40
"""Longer titles do not push the details of all rows to the right."""
_MEASURED = 50
"""Rows whose titles are measured for that."""
_GAP = Piece(Displayable("  "))


class Picker(PictureWidget):
    """Rows with number, title and detail. Hidden until ``open``."""

    DEFAULT_CSS = "Picker { display: none; height: 10; }"
    can_focus = True

    class Chosen(Message):
        """One row was picked, or Enter confirmed the checked ones. ``kind`` is what ``open`` was given."""

        def __init__(self, kind: str, ids: tuple[str, ...]) -> None:
            super().__init__()
            self.kind = kind
            self.ids = ids

    class Dismissed(Message):
        """Closed without a choice."""

        def __init__(self, kind: str) -> None:
            super().__init__()
            self.kind = kind

    class FilterChanged(Message):
        """Other rows are wanted for this text; ``show_rows`` brings them."""

        def __init__(self, kind: str, text: str) -> None:
            super().__init__()
            self.kind = kind
            self.text = text

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._kind = ""
        self._title: Displayable = NOTHING
        self._empty: Displayable = NOTHING
        self._model = PickerModel()
        self._entry: EntryLine | None = None
        self._many = False
        self._numbers = True
        self._top = 0
        self._title_cells = 0

    # --- opening and closing -------------------------------------------------------------------------

    def open(
        self,
        kind: str,
        title: Displayable,
        rows: Sequence[PickRow],
        *,
        empty: Displayable,
        checked: frozenset[str] | None = None,
        filtering: bool = False,
        numbers: bool = True,
    ) -> None:
        """Show ``rows`` to pick one, or, when ``checked`` is given, several.

        ``empty``: what to do when there are no rows. ``numbers``: 1 to 9 pick at once; leave it out
        where digits are typed in the filter.
        """
        self._kind, self._title, self._empty = kind, title, empty
        self._many, self._numbers, self._top = checked is not None, numbers, 0
        self._model = PickerModel(rows, checked or frozenset())
        self._title_cells = _widest(rows)
        self._entry = EntryLine(say("Find:")) if filtering else None
        self.display = True
        self.paint_changes()

    def show_rows(
        self, rows: Sequence[PickRow], *, best_first: bool = True, empty: Displayable = NOTHING
    ) -> None:
        """Other rows: an answer to a filter, or what the prefix in the composer matches now."""
        self._model.show(rows, best_first=best_first)
        self._title_cells = _widest(rows)
        self._empty = empty or self._empty
        self._scroll()
        self.paint_changes(now=True)

    def close(self) -> None:
        """Put it out of sight; posts nothing."""
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return bool(self.display)

    @property
    def model(self) -> PickerModel:
        """Rows, cursor, checks."""
        return self._model

    # --- keys ----------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """With a line to type in, keys come here."""
        if self.take_key(event.key, event.character):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """A paste goes into the filter."""
        event.stop()
        if self._entry is not None:
            self._entry.paste(event.text)
            self.paint_changes(now=True)
            self._filter_changed(self._entry)

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002  Textual calls it so
        """Single letters are for the filter."""
        return self._entry is not None and character is not None and character.isprintable()

    def take_key(self, key: str, character: str | None) -> bool:
        """Do what a key means while the list is open. Whether it meant anything."""
        if not self.is_open:
            return False
        if key == "escape":
            self.close()
            self.post_message(self.Dismissed(self._kind))
        elif key in {"enter", "tab"}:
            self._confirm()
        elif key in (steps := {"up": -1, "down": 1, "pageup": -self._room, "pagedown": self._room}):
            self._model.move(steps[key])
        elif key == "space" and self._many:
            self._model.toggle()
            self._clear_filter()
        elif self._numbers and key.isdecimal() and 1 <= int(key) <= _NUMBERED:
            self._pick(int(key) - 1)
        elif not self._typed(key, character):
            return False
        self._scroll()
        self.paint_changes(now=True)
        return True

    def _typed(self, key: str, character: str | None) -> bool:
        entry = self._entry
        if entry is None:
            return False
        before = entry.text
        took = entry.key(key, character)
        if entry.text != before:
            self._filter_changed(entry)
        return took

    def _clear_filter(self) -> None:
        """The next one is looked for from the start."""
        if self._entry is not None and self._entry.text:
            self._entry = EntryLine(self._entry.label)
            self._filter_changed(self._entry)

    def _filter_changed(self, entry: EntryLine) -> None:
        self.post_message(self.FilterChanged(self._kind, entry.text))

    def _pick(self, index: int) -> None:
        if self._many:
            self._model.toggle(index)
        elif (chosen := self._model.choose(index)) is not None:
            self._done((chosen,))

    def _confirm(self) -> None:
        if self._many:
            self._check_found()
            self._done(tuple(sorted(self._model.checked)))
        elif (chosen := self._model.choose()) is not None:
            self._done((chosen,))

    def _check_found(self) -> None:
        """What was looked for is meant, without marking it first."""
        found = self._model.current
        if self._entry is not None and self._entry.text and found is not None and found.enabled:
            self._model.checked.add(found.id)

    def _done(self, ids: tuple[str, ...]) -> None:
        self.close()
        self.post_message(self.Chosen(self._kind, ids))

    def on_click(self, event: events.Click) -> None:
        """A click picks or checks the row under the mouse."""
        index = self._top + event.y - self._head
        if event.y >= self._head and index < len(self._model.rows):
            self._pick(index)
            self.paint_changes(now=True)

    # --- painting ------------------------------------------------------------------------------------

    @property
    def _head(self) -> int:
        """Rows above the list: the title, and the line to type in."""
        return 1 if self._entry is None else 2

    @property
    def _room(self) -> int:
        return max(1, self.size.height - self._head)

    def _scroll(self) -> None:
        cursor = self._model.cursor
        self._top = min(max(self._top, cursor - self._room + 1, 0), cursor)

    def picture(self, y: int) -> Picture:
        """Title, filter, rows."""
        if y == 0:
            return Picture(self._heading(), Ground.BAR)
        if y == 1 and self._entry is not None:
            return self._entry.picture(Ground.FIELD, self.size.width, say("type to find"))
        index = self._top + y - self._head
        if not self._model.rows:
            words = Piece(Displayable(f" {self._empty}"), Ink.QUIET)
            return Picture((words,) if y == self._head else NO_PIECES, Ground.POPUP)
        if index >= len(self._model.rows):
            return Picture(NO_PIECES, Ground.POPUP)
        ground = Ground.CHOSEN if index == self._model.cursor else Ground.POPUP
        return Picture(self._row(index), ground)

    def _heading(self) -> Pieces:
        keys = (
            say(" · Space: mark several · Enter: done · Esc: leave")
            if self._many
            else say(" · Enter: pick · Esc: leave")
        )
        return (Piece(Displayable(f" {self._title}"), Ink.ACCENT), Piece(keys, Ink.QUIET))

    def _row(self, index: int) -> Pieces:
        row = self._model.rows[index]
        cursor = "▸" if index == self._model.cursor else " "
        number = str(index + 1) if self._numbers and index < _NUMBERED else " "
        check = ("[x] " if row.id in self._model.checked else "[ ] ") if self._many else ""
        ink = Ink.TEXT if row.enabled else Ink.QUIET
        head = (Piece(Displayable(f"{cursor}{number} {check}"), Ink.ACCENT), Piece(self._title_of(row), ink))
        room = self.size.width - row_width(head) - 2
        return (
            (*head, *clip((Piece(Displayable("  ")), Piece(row.detail, Ink.QUIET)), room))
            if room > 0
            else head
        )

    def _title_of(self, row: PickRow) -> Displayable:
        """Titles as wide as each other, so that details stand in a column; a longer one keeps its end."""
        return pad(row.title, self._title_cells) if width(row.title) < self._title_cells else row.title


def _widest(rows: Sequence[PickRow]) -> int:
    return min(_TITLE_CELLS, max((width(row.title) for row in rows[:_MEASURED]), default=0))
