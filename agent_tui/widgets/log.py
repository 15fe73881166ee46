"""The message log: one widget for all conversations, shown the open one's lines and the reader's place.

Only rows on the screen are ever wrapped, so the length of a conversation costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from itertools import islice
from typing import ClassVar

from msgspec.structs import replace
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from agent_tui.desk.lines import find
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.transcript import Line, Older, Transcript
from agent_tui.theming import Palette
from agent_tui.widgets.cells import wrap
from agent_tui.widgets.log_frame import LogFrame
from agent_tui.widgets.log_rows import Look, new_below
from agent_tui.widgets.log_selection import cells_between, code_point_at
from agent_tui.widgets.log_view import LogView, Spot, cut_out, downward, thumb, upward
from agent_tui.widgets.painting import NO_PIECES, LineWidget, Piece, Pieces, Row, restyled, strip_of
from agent_tui.wording import say
from themes.contract import Ground, Ink

_ROWS_PER_LINE = 1 << 16
"""Numbers rows for the mouse selection: ``line number * this + row``."""

_WHEEL_ROWS = 3


class MessageLog(LineWidget):
    """Shows the lines of one conversation at the reader's place.

    ``zone``: whose time of day is shown, ``None`` for the machine's own. ``retry_key``: the label of
    the key that sends a failed line again. ``end_key``: the label of the one that goes to the newest.
    The last row is kept for typing marks and new lines below.
    """

    ALLOW_SELECT: ClassVar[bool] = True

    class OlderWanted(Message):
        """The reader is at the first line known, and earlier ones exist."""

    def __init__(
        self,
        palette: Palette,
        *,
        zone: tzinfo | None = None,
        retry_key: Displayable = NOTHING,
        end_key: Displayable = NOTHING,
        reveal_key: Displayable = NOTHING,
        mark_key: Displayable = NOTHING,
        id: str | None = None,  # noqa: A002  Textual's own word
    ) -> None:
        super().__init__(palette, id=id)
        self._end_key = end_key
        self._look = Look(0, zone, retry_key, reveal_key=reveal_key, mark_key=mark_key)
        self._transcript = Transcript()
        self._view = LogView()
        self._typing: Displayable = NOTHING
        self._hint: Displayable = NOTHING
        self._shown: tuple[object, ...] = ()
        self._frame = LogFrame(self._transcript, self._view, self._look)
        self._selection: Selection | None = None

    # --- what is shown -------------------------------------------------------------------------------

    def show(
        self,
        transcript: Transcript,
        view: LogView,
        *,
        typing: Displayable = NOTHING,
        hint: Displayable = NOTHING,
    ) -> None:
        """Show a conversation; call again whenever it may have changed, it is cheap when it has not.

        ``typing``: who is writing at the moment, as a sentence. ``hint``: what to do when there are
        no lines.
        """
        facts = (transcript.revision, len(transcript.lines), transcript.older)
        shown = (id(transcript), id(view), facts, typing, hint)
        if shown == self._shown:
            return
        switched = view is not self._view
        self._shown, self._transcript, self._view = shown, transcript, view
        self._typing, self._hint = typing, hint
        self._frame.show(transcript, view)
        self._catch_up(switched)
        self._moved()

    def reveal(self, *, revealed: bool) -> None:
        """Show private numbers, or hide them again."""
        self._look_like(replace(self._look, reveal=revealed))

    def space_out(self, *, airy: bool) -> None:
        """Put a blank row between messages, or none."""
        self._look_like(replace(self._look, airy=airy))

    def _look_like(self, look: Look) -> None:
        if look != self._look:
            self._look = look
            self._frame.look_like(look)
            self.repaint()

    def _catch_up(self, switched: bool) -> None:  # noqa: FBT001  private, one caller
        lines = self._transcript.lines
        came = lines[-news:] if (news := self._view.catch_up(lines)) else []
        if switched:
            unread = next((line for line in came if not line.mine), None)
            self._view.first_unread = None if unread is None else unread.key
        elif any(line.mine for line in came):
            self._view.first_unread = None

    # --- moving --------------------------------------------------------------------------------------

    def line_up(self, rows: int = 1) -> None:
        """Towards earlier lines."""
        frame = self._spots()
        if not frame:
            return
        before = list(islice(upward(frame[0], self._sight.height_of), rows))
        if before:
            self._go(before[-1])
        self._want_older()

    def line_down(self, rows: int = 1) -> None:
        """Towards later lines."""
        frame = self._spots()
        if frame and not self._view.following:
            after = list(islice(downward(frame[0], self._count, self._sight.height_of), rows + 1))
            self._go(after[-1])

    def page_up(self) -> None:
        """A screen towards earlier lines; one row stays in sight."""
        self.line_up(max(1, self._room - 1))

    def page_down(self) -> None:
        """A screen towards later lines; one row stays in sight."""
        self.line_down(max(1, self._room - 1))

    def to_start(self) -> None:
        """To the first line known."""
        if self._count:
            self._go(Spot(0, 0))
            self._want_older()

    def to_end(self) -> None:
        """To the newest line, and stay with it."""
        self._go(None)

    # --- a marked line -------------------------------------------------------------------------------

    @property
    def lines(self) -> Sequence[Line]:
        """The lines of the conversation that is shown."""
        return self._transcript.lines

    @property
    def view(self) -> LogView:
        """The reader's place in it."""
        return self._view

    @property
    def marked(self) -> int | None:
        """The index of the marked line, if it is still there."""
        key = self._view.marked
        return None if key is None else find(self._transcript, key)

    @property
    def lowest(self) -> int | None:
        """The index of the last line on the screen."""
        spots = self._spots()
        return spots[-1].line if spots else None

    def shown_text(self, index: int) -> Displayable:
        """A line's text as it is shown at the moment; empty where it has none."""
        line = self._transcript.lines[index]
        return NOTHING if line.deleted else line.text if self._look.reveal else line.shielded

    def turn(self, index: int) -> bool:
        """Show a long line whole, or fold it again. Whether it is long."""
        line = self._transcript.lines[index]
        if not self._sight.folds(line):
            return False
        self._view.turn(line)
        self._moved()
        self.mark(index)
        return True

    def mark(self, index: int | None) -> None:
        """Mark a line and bring it into sight, or mark none."""
        self._view.marked = None if index is None else self._transcript.lines[index].key
        if index is None or self._sight.has_whole(index):
            self._moved(now=True)
        else:
            above = list(islice(upward(Spot(index, 0), self._sight.height_of), self._room // 3))
            self._go(above[-1] if above else Spot(index, 0))
        if index is not None:
            self._want_older()

    def _go(self, top: Spot | None) -> None:
        if top is not None and self._sight.is_last(top):
            top = None
        self._view.go(top, self._transcript.lines)
        self._moved(now=True)

    def _want_older(self) -> None:
        if self._spots()[0] == Spot(0, 0) and self._transcript.older is Older.MORE:
            self.post_message(self.OlderWanted())

    def _moved(self, *, now: bool = False) -> None:
        self._frame.moved()
        if now:
            self.paint_now()
        else:
            self.repaint()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel goes through earlier lines."""
        event.stop()
        self.line_up(_WHEEL_ROWS)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel goes through later lines."""
        event.stop()
        self.line_down(_WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """The mark for new lines below leads to them."""
        if event.y == self._room and self._view.unseen:
            self.to_end()

    # --- laying out ----------------------------------------------------------------------------------

    @property
    def _count(self) -> int:
        return len(self._transcript.lines)

    @property
    def _room(self) -> int:
        """Rows for lines: all but the last one."""
        return max(1, self.size.height - 1)

    @property
    def _sight(self) -> LogFrame:
        """What is in sight at the size of this moment."""
        self._frame.fit(self._room, max(1, self.size.width - 1))
        return self._frame

    def _spots(self) -> list[Spot]:
        return self._sight.spots

    def forget_strips(self) -> None:
        """Rows depend on the width, strips on the palette."""
        self._frame.forget()

    # --- painting ------------------------------------------------------------------------------------

    def strip_at(self, y: int) -> Strip:
        """The row ``y``."""
        spots = self._spots()
        if y >= self._frame.room:
            return self._last_row()
        if y >= len(spots):
            return self._plain(self._empty(y) if not spots else NO_PIECES)
        strip = self._strip(spots[y], self._thumb(y, spots))
        return self._with_selection(strip, spots[y])

    def render_line(self, y: int) -> Strip:
        """The row ``y`` with what the mouse selection needs to find the text under it."""
        spots, strip = self._spots(), self.strip_at(y)
        return strip.apply_offsets(0, self._number(spots[y])) if y < min(self._room, len(spots)) else strip

    def _strip(self, spot: Spot, thumb: str) -> Strip:
        laid = self._frame.laid_at(spot.line)
        marked = laid.line.key == self._view.marked
        strip = laid.strips.get((spot.row, thumb, marked))
        if strip is None:
            pieces, cells = laid.rows[spot.row].pieces, self.size.width
            bar = Segment("◂" if marked else thumb, self.palette.style(Ink.QUIET, Ground.DESK))
            body = strip_of(pieces, Ground.CHOSEN if marked else Ground.DESK, cells - 1, self.palette)
            strip = laid.strips[spot.row, thumb, marked] = Row([*body, bar], cells)
        return strip

    def _thumb(self, y: int, spots: list[Spot]) -> str:
        """The scrollbar's cell; its place is counted in lines, for nobody knows the rows of them all."""
        first, last = spots[0].line, spots[-1].line
        if last - first + 1 >= self._count and spots[0] == Spot(0, 0):
            return " "
        room = self._frame.room
        start, size = thumb(first, last, self._count, room)
        start = room - size if self._view.following else start
        return "█" if start <= y < start + size else "│"

    def _last_row(self) -> Strip:
        left: Pieces = (Piece(Displayable(f"  … {self._typing}"), Ink.CUSTOMER),) if self._typing else ()
        pill = new_below(self._view.unseen, self._end_key) if self._view.unseen else ()
        return self._plain((*pill, *left))

    def _empty(self, y: int) -> Pieces:
        loading = self._transcript.older in {Older.NOT_FETCHED, Older.LOADING}
        words = say("Fetching the conversation …") if loading and not self._hint else self._hint
        rows = wrap(words, max(1, self.size.width - 3))
        if not words or not 0 < y <= len(rows):
            return NO_PIECES
        start, end = rows[y - 1]
        return (Piece(Displayable(f"  {words[start:end]}"), Ink.QUIET),)

    def _plain(self, pieces: Pieces) -> Strip:
        return strip_of(pieces, Ground.DESK, self.size.width, self.palette)

    # --- selecting with the mouse --------------------------------------------------------------------

    def _number(self, spot: Spot) -> int:
        """Names a row steadily while earlier lines are put in front."""
        return (spot.line - self._view.put_in_front) * _ROWS_PER_LINE + spot.row

    def _with_selection(self, strip: Strip, spot: Spot) -> Strip:
        selection = self._selection
        if selection is None:
            return strip
        row = self._frame.laid_at(spot.line).rows[spot.row]
        span = selection.get_span(self._number(spot)) if row.span else None
        if span is None or row.span is None:
            return strip
        return restyled(strip, *cells_between(row, span, strip.text), self.palette.blank(Ground.CHOSEN))

    def selection_updated(self, selection: Selection | None) -> None:
        """The mouse selected something else, or nothing any more."""
        self._selection = selection
        self.repaint()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text: of the messages alone, without times, names and marks."""
        if not self._count:
            return None
        first, start = self._place_in_text(selection.start) if selection.start else (0, 0)
        end_of_all = (self._count - 1, len(self._transcript.lines[-1].text))
        last, end = self._place_in_text(selection.end) if selection.end else end_of_all
        lines = self._transcript.lines[first : last + 1]
        return cut_out(
            [line.text if self._look.reveal else line.shielded for line in lines], start, end
        ), "\n"

    def _place_in_text(self, at: tuple[int, int]) -> tuple[int, int]:
        """Line index and code point of a selection's end, which is given as (column, row number)."""
        number, row_number = divmod(at[1], _ROWS_PER_LINE)
        index = min(max(0, number + self._view.put_in_front), self._count - 1)
        rows, text = self._sight.laid_at(index).rows, self._transcript.lines[index].text
        return index, code_point_at(rows, row_number, at[0], len(text))
