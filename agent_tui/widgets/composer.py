"""The composer: where the agent writes to one customer, whose name always stands above the text.

It paints each key at once. What it posts carries the conversation of the buffer that was typed in.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from agent_tui.desk.passages import Field, Marks, Passage
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.composer_buffer import Buffer, Trigger
from agent_tui.widgets.composer_picture import MARGIN, attached, cursor_cells, label, resting, written
from agent_tui.widgets.composer_rows import WrittenRows
from agent_tui.widgets.editing_keys import edit, types_text
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.widgets.typing_burst import QUICK, EnterMeans, TypingBurst
from agent_tui.widgets.written import Written
from agent_tui.wording import say
from api_client.models.identity import ConversationId

MOST_ROWS = 8
"""Rows of text before it scrolls."""

_NEW_LINE = {"ctrl+j", "newline", "shift+enter", "alt+enter", "shift+\r"}
_HELD = QUICK * 3

KeyTaker = Callable[[str, str | None], bool]
"""Offered each key (Textual's name, character) before the composer; whether it took the key."""

MaySend = Callable[[Buffer], bool]
"""Asked before a text leaves; a text that may not stays where it is."""

Completing = Callable[[str | None], None]
"""Told what follows the sign that began a word; ``None`` when the cursor is no longer there."""


class Composer(PictureWidget):
    """A text of several rows that grows with what is written.

    ``write_in`` gives it a conversation, ``rest`` takes it away. ``key_taker`` is offered every key
    first, so that keys typed ahead are dealt with one after another in one place: an open list is worked
    without the focus leaving the text, and what follows the key for another tab is written there.
    ``may_send`` may hold a text back; ``completing`` hears of words that begin with a slash, ``mentioning``
    of those in a note that begin with an ``@``. ``grown`` is told when ``rows_wanted`` changed; without it
    the composer takes its height itself.

    Side by side one composer is in hand: it alone takes keys, which a parent that has the focus brings.
    """

    DEFAULT_CSS = "Composer { height: 2; }"
    can_focus = True

    class Submitted(Written):
        """The agent sends the text."""

    class Changed(Written):
        """The text, or whether it is a note, changed."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self.key_taker: KeyTaker | None = None
        self.paste_taker: Callable[[str], bool] | None = None
        self.may_send: MaySend | None = None
        self.completing: Completing | None = None
        self.mentioning: Completing | None = None
        self.naming: Completing | None = None
        self.grown: Callable[[], object] | None = None
        self.rows_wanted = 0
        self._buffer: Buffer | None = None
        self._customer: Displayable = NOTHING
        self._resting: Displayable = NOTHING
        self._files: Displayable = NOTHING
        self._rows = WrittenRows(NOTHING, 1)
        self._top = 0
        self._column: int | None = None
        self._trigger: Trigger | None = None
        self._burst = TypingBurst()
        self._held: Timer | None = None
        self._awake = False
        self._in_hand = True

    # --- whose text it is ----------------------------------------------------------------------------

    def write_in(self, buffer: Buffer, customer: Displayable) -> None:
        """Write in ``buffer`` from now on; ``customer`` is the name beside it."""
        if buffer is self._buffer and customer == self._customer:
            return
        self._send_held()
        self._buffer, self._customer = buffer, customer
        self._column, self._top, self._trigger = None, 0, buffer.trigger()
        self._show(now=False)

    def settle(self) -> None:
        """Before something else is in hand: what was meant to be sent is sent."""
        self._send_held()

    def rest(self, hint: Displayable) -> None:
        """No conversation is open; ``hint`` says what to do."""
        self._send_held()
        self._buffer, self._customer, self._trigger, self._resting = None, NOTHING, None, hint
        self._show(now=False)

    def be_in_hand(self, *, in_hand: bool) -> None:
        """Whether the keys are for this composer; the others show what is written in them."""
        if in_hand is not self._in_hand:
            self._send_held()
            self._in_hand = in_hand
            self._show(now=False)

    def wake(self, *, awake: bool) -> None:
        """Show the cursor, or no longer."""
        self._awake = awake
        self._show()

    @property
    def conversation(self) -> ConversationId | None:
        """Whose text is being written."""
        return None if self._buffer is None else self._buffer.conversation

    @property
    def buffer(self) -> Buffer | None:
        """The text being written."""
        return self._buffer

    def show_files(self, words: Displayable) -> None:
        """What goes with the text, on a row of its own above it; with something there, no text is needed."""
        if self._files != words:
            self._files = words
            self._show()

    @property
    def _head(self) -> int:
        """Rows above the text."""
        return 2 if self._files and self._buffer is not None else 1

    def set_note(self, *, note: bool) -> None:
        """Make the text a note that the customer does not see, or a reply."""
        if self._buffer is not None and self._buffer.note is not note:
            self._buffer.note = note
            self._post_changed(self._buffer)
            self._show()

    # --- changing the text from outside --------------------------------------------------------------

    def insert(self, text: str) -> None:
        """Put ``text`` at the cursor, or in the place of the selection."""
        if self._buffer is not None:
            self.change(lambda buffer: buffer.insert(text))

    def put_before(self, text: str, marks: Marks) -> None:
        """Put ``text`` before everything; the cursor goes to the end. ``marks``: of the whole."""

        def change(buffer: Buffer) -> None:
            buffer.move(0)
            buffer.insert(text)
            buffer.remark(marks)
            buffer.move(len(buffer.text))

        self.change(change)

    def replace_trigger(self, text: str) -> None:
        """Put ``text`` in the place of the slash word before the cursor, or at the cursor."""
        self.change(lambda buffer: buffer.replace_trigger(text))

    def place(self, text: Displayable, passage: Passage, fields: tuple[Field, ...]) -> None:
        """Put a canned response in the place of the slash word before the cursor."""
        self.change(lambda buffer: buffer.place(text, passage, fields))

    def change(self, change: Callable[[Buffer], object]) -> None:
        """Change the text, paint it, then tell."""
        buffer = self._buffer
        if buffer is None:
            return
        before = buffer.text
        change(buffer)
        self._column = None
        self._show()
        if buffer.text != before:
            self._post_changed(buffer)
        self._tell_trigger(buffer)

    def _post_changed(self, buffer: Buffer) -> None:
        self._post(self.Changed(buffer.conversation, buffer.text, note=buffer.note, marks=buffer.marks))

    def _tell_trigger(self, buffer: Buffer) -> None:
        before, self._trigger = self._trigger, buffer.trigger()
        if before == self._trigger:
            return
        now = self._trigger
        for sign, told in (("/", self.completing), ("@", self.mentioning), (":", self.naming)):
            here = now is not None and now.sign == sign
            if told is not None and (here or (before is not None and before.sign == sign)):
                told(now.prefix if now is not None and here else None)

    # --- keys ----------------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Single letters are for the text, whatever else they are bound to."""
        return self._buffer is not None and types_text(key, character)

    def on_key(self, event: events.Key) -> None:
        """Write, move, send; any other key goes on to the screen."""
        if self._buffer is None:
            return
        quick = self._burst.key(event.time)
        if self._held is not None:
            self._settle_held(pasted=quick)
        if (self.key_taker is not None and self.key_taker(event.key, event.character)) or self._took(event):
            event.stop()
            event.prevent_default()

    def _took(self, event: events.Key) -> bool:
        key = event.key
        if key == "enter":
            self._enter()
        elif key in _NEW_LINE:
            self.insert("\n")
        elif not (self._moved(key) or self._used_clipboard(key)):
            return self._edited(key, event.character)
        return True

    def _edited(self, key: str, character: str | None) -> bool:
        took = False

        def change(buffer: Buffer) -> None:
            nonlocal took
            took = edit(buffer, key, character)

        self.change(change)
        return took

    def _moved(self, key: str) -> bool:
        """Keys whose meaning depends on the rows."""
        buffer = self._buffer
        if buffer is None:
            return False
        plain, select = key.removeprefix("shift+"), key.startswith("shift+")
        row = self._rows.row_of(buffer.cursor)
        if key in {"up", "down"} and (field := buffer.marks.field) is not None and field.choices:
            self.change(lambda buffer: buffer.choose(1 if key == "down" else -1))
        elif plain in {"up", "down"}:
            column = self._rows.column_of(buffer.cursor) if self._column is None else self._column
            to = self._rows.offset_at(row + (1 if plain == "down" else -1), column)
            self.change(lambda buffer: buffer.move(to, select=select))
            self._column = column
        elif plain in {"home", "ctrl+a"}:
            self.change(lambda buffer: buffer.move(self._rows.start_of(row), select=select))
        elif plain in {"end", "ctrl+e"}:
            self.change(lambda buffer: buffer.move(self._rows.end_of(row), select=select))
        else:
            return False
        return True

    def _used_clipboard(self, key: str) -> bool:
        buffer = self._buffer
        if key == "ctrl+v":
            self.insert(self.app.clipboard)
        elif key in {"ctrl+c", "ctrl+x"} and buffer is not None and buffer.selection:
            self.app.copy_to_clipboard(buffer.selected)
            if key == "ctrl+x":
                self.change(Buffer.erase_back)
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        """A paste goes in whole, whatever it holds, unless an open list wants it."""
        if self.paste_taker is not None and self.paste_taker(event.text):
            event.stop()
        elif self._buffer is not None:
            event.stop()
            self.insert(event.text)

    def on_click(self, event: events.Click) -> None:
        """The cursor goes to the cell; a composer that is not in hand becomes it first."""
        if not self._in_hand:
            return
        to = self._rows.offset_at(self._top + event.y - self._head, max(0, event.x - MARGIN))
        self.change(lambda buffer: buffer.move(to))

    # --- sending -------------------------------------------------------------------------------------

    def _enter(self) -> None:
        match self._burst.enter():
            case EnterMeans.SEND:
                self.submit()
            case EnterMeans.NEW_LINE:
                self.insert("\n")
            case EnterMeans.WAIT:
                self._held = self.set_timer(_HELD, self._send_held)

    def _settle_held(self, *, pasted: bool) -> None:
        if pasted and self._held is not None:
            self._held.stop()
            self._held = None
            self._burst.was_paste()
            self.insert("\n")
        else:
            self._send_held()

    def _send_held(self) -> None:
        """The Enter that waited was meant to send."""
        if self._held is not None:
            self._held.stop()
            self._held = None
            self.submit()

    def submit(self) -> None:
        """Send the text, unless it is empty or may not leave."""
        buffer = self._buffer
        if buffer is None or not (buffer.text.strip() or self._files):
            return
        if self.may_send is not None and not self.may_send(buffer):
            self._show()
            return
        text, marks = buffer.text, buffer.marks
        self.change(lambda buffer: buffer.replace(""))
        self._post(self.Submitted(buffer.conversation, text, note=buffer.note, marks=marks))

    def _post(self, message: Message) -> None:
        """As from this widget: Textual lets no message rise past the one that had the key."""
        self.post_message(message.set_sender(self))

    # --- painting ------------------------------------------------------------------------------------

    def _show(self, *, now: bool = True) -> None:
        """Lay the text out and paint the rows that changed: with the screen around, or ``now``."""
        cells = max(1, self.size.width - MARGIN - 1)
        text = NOTHING if self._buffer is None else self._buffer.text
        if self._rows.text != text or self._rows.cells != cells:
            self._rows = WrittenRows(text, cells)
        self._keep_cursor_in_sight()
        self._take_height(self._head + min(MOST_ROWS, len(self._rows)))
        self._report_cursor()
        self.paint_changes(now=now)

    def _take_height(self, height: int) -> None:
        """Ask for a layout, but only when the number of rows changed."""
        if self.rows_wanted != height:
            self.rows_wanted = height
            if self.grown is None:
                self.styles.height = height
            else:
                self.grown()

    def _keep_cursor_in_sight(self) -> None:
        row = 0 if self._buffer is None else self._rows.row_of(self._buffer.cursor)
        room = min(MOST_ROWS, len(self._rows))
        self._top = min(max(self._top, row - room + 1), row, len(self._rows) - room)

    def _report_cursor(self) -> None:
        """Where the terminal's own cursor goes: input methods and screen readers follow it."""
        buffer = self._buffer
        if buffer is not None and self._awake:
            row = self._rows.row_of(buffer.cursor) - self._top + self._head
            column, _ = cursor_cells(buffer, self._rows)
            self.app.cursor_position = self.region.offset + Offset(column, row)

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  Textual calls it so
        """The cursor appears and goes."""
        super().watch_has_focus(has_focus)
        self.wake(awake=has_focus)

    def allow_focus(self) -> bool:
        """Side by side the parent has the focus for all."""
        return self.grown is None

    def on_resize(self) -> None:
        """Rows are as wide as the widget."""
        self._show()

    def picture(self, y: int) -> Picture:
        """The row ``y``: the name first, then the text."""
        buffer = self._buffer
        if buffer is None:
            return resting(self._resting if y == 0 else NOTHING)
        if y == 0:
            return label(buffer, self._customer, self.size.width, in_hand=self._in_hand)
        if y < self._head:
            return attached(self._files)
        hint = say("Write here. / finds canned responses, Enter sends.") if self._in_hand else NOTHING
        return written(buffer, self._rows, self._top + y - self._head, hint, focused=self._awake)
