"""A marked line of the log: go from line to line by keys, copy it, quote it in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Line
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions
from agent_tui.widgets.composer import Composer
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.log_view import LogView
from agent_tui.wording import count, say

_STEPS: Final = {"up": -1, "ctrl+up": -1, "down": 1, "ctrl+down": 1}


class Marking:
    """While ``active``, single letters mean something for the marked line and are not for the text.

    ``tell`` tells the agent something; ``changed`` has the key hints shown anew.
    """

    def __init__(
        self,
        log: MessageLog,
        composer: Composer,
        *,
        tell: Callable[[Told], None],
        changed: Callable[[], None],
    ) -> None:
        self._log = log
        self._composer = composer
        self._tell = tell
        self._changed = changed
        self._within: LogView | None = None
        """The chat whose marked line the keys are for."""

    def actions(self) -> Actions:
        """What its actions do."""
        return {"mark.up": lambda: self._begin(-1), "mark.down": lambda: self._begin(1)}

    @property
    def active(self) -> bool:
        """Whether keys are for the marked line."""
        return self._within is self._log.view and self._log.marked is not None

    def _begin(self, step: int) -> None:
        """The lowest line in sight; from a line that is marked already, the next one."""
        self._within = self._log.view
        if self._log.marked is not None:
            self._move(step)
        elif step < 0:
            self._log.mark(self._log.lowest)
        self._changed()

    def _move(self, step: int) -> None:
        """Past the newest line none is marked any more."""
        marked, lines = self._log.marked, self._log.lines
        if marked is not None:
            to = max(0, marked + step)
            self._log.mark(to if to < len(lines) else None)

    def take_key(self, key: str) -> bool:
        """What a key means while a line is marked; any other key is for the desk and the text again."""
        marked = self._log.marked
        if not self.active or marked is None:
            return False
        if key in _STEPS:
            self._move(_STEPS[key])
        else:
            self._leave()
            if key not in {"c", "q", "escape"}:
                return False
            if key != "escape":
                self._use(self._log.lines[marked], copy=key == "c")
        self._changed()
        return True

    def _leave(self) -> None:
        self._within = None
        self._log.mark(None)

    def _use(self, line: Line, *, copy: bool) -> None:
        if line.deleted or not line.text:
            self._tell(Told(say("There is no text in this message."), Weight.FACT))
        elif copy:
            self._log.app.copy_to_clipboard(line.text)
            words = count("Copied, {n} character.", "Copied, {n} characters.", len(line.text))
            self._tell(Told(words, Weight.FACT))
        elif self._composer.buffer is None:
            self._tell(Told(say("Take this chat first; then you can quote in it."), Weight.FACT))
        else:
            self._quote(self._composer.buffer.text[: self._composer.buffer.cursor], line.text)

    def _quote(self, before: str, text: Displayable) -> None:
        """On lines of its own, with the cursor below it."""
        begun = "\n" if before and not before.endswith("\n") else ""
        self._composer.insert(f"{begun}{quoted(text)}")


def quoted(text: Displayable) -> str:
    """Each row behind a mark, and a new row to go on."""
    return "".join(f"> {row}\n" for row in text.split("\n"))
