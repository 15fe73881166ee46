"""A marked line of the log: go from line to line by keys, from hit to hit, copy it, quote it in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from agent_tui.desk.searching import holds, is_said
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Line
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.panes import Panes
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.log_view import LogView
from agent_tui.wording import count, say

_STEPS: Final = {"up": -1, "ctrl+up": -1, "down": 1, "ctrl+down": 1}
_TO_A_HIT: Final = {"p": -1, "n": 1}
_PAGES: Final = {"pageup": MessageLog.page_up, "pagedown": MessageLog.page_down}
"""A long message is read on while it is marked."""


class Marking:
    """While ``active``, single letters mean something for the marked line and are not for the text.

    ``tell`` tells the agent something; ``find`` asks for words to look for in this chat; ``read_raw`` shows a
    line as it came; ``changed`` has the key hints shown anew.
    """

    def __init__(
        self,
        panes: Panes,
        *,
        tell: Callable[[Told], None],
        find: Callable[[], None],
        read_raw: Callable[[Line], object],
        changed: Callable[[], None],
    ) -> None:
        self._panes = panes
        self._tell = tell
        self._find = find
        self._read_raw = read_raw
        self._changed = changed
        self._within: LogView | None = None
        """The chat whose marked line the keys are for."""
        self._words: tuple[str, ...] = ()
        """What was looked for in it."""

    def actions(self) -> Actions:
        """What its actions do."""
        return {"mark.up": lambda: self._begin(-1), "mark.down": lambda: self._begin(1)}

    @property
    def active(self) -> bool:
        """Whether keys are for the marked line."""
        return self._within is self._panes.log.view and self._panes.log.marked is not None

    def point(self, index: int, words: tuple[str, ...], *, reading: bool) -> None:
        """Mark a line that was found. Keys are for it when the agent is ``reading``, else for the text."""
        self._words = words
        self._panes.log.mark(index)
        if not self._panes.log.view.has_opened(self._panes.log.lines[index]):
            self._panes.log.turn(index)
        self._within = self._panes.log.view if reading else None
        self._changed()

    def _begin(self, step: int) -> None:
        """The marked line, else the lowest in sight; with the keys there already, the next one."""
        if self.active:
            self._move(step)
        elif self._panes.log.marked is None:
            self._words = ()
            self._panes.log.mark(self._panes.log.lowest if step < 0 else None)
        self._within = self._panes.log.view
        self._changed()

    def _move(self, step: int) -> None:
        """Past the newest line none is marked any more."""
        marked, lines = self._panes.log.marked, self._panes.log.lines
        if marked is not None:
            to = max(0, marked + step)
            self._panes.log.mark(to if to < len(lines) else None)

    def take_key(self, key: str) -> bool:
        """What a key means while a line is marked; any other key is for the desk and the text again."""
        marked = self._panes.log.marked
        if marked is not None and not self.active and key == "escape":
            self._panes.log.mark(None)
        if not self.active or marked is None:
            return False
        if key in _STEPS:
            self._move(_STEPS[key])
        elif key in _TO_A_HIT:
            self._go_to_hit(marked, _TO_A_HIT[key])
        elif key == "slash":
            self._find()
        elif key in {"o", "r"}:
            self._read_on(marked, raw=key == "r")
        elif key in _PAGES:
            _PAGES[key](self._panes.log)
        else:
            return self._end(marked, key)
        self._changed()
        return True

    def _go_to_hit(self, marked: int, step: int) -> None:
        lines = self._panes.log.lines
        further = range(marked + step, len(lines) if step > 0 else -1, step)
        hits = (index for index in further if is_said(lines[index]) and holds(lines[index].text, self._words))
        index = next(hits, None)
        if index is not None:
            self.point(index, self._words, reading=True)
        elif not self._words:
            self._tell(Told(say("Nothing was looked for yet: / finds words in this chat."), Weight.FACT))
        else:
            self._tell(Told(say("There is no further hit in this direction."), Weight.FACT))

    def _read_on(self, marked: int, *, raw: bool) -> None:
        line = self._panes.log.lines[marked]
        if line.deleted:
            self._tell(Told(say("There is no text in this message."), Weight.FACT))
        elif raw:
            self._read_raw(line)
        elif not self._panes.log.turn(marked):
            self._tell(Told(say("All of this message is shown. R shows it as it came."), Weight.FACT))

    def _end(self, marked: int, key: str) -> bool:
        """Use the line or not; the keys are for the text again."""
        self._within = None
        self._panes.log.mark(None)
        if key in {"c", "q"}:
            self._use(self._panes.log.shown_text(marked), copy=key == "c")
        self._changed()
        return key in {"c", "q", "escape"}

    def _use(self, text: Displayable, *, copy: bool) -> None:
        buffer = self._panes.composer.buffer
        if not text:
            self._tell(Told(say("There is no text in this message."), Weight.FACT))
        elif copy:
            self._panes.log.app.copy_to_clipboard(text)
            words = count("Copied, {n} character.", "Copied, {n} characters.", len(text))
            self._tell(Told(words, Weight.FACT))
        elif buffer is None:
            self._tell(Told(say("Take this chat first; then you can quote in it."), Weight.FACT))
        else:
            self._quote(buffer.text[: buffer.cursor], text)

    def _quote(self, before: str, text: Displayable) -> None:
        """On lines of its own, with the cursor below it."""
        begun = "\n" if before and not before.endswith("\n") else ""
        self._panes.composer.insert(f"{begun}{quoted(text)}")


def quoted(text: Displayable) -> str:
    """Each row behind a mark, and a new row to go on."""
    return "".join(f"> {row}\n" for row in text.split("\n"))
