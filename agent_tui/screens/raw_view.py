"""A message as it came, over the whole screen: read only, what cannot be shown written out."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.timer import Timer

from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Line
from agent_tui.keys_in_force import Keymap, spelled
from agent_tui.screens.shield import SHOWN_FOR
from agent_tui.theming import Palette
from agent_tui.widgets.pacing import PacedScreen
from agent_tui.widgets.painting import LineWidget, Piece, Pieces, spread, strip_of
from agent_tui.widgets.raw_text import RawText
from agent_tui.wording import count, percent, say
from themes.contract import Ground, Ink

_REVEAL: Final = "reveal"


class _Row(LineWidget):
    """One row of words."""

    DEFAULT_CSS = "_Row { height: 1; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._left: Pieces = ()
        self._right: Pieces = ()

    def say(self, left: Displayable, right: Displayable) -> None:
        """These at its two ends."""
        self._left, self._right = (Piece(left, Ink.QUIET),), (Piece(right, Ink.QUIET),)
        self.paint_now()

    def strip_at(self, y: int) -> Strip:
        """The row."""
        del y
        return strip_of(
            spread(self._left, self._right, self.size.width), Ground.BAR, self.size.width, self.palette
        )


class RawScreen(PacedScreen[None], ModalScreen[None]):
    """Shows it until a key is pressed. Digits are starred out in a message that has a private number."""

    def __init__(self, palette: Palette, line: Line, keys: Keymap) -> None:
        super().__init__()
        self._hides = bool(line.masked or line.cut)
        self._length = len(line.raw)
        self._reveal_key = keys.key(_REVEAL)
        self._heading = _Row(palette)
        self._text = RawText(palette, line.raw, hide=self._hides)
        self._showing: Timer | None = None

    def compose(self) -> ComposeResult:
        """What it is and how far one has read; the text."""
        yield self._heading
        yield self._text

    def on_mount(self) -> None:
        """Say what it is once there is a size."""
        self.call_after_refresh(self._tell)

    def on_resize(self) -> None:
        """Another height shows another part."""
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        what = count("As it came, {n} character.", "As it came, {n} characters.", self._length)
        how = say("Up and Down read on, any other key goes back.")
        if self._hides:
            key = Displayable(spelled(self._reveal_key))
            how = Displayable(f"{say('Hold {key} to see the digits.', key=key)} {how}")
        self._heading.say(Displayable(f" {what} {how}"), Displayable(f"{percent(self._text.done)} "))

    def on_key(self, event: events.Key) -> None:
        """Some keys read on, one shows digits, every other closes it."""
        event.stop()
        event.prevent_default()
        if self.handed_on(event):
            return
        page = max(1, self._text.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if event.key in steps:
            self._text.move(steps[event.key])
        elif event.key in {"home", "end"}:
            (self._text.to_start if event.key == "home" else self._text.to_end)()
        elif event.key == self._reveal_key and self._hides:
            self._show_digits()
        else:
            self.dismiss()
            return
        self._tell()

    def _show_digits(self) -> None:
        if self._showing is not None:
            self._showing.stop()
        self._text.hide(hidden=False)
        self._showing = self.set_timer(SHOWN_FOR, lambda: self._text.hide(hidden=True))
