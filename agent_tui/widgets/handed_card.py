"""The card with which a chat came from a colleague or a bot: above the log until the agent has read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from agent_tui.desk.hand_over_card import HandOverCard, Part
from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.cells import pad, width, wrap
from agent_tui.widgets.painting import NO_PIECES, Piece, Pieces, spread
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.wording import say
from themes.contract import Ground, Ink

MOST_ROWS = 9
"""Rows it takes from the log at most; the note itself stands in the log in full."""
_ROWS_OF_ITEM = 2


class Handed(Struct, frozen=True):
    """What is shown."""

    by: Displayable
    """Empty where nobody is named, as with a bot."""
    card: HandOverCard
    mine: bool
    """Whether the agent is the one to read it, and not only looking on."""


class HandedCard(PictureWidget):
    """A part a row, as many as fit; not there without a card."""

    DEFAULT_CSS = "HandedCard { display: none; height: 1; }"

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._handed: Handed | None = None
        self._titles: Mapping[Part, Displayable] = {}
        self._rows: list[Pieces] = []

    def show(self, handed: Handed | None, titles: Mapping[Part, Displayable]) -> None:
        """Show a card with its parts called so; ``None`` puts it away."""
        self._handed, self._titles = handed, titles
        self._lay_out()
        self.display = handed is not None

    def on_resize(self) -> None:
        """Items wrap at the width."""
        self._lay_out()

    def _lay_out(self) -> None:
        rows = [] if self._handed is None else [*self._facts(self._handed.card)]
        self._rows = rows[: MOST_ROWS - 1]
        if len(rows) > len(self._rows):
            self._rows[-1] = (Piece(say(" … more in the note below"), Ink.QUIET),)
        self.styles.height = 1 + len(self._rows)
        self.paint_changes()

    def _facts(self, card: HandOverCard) -> Iterator[Pieces]:
        label_cells = max((width(self._titles[part]) for part in card.items), default=0)
        room = max(8, self.size.width - label_cells - 3)
        for part in Part:
            head = self._titles.get(part, Displayable(""))
            for item in card.of(part):
                for start, end in list(wrap(item, room))[:_ROWS_OF_ITEM]:
                    label = Piece(Displayable(f" {pad(head, label_cells)} "), Ink.QUIET)
                    yield (label, Piece(Displayable(item[start:end].rstrip())))
                    head = Displayable("")

    def picture(self, y: int) -> Picture:
        """Who handed over and what to press, then the parts."""
        handed = self._handed
        if handed is None or y > len(self._rows):
            return Picture(NO_PIECES, Ground.PANEL)
        if y:
            return Picture(self._rows[y - 1], Ground.PANEL)
        by = say(" ⇄ From {by}", by=handed.by) if handed.by else say(" ⇄ Handed over")
        hint = (Piece(say("Enter: I have read it "), Ink.ACCENT),) if handed.mine else ()
        return Picture(spread((Piece(by, Ink.NOTE),), hint, self.size.width), Ground.BAR)
