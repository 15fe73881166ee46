"""What is wrong, above the lead's tables: a line each, the worst first, until it is over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, assert_never

from agent_tui.desk.alarms import Alarm, AlarmKind
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.clock_face import waited
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.wording import count, percent, say
from themes.contract import Ground, Ink

MOST: Final = 3
"""Lines; the last one says how many more there are."""


def alarm_words(alarm: Alarm) -> Displayable:
    """What is wrong, without a word about any customer."""
    time = waited(alarm.measure)
    match alarm.kind:
        case AlarmKind.BREACH:
            return say("{queue}: somebody waits {time}, past the limit", queue=alarm.name, time=time)
        case AlarmKind.WARNING:
            return say("{queue}: somebody waits {time}, near the limit", queue=alarm.name, time=time)
        case AlarmKind.UNSERVED:
            return say("Somebody waits {time} and nobody takes chats", time=time)
        case AlarmKind.HELP:
            return say("{agent} calls for help", agent=alarm.name)
        case AlarmKind.LEVEL:
            return say("The service level is {level}", level=percent(alarm.measure))
        case _:
            assert_never(alarm.kind)


class AlarmRows(PictureWidget):
    """As many lines as there are alarms, at most three; none while nothing is wrong."""

    DEFAULT_CSS = "AlarmRows { display: none; height: 1; }"

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._alarms: Sequence[Alarm] = ()
        self._heeded: Collection[tuple[AlarmKind, str]] = ()
        self._hint: Displayable = NOTHING

    def show(
        self, alarms: Sequence[Alarm], heeded: Collection[tuple[AlarmKind, str]], hint: Displayable
    ) -> None:
        """Show them; ``hint`` says how to act on the first that is not acted on."""
        # What is not acted on comes first: it must not hide behind the number of the others.
        self._alarms = sorted(alarms, key=lambda alarm: alarm.key in heeded)
        self._heeded, self._hint = frozenset(heeded), hint
        rows = min(len(alarms), MOST)
        if self.display is not bool(rows):
            self.display = bool(rows)
        if rows and self.styles.height is not None and self.styles.height.value != rows:
            self.styles.height = rows
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """One alarm; a sign says what its colour says."""
        if y >= len(self._alarms):
            return Picture((), Ground.BAR)
        more = len(self._alarms) - MOST
        if y == MOST - 1 and more > 0:
            words = count("and {n} more alert", "and {n} more alerts", more + 1)
            return Picture((Piece(Displayable(f"   {words}"), Ink.QUIET),), Ground.BAR)
        alarm = self._alarms[y]
        if alarm.key in self._heeded:
            return Picture((Piece(Displayable(f" ✓ {alarm_words(alarm)}"), Ink.QUIET),), Ground.BAR)
        hint = f" · {self._hint}" if y == 0 else ""
        return Picture((Piece(Displayable(f" ! {alarm_words(alarm)}{hint}"), Ink.ON_ALARM),), Ground.ALARM)
