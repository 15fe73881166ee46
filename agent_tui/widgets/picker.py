"""A list to pick from, painted over the rest: canned responses, links, tags.

Its region has a height given by the screen. It never takes the focus: whoever has it hands keys over by
``take_key``, and what a key leads to is done before the next key is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from textual import events

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.cells import pad, width
from agent_tui.widgets.entry_line import EntryLine
from agent_tui.widgets.painting import NO_PIECES, Piece, Pieces, clip, row_width
from agent_tui.widgets.picker_model import PickerModel, PickRow
from agent_tui.widgets.picker_preview import Preview, PreviewRows
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.wording import say
from themes.contract import Ground, Ink

_NUMBERED = 9
_TITLE_CELLS = 40
"""Longer titles do not push the details of all rows to the right."""
_MEASURED = 50
"""Rows whose titles are measured for that."""
_GAP = Piece(Displayable("  "))


class Asking(Struct, frozen=True):
    """What is to be picked, and who is told."""

    title: Displayable
    empty: Displayable
    """What to do when there are no rows."""
    chosen: Callable[[tuple[str, ...]], None]
    """Told the ids: of one row, or of all checked ones. The list is closed already."""
    dismissed: Callable[[], None]
    """Told when it was closed without a choice."""
    filtered: Callable[[str], None] | None = None
    """Told what is typed to find; brings other rows by ``show_rows``. Without it nothing can be typed."""
    checked: frozenset[str] | None = None
    """Given, several rows can be picked, these to begin with."""
    label: Displayable = NOTHING
    """What stands before the line to type in, where it is not for finding."""
    hint: Displayable = NOTHING
    """What that line says while it is empty."""
    typed: str = ""
    """What stands in that line to begin with."""
    completes: bool = False
    """Tab puts the id of the row under the cursor into that line."""
    moved: Callable[[str], None] | None = None
    """Told the id of the row under the cursor when it is another."""
    settle: Callable[[], None] | None = None
    """Called before a key: brings rows up to date that were going to come a moment later."""
    preview: Callable[[str], Preview] | None = None
    """What stands beside the rows, about the one under the cursor."""


class Picker(PictureWidget):
    """Rows with title and detail, and numbers where nothing is typed. Hidden until ``open``."""

    DEFAULT_CSS = "Picker { display: none; height: 10; }"

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._asking: Asking | None = None
        self._title: Displayable = NOTHING
        self._empty: Displayable = NOTHING
        self._model = PickerModel()
        self._entry: EntryLine | None = None
        self._entry_hint: Displayable = NOTHING
        self._top = 0
        self._title_cells = 0
        self._at: str | None = None
        self._beside = PreviewRows()

    # --- opening and closing -------------------------------------------------------------------------

    def open(self, asking: Asking, rows: Sequence[PickRow]) -> None:
        """Show ``rows`` to pick from."""
        self._asking, self._title, self._empty, self._top = asking, asking.title, asking.empty, 0
        self._model = PickerModel(rows, asking.checked or frozenset())
        self._at = rows[0].id if rows else None
        self._title_cells = _widest(rows)
        self._entry = (
            None if asking.filtered is None else EntryLine(asking.label or say("Find:"), asking.typed)
        )
        self._entry_hint = asking.hint or say("type to find")
        self.display = True
        self._show_preview()
        self.paint_changes()

    def show_rows(
        self, rows: Sequence[PickRow], *, best_first: bool = True, empty: Displayable = NOTHING
    ) -> None:
        """Other rows: an answer to a filter, or what the prefix in the composer matches now."""
        self._model.show(rows, best_first=best_first)
        self._title_cells = _widest(rows)
        self._empty = empty or self._empty
        self._scroll()
        self._show_preview()
        self.paint_changes(now=True)

    def close(self) -> None:
        """Put it out of sight; tells nobody."""
        self._asking = None
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self._asking is not None

    def shows(self, asking: Asking | None) -> bool:
        """Whether this is what is open."""
        return asking is not None and self._asking is asking

    def asks(self, asking: Asking) -> bool:
        """Whether this is what is being picked."""
        return self._asking is asking

    @property
    def model(self) -> PickerModel:
        """Rows, cursor, checks."""
        return self._model

    # --- keys ----------------------------------------------------------------------------------------

    def take_paste(self, text: str) -> bool:
        """A paste goes into the line to type in, if there is one. Whether there is."""
        if self._entry is None or not self.is_open:
            return False
        self._entry.paste(text)
        self.paint_changes(now=True)
        self._tell_filter(self._entry)
        return True

    def take_key(self, key: str, character: str | None) -> bool:
        """Do what a key means while the list is open. Whether it meant anything."""
        asking = self._asking
        if asking is None:
            return False
        if asking.settle is not None:
            asking.settle()
        if key == "escape":
            self.close()
            asking.dismissed()
        elif key == "tab" and asking.completes:
            self._complete()
        elif key in {"enter", "tab"}:
            self._confirm()
        elif key in (steps := {"up": -1, "down": 1, "pageup": -self._room, "pagedown": self._room}):
            self._model.move(steps[key])
        elif key == "space" and asking.checked is not None:
            self._model.toggle()
            self._clear_filter()
        elif self._entry is None and key.isdecimal() and 1 <= int(key) <= _NUMBERED:
            self._pick(int(key) - 1)
        elif not self._typed(key, character):
            return False
        self._scroll()
        self._tell_moved()
        self._show_preview()
        self.paint_changes(now=True)
        return True

    def _tell_moved(self) -> None:
        row = self._model.current
        if self._asking is not None and row is not None and row.id != self._at:
            self._at = row.id
            if self._asking.moved is not None:
                self._asking.moved(row.id)

    def _typed(self, key: str, character: str | None) -> bool:
        entry = self._entry
        if entry is None:
            return False
        before = entry.text
        took = entry.key(key, character)
        if entry.text != before:
            self._tell_filter(entry)
        return took

    def _complete(self) -> None:
        found = self._model.current
        if self._entry is not None and found is not None and found.id != self._entry.text:
            self._entry = EntryLine(self._entry.label, found.id)
            self._tell_filter(self._entry)

    def _clear_filter(self) -> None:
        """The next one is looked for from the start."""
        if self._entry is not None and self._entry.text:
            self._entry = EntryLine(self._entry.label)
            self._tell_filter(self._entry)

    def _tell_filter(self, entry: EntryLine) -> None:
        if self._asking is not None and self._asking.filtered is not None:
            self._asking.filtered(entry.text)

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
        asking = self._asking
        if asking is not None:
            self.close()
            asking.chosen(ids)

    @property
    def _many(self) -> bool:
        return self._asking is not None and self._asking.checked is not None

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
        self._top = min(self._top, max(0, len(self._model.rows) - self._room))

    def on_resize(self) -> None:
        """Another height shows other rows."""
        self._scroll()
        self._show_preview()
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """Title, filter, rows."""
        if y == 0:
            return Picture(self._heading(), Ground.BAR)
        if y == 1 and self._entry is not None:
            return self._entry.picture(Ground.FIELD, self.size.width, self._entry_hint)
        index = self._top + y - self._head
        if not self._model.rows:
            words = Piece(Displayable(f" {self._empty}"), Ink.QUIET)
            return Picture((words,) if y == self._head else NO_PIECES, Ground.POPUP)
        ground = Ground.CHOSEN if index == self._model.cursor else Ground.POPUP
        row = self._row(index) if index < len(self._model.rows) else NO_PIECES
        return self._beside.picture(row, ground, y - self._head, self.size.width)

    def _show_preview(self) -> None:
        """What stands beside the rows is about the row under the cursor."""
        asking, row = self._asking, self._model.current
        if asking is None or asking.preview is None:
            self._beside.clear()
        else:
            self._beside.show(() if row is None else asking.preview(row.id), self.size.width)

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
        number = str(index + 1) if self._entry is None and index < _NUMBERED else " "
        check = ("[x] " if row.id in self._model.checked else "[ ] ") if self._many else ""
        ink = Ink.TEXT if row.enabled else Ink.QUIET
        head = (Piece(Displayable(f"{cursor}{number} {check}"), Ink.ACCENT), Piece(self._title_of(row), ink))
        room = self._beside.room(self.size.width) - row_width(head) - 2
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
