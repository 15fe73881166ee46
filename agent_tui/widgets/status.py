"""The status line: connection, who the agent is, what is in hand, done and waiting, the time of day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from itertools import product
from typing import assert_never

from msgspec import Struct

from agent_tui.desk.capacity import Load
from agent_tui.desk.model import Link
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.view import Promise
from agent_tui.theming import Palette
from agent_tui.widgets.cells import cut
from agent_tui.widgets.clock_face import time_of_day
from agent_tui.widgets.load_mark import load_piece
from agent_tui.widgets.painting import Piece, Pieces, row_width, spread
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.widgets.wait_mark import wait_piece
from agent_tui.wording import say
from api_client.models.people import Availability
from themes.contract import Ground, Ink

_REASON_CELLS = 12
_FRESH = 15.0
"""Seconds without word from the server that are nothing to mention."""


class Status(Struct, frozen=True):
    """What the line shows. ``heard_ago``: seconds since the server was last heard."""

    link: Link
    heard_ago: float
    agent: Displayable
    availability: Availability
    handled: int
    waiting: int
    longest_since: float | None
    """Server time."""
    promise: Promise
    """Of the one who waits longest."""
    server_now: float
    pause: Displayable = NOTHING
    """Why the agent takes no chats, in their own words."""
    paused_for: float | None = None
    """Seconds; ``None`` when nobody knows."""
    aside: Pieces = ()
    """What there is to say besides."""
    pressing: bool = False
    """The aside is worth cutting other things short for."""
    load: Load | None = None
    """``None`` before it is known whose."""
    auto: bool = False
    """Customers are taken without a key."""


class StatusLine(PictureWidget):
    """One row. Call ``show`` each second or oftener; it paints only a difference.

    ``desk``: which desk this is, where that needs saying.
    """

    DEFAULT_CSS = "StatusLine { height: 1; }"

    def __init__(
        self,
        palette: Palette,
        *,
        zone: tzinfo | None = None,
        desk: Displayable = NOTHING,
        id: str | None = None,  # noqa: A002  Textual's own word
    ) -> None:
        super().__init__(palette, id=id)
        self._zone = zone
        self._desk = desk
        self._status: Status | None = None

    def show(self, status: Status) -> None:
        """Show how things stand."""
        self._status = status
        self.paint_changes()

    def picture(self, y: int) -> Picture:
        """The one row."""
        status = self._status
        if y or status is None:
            return Picture((), Ground.BAR)
        clock = Piece(Displayable(f"{time_of_day(status.server_now, self._zone)} "), Ink.QUIET)
        for desk, (agent, work) in product(self._desks(), _forms(status)):
            left = (Piece(Displayable(" ")), *desk, _link(status), _gap(), *agent)
            right = (*work, _gap(), clock)
            if row_width(left) + row_width(right) < self.size.width:
                break
        return Picture(spread(left, right, self.size.width), Ground.BAR)

    def _desks(self) -> Iterator[Pieces]:
        """Which desk this is, and room in its place where how the connection stands would be cut off."""
        if self._desk:
            yield (Piece(self._desk, Ink.ACCENT), _gap())
        yield ()


def _gap() -> Piece:
    return Piece(Displayable("  "))


def _link(status: Status) -> Piece:
    match status.link:
        case Link.LIVE if status.heard_ago < _FRESH:
            return Piece(say("● live"), Ink.GOOD)
        case Link.LIVE:
            return Piece(say("◐ quiet for {seconds} s", seconds=int(status.heard_ago)), Ink.WARNING)
        case Link.STARTING:
            return Piece(say("○ connecting"), Ink.QUIET)
        case Link.LOST:
            return Piece(say("✗ no connection"), Ink.BAD)
        case Link.REFUSED:
            return Piece(say("✗ signed out"), Ink.BAD)
        case _:
            assert_never(status.link)


def _forms(status: Status) -> Iterator[tuple[Pieces, Pieces]]:
    """Who the agent is, and the work, from the fullest form to the briefest.

    An aside that presses stands in each, another one only where it drives out no more than words.
    """
    forms = _plain_forms(status)
    aside = (*status.aside, _gap()) if status.aside else ()
    beside = forms if status.pressing else forms[:3]
    if aside:
        yield from ((agent, (*aside, *work)) for agent, work in beside)
    if aside and status.pressing:
        yield (), (*aside, *forms[-1][1])
    if not (aside and status.pressing):
        yield from forms


def _plain_forms(status: Status) -> list[tuple[Pieces, Pieces]]:
    """What is in hand, done and waiting; the words go first, then what is done, the name, the least sign."""
    there, waiting = _availability(status), _waiting(status)
    agent = (Piece(status.agent, Ink.TEXT), Piece(Displayable(" ")), there)
    handled = (Piece(say("handled {n}", n=status.handled), Ink.QUIET), _gap())
    auto = Piece(say(" auto") if status.auto else NOTHING, Ink.QUIET)
    brief = _load(status, auto, brief=True)
    return [
        (agent, (*_load(status, auto), *handled, *waiting)),
        (agent, (*brief, *handled, *waiting)),
        (agent, (*brief, *waiting)),
        ((there,), (*brief, *waiting)),
        ((there,), (*_load(status, Piece(NOTHING), brief=True), *waiting)),
    ]


def _availability(status: Status) -> Piece:
    match status.availability:
        case Availability.ONLINE:
            return Piece(say("✓ available"), Ink.GOOD)
        case Availability.BUSY:
            return Piece(_pause(status), Ink.WARNING)
        case Availability.OFFLINE:
            return Piece(say("○ offline"), Ink.QUIET)
        case _:
            assert_never(status.availability)


def _pause(status: Status) -> Displayable:
    """Why, and from the first minute on for how long."""
    reason = cut(status.pause, _REASON_CELLS) if status.pause else say("on a pause")
    minutes = int((status.paused_for or 0.0) // 60)
    if minutes:
        return say("‖ {reason} {minutes} min", reason=reason, minutes=minutes)
    return say("‖ {reason}", reason=reason)


def _load(status: Status, auto: Piece, *, brief: bool = False) -> Pieces:
    return () if status.load is None else (load_piece(status.load, brief=brief), auto, _gap())


def _waiting(status: Status) -> Pieces:
    waiting = Piece(say("waiting {n}", n=status.waiting), Ink.TEXT if status.waiting else Ink.QUIET)
    if status.longest_since is None:
        return (waiting,)
    longest = wait_piece(status.longest_since, status.server_now, status.promise)
    return (waiting, Piece(Displayable(" ")), longest)
