"""The help sheet: every key and what it does, and how the marks on the screen are read."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip

from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.keymap import ACTIONS, Where
from agent_tui.keys_in_force import Keymap, spelled
from agent_tui.theming import Palette
from agent_tui.widgets.cells import pad, wrap
from agent_tui.widgets.pacing import PacedScreen
from agent_tui.widgets.painting import LineWidget, Piece, Pieces, row_width, strip_of
from agent_tui.wording import say
from themes.contract import Ground, Ink

_KEY_CELLS = 14

_Rows = list[Pieces]


def _heading(text: Displayable) -> _Rows:
    return [(Piece(NOTHING),), (Piece(text, Ink.ACCENT),)]


def _row(left: Displayable, right: Displayable, ink: Ink = Ink.TEXT) -> Pieces:
    return (Piece(Displayable(" ")), Piece(pad(left, _KEY_CELLS), Ink.ACCENT), Piece(right, ink))


def _keys(keys: Keymap, where: Where) -> _Rows:
    return [
        _row(Displayable(spelled(keys.key(action.id))) or say("commands"), say(action.help))
        for action in ACTIONS
        if action.where is where
    ]


def sheet(keys: Keymap) -> _Rows:
    """All rows of the help sheet."""
    return [
        (Piece(say("Help. Up and Down read on, any other key goes back to the desk."), Ink.QUIET),),
        *_heading(say("At the desk")),
        *_keys(keys, Where.DESK),
        *_heading(say("While writing")),
        *_keys(keys, Where.COMPOSER),
        _row(Displayable("/"), say("At the start of a word: canned responses, found by what you type on.")),
        _row(Displayable("@"), say("In a note: a colleague to call in, found by name.")),
        _row(Displayable(":"), say("Then two letters: an emoji by its name, such as :thanks:")),
        _row(Displayable("Esc"), say("Closes what is open. It never takes away text.")),
        *_heading(say("In the list of waiting customers")),
        *_keys(keys, Where.WAITING),
        *_heading(say("While only reading a chat")),
        *_keys(keys, Where.PEEK),
        *_heading(say("While a message is marked")),
        *_keys(keys, Where.MARKED),
        *_heading(say("On the lead's board")),
        *_keys(keys, Where.BOARD),
        *_heading(say("In the queues")),
        _row(say("Up, Down"), say("Choose a queue or a customer.")),
        _row(say("Space"), say("Serve this queue, or leave it to others.")),
        *_heading(say("Waiting")),
        _row(Displayable("○ 0:12"), say("There is time."), Ink.CALM),
        _row(Displayable("◐ 0:41"), say("The limit is near."), Ink.WARNING),
        _row(Displayable("● 1:05"), say("Past the limit."), Ink.BREACH),
    ]


def laid(rows: _Rows, cells: int) -> _Rows:
    """The rows in ``cells``: the last words of each go on below where they stand."""
    return [laid for row in rows for laid in _wrapped(row, cells)]


def _wrapped(row: Pieces, cells: int) -> _Rows:
    *before, last = row
    indent = row_width(tuple(before))
    spans = wrap(last.text, max(1, cells - indent))
    parts = [last._replace(text=Displayable(last.text[start:end].rstrip())) for start, end in spans]
    blank = Piece(Displayable(" " * indent))
    return [(*before, parts[0]), *((blank, part) for part in parts[1:])]


class HelpSheet(LineWidget):
    """Paints the sheet from row ``top`` on."""

    def __init__(self, palette: Palette, rows: _Rows) -> None:
        super().__init__(palette)
        self._sheet = rows
        self._rows = rows
        self.top = 0

    def on_resize(self) -> None:
        """Another width breaks the sentences elsewhere."""
        self._rows = laid(self._sheet, self.size.width - 1)
        self.move(0)

    def strip_at(self, y: int) -> Strip:
        """The row ``y`` of the region."""
        index = self.top + y
        pieces = self._rows[index] if index < len(self._rows) else (Piece(NOTHING),)
        return strip_of(pieces, Ground.POPUP, self.size.width, self.palette)

    def move(self, step: int) -> None:
        """Read on or back by ``step`` rows."""
        last = max(0, len(self._rows) - self.size.height)
        self.top = min(last, max(0, self.top + step))
        self.paint_now()


class HelpScreen(PacedScreen[None], ModalScreen[None]):
    """Shows the sheet until a key is pressed."""

    def __init__(self, palette: Palette, keys: Keymap) -> None:
        super().__init__()
        self._sheet = HelpSheet(palette, sheet(keys))

    def compose(self) -> ComposeResult:
        """The sheet, all over the screen."""
        yield self._sheet

    def on_key(self, event: events.Key) -> None:
        """Up and Down move, everything else closes."""
        event.stop()
        if self.handed_on(event):
            return
        page = max(1, self._sheet.size.height - 2)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if event.key in steps:
            self._sheet.move(steps[event.key])
        else:
            self.dismiss()
