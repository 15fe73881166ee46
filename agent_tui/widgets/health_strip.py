"""One row of figures that answer whether it is this machine, the way, or the server that is slow."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.painting import Piece, Pieces
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.wording import say
from themes.contract import Ground, Ink

SLOW_KEY = 0.05
"""Seconds that a person at a keyboard begins to feel."""
SLOW_ANSWER = 1.0
"""Seconds of a server that is busy, or far away."""
OLD = 15.0
"""Seconds without a word from the server."""


class Health(Struct, frozen=True):
    """What the row shows, in seconds; ``None`` where nothing has been measured."""

    key: float | None
    """From a key to the screen, 95 of 100."""
    frame: float | None
    """Work of one frame, 95 of 100."""
    round_trip: float | None
    """From asking the server to its answer, the last time."""
    age: float
    """Since the server was last heard."""


class HealthStrip(PictureWidget):
    """Hidden until it is asked for."""

    DEFAULT_CSS = "HealthStrip { display: none; height: 1; }"

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002  Textual's own word
        super().__init__(palette, id=id)
        self._health: Health | None = None

    def show(self, health: Health) -> None:
        """Show these figures."""
        self._health = health
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """The one row."""
        if y or self._health is None:
            return Picture((), Ground.BAR)
        return Picture(_pieces(self._health), Ground.BAR)


def _pieces(health: Health) -> Pieces:
    here = (
        _piece(say("keys {time}", time=_milliseconds(health.key)), (health.key or 0.0) > SLOW_KEY),
        _piece(say("frames {time}", time=_milliseconds(health.frame)), (health.frame or 0.0) > SLOW_KEY),
    )
    away = (
        _piece(
            say("server answers in {time}", time=_milliseconds(health.round_trip)),
            (health.round_trip or 0.0) > SLOW_ANSWER,
        ),
        _piece(say("heard {seconds} s ago", seconds=int(health.age)), health.age > OLD),
    )
    words = {0: say("here:"), 2: say("there:")}
    row: list[Piece] = []
    for place, piece in enumerate((*here, *away)):
        if place in words:
            row.append(Piece(Displayable(f" {words[place]} "), Ink.QUIET))
        row += (piece, Piece(Displayable("  ")))
    return tuple(row)


def _piece(words: Displayable, slow: bool) -> Piece:  # noqa: FBT001  what the words are about
    return Piece(Displayable(f"! {words}"), Ink.WARNING) if slow else Piece(words, Ink.TEXT)


def _milliseconds(seconds: float | None) -> Displayable:
    return Displayable("-" if seconds is None else f"{1000 * seconds:.0f} ms")
