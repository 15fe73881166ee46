"""Text being written: cursor, selection, undo. One buffer per conversation; pure, and safe to paint.

Offsets count code points and stand on grapheme boundaries, so that no key ever splits what the
reader sees as one character.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from msgspec.structs import replace

from agent_tui.desk.late import pattern
from agent_tui.desk.passages import NO_MARKS, Field, Marks, Passage, moved, with_passage
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.widgets.edit_history import Edit, EditHistory
from agent_tui.widgets.graphemes import boundary_after, boundary_before, is_boundary
from agent_tui.widgets.typeable import typeable
from api_client.models.identity import ConversationId
from canned.model import After
from canned.spans import gap_spans, gaps

_trigger = pattern(r"(?:\A|\s)(?:(/)([^\s/]\S*|)|(@)([^\s@]*)|(:)([^\W\d_]{2}[\w-]*:?))\Z")
_LONGEST_TRIGGER = 80
"""Characters looked back over; a longer word finds nothing."""


class Trigger(NamedTuple):
    """A word that began with a slash, or in a note with an ``@``, up to the cursor."""

    start: int
    """Where the sign stands."""
    prefix: str
    """What follows it."""
    sign: str = "/"


class Buffer:
    """A text being written to one conversation."""

    __slots__ = (
        "_anchor", "_cursor", "_history", "_marks", "_text", "conversation", "note", "title",
    )  # fmt: skip

    def __init__(
        self, conversation: ConversationId, text: str = "", *, note: bool = False, marks: Marks = NO_MARKS
    ) -> None:
        self.conversation = conversation
        self.note = note
        """Whether it becomes a note that the customer does not see."""
        self.title = NOTHING
        """What it is, where that is neither a reply nor a note."""
        self._text = typeable(text)
        self._marks = marks if self._text == text else NO_MARKS
        self._cursor = len(self._text)
        self._anchor: int | None = None
        self._history = EditHistory()

    @property
    def text(self) -> Displayable:
        """All of it; it holds printable characters and line feeds only."""
        return self._text

    @property
    def marks(self) -> Marks:
        """Canned responses in it, and fields to fill in."""
        return self._marks

    @property
    def cursor(self) -> int:
        """Code points before the cursor."""
        return self._cursor

    @property
    def selection(self) -> tuple[int, int] | None:
        """Start and end of the selected text, never empty."""
        if self._anchor is None or self._anchor == self._cursor:
            return None
        return min(self._anchor, self._cursor), max(self._anchor, self._cursor)

    @property
    def selected(self) -> str:
        """The selected text."""
        return self._text[slice(*self.selection)] if self.selection else ""

    # --- changing ------------------------------------------------------------------------------------

    def insert(self, text: str) -> None:
        """Put ``text`` in the place of the selection, or at the cursor."""
        start, end = self.selection or (self._cursor, self._cursor)
        self._replace(start, end, typeable(text))

    def replace(self, text: str) -> None:
        """Put ``text`` in the place of everything; one step to undo."""
        self._replace(0, len(self._text), typeable(text))

    def append(self, text: str) -> None:
        """Put ``text`` behind everything, on lines of its own; the cursor stays unless there was nothing."""
        at, begun = self._cursor, self._text
        self.move(len(begun))
        self.insert(f"\n{text}" if begun else text)
        self._history.close()
        if begun:
            self.move(at)

    def erase_back(self) -> None:
        """Take away the selection, or the character before the cursor."""
        self._erase(boundary_before(self._text, self._cursor))

    def erase_forward(self) -> None:
        """Take away the selection, or the character after the cursor."""
        self._erase(boundary_after(self._text, self._cursor))

    def erase_word_back(self) -> None:
        """Take away the selection, or the word before the cursor."""
        self._erase(self._word_before())

    def erase_word_forward(self) -> None:
        """Take away the selection, or the word after the cursor."""
        self._erase(self._word_after())

    def erase_to_line_start(self) -> None:
        """Take away the selection, or the line up to the cursor."""
        start = self._line_start()
        self._erase(start if start < self._cursor else boundary_before(self._text, self._cursor))

    def _erase(self, to: int) -> None:
        start, end = self.selection or sorted((to, self._cursor))
        if start != end:
            self._replace(start, end, Displayable(""))

    def _replace(self, start: int, end: int, inserted: str) -> None:
        before, removed, cursor = self._marks, self._text[start:end], self._cursor
        if not (removed or inserted):
            return
        self._apply(start, end, inserted)
        self._marks = moved(before, start, end, len(inserted))
        self._history.add(Edit(start, removed, inserted, cursor, before, self._marks))

    def _apply(self, start: int, end: int, inserted: str) -> None:
        self._text = Displayable(self._text[:start] + inserted + self._text[end:])
        self._anchor = None
        self._cursor = self._on_boundary(start + len(inserted))

    def _on_boundary(self, at: int) -> int:
        """Joined with what follows, an inserted end may lie within a cluster."""
        if is_boundary(self._text, at):
            return at
        return boundary_after(self._text, boundary_before(self._text, at))

    def undo(self) -> None:
        """Take back the last change; words typed in one go come back word by word."""
        edit = self._history.undone()
        if edit is not None:
            self._apply(edit.at, edit.at + len(edit.inserted), edit.removed)
            self._cursor = self._on_boundary(edit.cursor)
            self._marks = edit.before
            self._history.close()

    def redo(self) -> None:
        """Make the change again that was taken back."""
        edit = self._history.redone()
        if edit is not None:
            self._apply(edit.at, edit.at + len(edit.removed), edit.inserted)
            self._marks = edit.after
            self._history.close()

    # --- moving --------------------------------------------------------------------------------------

    def move(self, to: int, *, select: bool = False) -> None:
        """Put the cursor at ``to`` (the next boundary); ``select`` keeps the other end where it was."""
        if select and self._anchor is None:
            self._anchor = self._cursor
        elif not select:
            self._anchor = None
        self._cursor = self._on_boundary(min(max(0, to), len(self._text)))
        self._history.close()
        self._fill_in(None)

    def left(self, *, select: bool = False) -> None:
        """One character back, or to the selection's start."""
        at = self.selection[0] if self.selection and not select else boundary_before(self._text, self._cursor)
        self.move(at, select=select)

    def right(self, *, select: bool = False) -> None:
        """One character on, or to the selection's end."""
        at = self.selection[1] if self.selection and not select else boundary_after(self._text, self._cursor)
        self.move(at, select=select)

    def word_left(self, *, select: bool = False) -> None:
        """To the start of the word."""
        self.move(self._word_before(), select=select)

    def word_right(self, *, select: bool = False) -> None:
        """Past the end of the word."""
        self.move(self._word_after(), select=select)

    def _word_before(self) -> int:
        text, at = self._text, self._cursor
        while at and text[at - 1].isspace():
            at -= 1
        solid = at and _in_word(text[at - 1])
        while at and not text[at - 1].isspace() and _in_word(text[at - 1]) == solid:
            at -= 1
        return at if is_boundary(text, at) else boundary_before(text, at)

    def _word_after(self) -> int:
        found = re.compile(r"\s*(\w+|[^\w\s]+|\Z)").match(self._text, self._cursor)
        return self._on_boundary(found.end()) if found else len(self._text)

    def _line_start(self) -> int:
        return self._text.rfind("\n", 0, self._cursor) + 1

    # --- completion ----------------------------------------------------------------------------------

    def trigger(self) -> Trigger | None:
        """The slash, ``@`` or colon word the cursor stands at the end of; ``None`` without one."""
        found = _trigger().search(self._text, max(0, self._cursor - _LONGEST_TRIGGER), self._cursor)
        if found is None or self.selection or (found[3] and not self.note):
            return None
        sign, prefix = next((found[n], found[n + 1]) for n in (1, 3, 5) if found[n])
        return Trigger(self._cursor - len(prefix) - 1, prefix, sign)

    def replace_trigger(self, text: str) -> None:
        """Put ``text`` in the place of the slash word; at the cursor when there is none."""
        trigger = self.trigger()
        start = self._cursor if trigger is None else trigger.start
        self._history.close()
        self._replace(start, self._cursor, typeable(text))
        self._history.close()

    # --- canned responses and their fields -----------------------------------------------------------

    def place(self, text: Displayable, passage: Passage, fields: tuple[Field, ...]) -> None:
        """Put a canned response in the place of the slash word, and go to its first gap.

        ``text`` is typeable; the places of ``passage`` and ``fields`` count from its beginning.
        """
        trigger = self.trigger()
        at = self._cursor if trigger is None else trigger.start
        self._fill_in(None)
        self.replace_trigger(text)
        self._marks = with_passage(self._marks, passage, fields, at)
        self._history.remark(self._marks)
        here = range(at, at + len(text))
        gap = next(
            (n for n, one in enumerate(self._marks.fields) if one.start in here and self._gap(one)), None
        )
        if gap is not None:
            self._go_to_field(gap)

    def remark(self, marks: Marks) -> None:
        """These are the places in the text as it stands."""
        self._marks = marks

    def walk(self, step: int) -> None:
        """Go ``step`` fields on (1) or back (-1); past the last one stands the end of the text."""
        fields = self._marks.fields
        if not fields:
            self.go_to_gap()
            return
        self._fill_alike()
        fields, current = self._marks.fields, self._marks.current
        if current is None:
            ahead = sum(field.start < self._cursor for field in fields)
            current = ahead - 1 if step > 0 else ahead
            if ahead == len(fields) and step > 0:
                current = -1
        to = current + step
        if to == len(fields):
            self.move(len(self._text))
        else:
            self._go_to_field(to % len(fields))

    def choose(self, step: int) -> bool:
        """Put the next choice (or, with -1, the one before) into the field. Whether it offers any."""
        field = self._marks.field
        if field is None or not field.choices:
            return False
        choices = [typeable(choice) for choice in field.choices]
        held = self._text[field.start : field.end]
        at = choices.index(Displayable(held)) + step if held in choices else min(step, 0)
        self._history.close()
        self._replace(field.start, field.end, choices[at % len(choices)])
        self._go_to_field(self._marks.current)
        return True

    def forget_afterwards(self) -> None:
        """The canned responses are words alone: nothing follows them."""
        passages = (replace(passage, after=After()) for passage in self._marks.passages)
        self._marks = replace(self._marks, passages=tuple(passages))

    def go_to_gap(self) -> None:
        """Go to the first place that nothing fills yet."""
        found = gap_spans(self._text)
        if found:
            places = [(field.start, field.end) for field in self._marks.fields]
            place = (found[0].start, found[0].end)
            if place in places:
                self._go_to_field(places.index(place))
            else:
                self._select(*place)

    def _go_to_field(self, index: int | None) -> None:
        if index is not None:
            field = self._marks.fields[index]
            self._select(field.start, field.end)
            self._fill_in(index)

    def _select(self, start: int, end: int) -> None:
        self.move(start)
        self.move(end, select=True)

    def _fill_in(self, index: int | None) -> None:
        if self._marks.current != index:
            self._marks = replace(self._marks, current=index)

    def _gap(self, field: Field) -> bool:
        return bool(gaps(self._text[field.start : field.end]))

    def _fill_alike(self) -> None:
        """What was filled in goes into the gaps of the same name too."""
        field = self._marks.field
        if field is None or self._gap(field):
            return
        filled = self._text[field.start : field.end]
        for index, other in enumerate(self._marks.fields):
            here = self._marks.fields[index]
            if _alike(other.name, field.name) and self._gap(here):
                self._history.close()
                self._replace(here.start, here.end, filled)


def _alike(one: str, other: str) -> bool:
    """A gap is named in words, ``reply by``, the field it stands for as it was written, ``reply_by``."""
    return one.replace("_", " ") == other.replace("_", " ")


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.combining(character) > 0
