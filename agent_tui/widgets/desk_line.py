"""The whole desk on three rows, above the tables of the lead's board."""

from __future__ import annotations

from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.wording import percent, say
from themes.contract import Ground, Ink


class DeskLine(PictureWidget):
    """The whole desk on three rows: who waits, and the service level by every formula."""

    DEFAULT_CSS = "DeskLine { height: 3; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._figures: Figures | None = None

    def show(self, figures: Figures) -> None:
        """Show the desk's figures."""
        self._figures = figures
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """What happens, then how well it goes."""
        if self._figures is None:
            return Picture((), Ground.BAR)
        text = _levels(self._figures, list(Formula)[3 * y - 3 : 3 * y]) if y else _happens(self._figures)
        return Picture((Piece(Displayable(f" {text}"), Ink.QUIET if y else Ink.TEXT),), Ground.BAR)


def _happens(figures: Figures) -> Displayable:
    return say(
        "waiting {first} for a first answer, {further} for a further one · handled {handled} · left {left}",
        first=figures.waiting_first,
        further=figures.waiting_next,
        handled=figures.handled,
        left=figures.abandoned,
    )


def _levels(figures: Figures, formulas: list[Formula]) -> Displayable:
    names = {
        Formula.ANSWERED: say("answered"),
        Formula.OFFERED: say("offered"),
        Formula.OFFERED_BUT_SHORT: say("offered but short"),
        Formula.LEFT_IN_TIME_IS_KEPT: say("left in time kept"),
        Formula.LEFT_IN_TIME_IS_OUT: say("left in time out"),
        Formula.STILL_WAITING_COUNTS: say("still waiting counts"),
    }
    levels = figures.levels
    shown = [f"{names[one]} {'-' if (at := levels[one]) is None else percent(at)}" for one in formulas]
    words = Displayable(" · ".join(shown))
    return say("in 60 s: {levels}", levels=words) if Formula.ANSWERED in formulas else words
