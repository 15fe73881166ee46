"""How long somebody has waited: a glyph for how bad it is, the time, and an ink. Never the ink alone."""

from __future__ import annotations

from typing import Final, assert_never

from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Given, Promise, Urgency
from agent_tui.desk.waiting import counted, urgency
from agent_tui.widgets.cells import pad, width
from agent_tui.widgets.clock_face import waited
from agent_tui.widgets.painting import Piece
from themes.contract import Ink


def glyph(level: Urgency) -> tuple[str, Ink]:
    """A ring that fills up: calm, near the promise, past it."""
    match level:
        case Urgency.CALM:
            return "○", Ink.CALM
        case Urgency.WARNING:
            return "◐", Ink.WARNING
        case Urgency.BREACH:
            return "●", Ink.BREACH
        case _:
            assert_never(level)


AGAIN: Final = Displayable("↻")
"""Beside a wait: somebody has answered before, the customer waits for the next answer."""


def wait_piece(since: float, now: float, promise: Promise, *, cells: int = 0) -> Piece:
    """``◐ 4:07``; ``cells`` sets the time to the right of so many, and cuts none."""
    seconds = counted(promise, since, now)
    mark, ink = glyph(urgency(promise, seconds))
    time = waited(seconds)
    return Piece(Displayable(f"{mark} {pad(time, max(cells, width(time)), right=True)}"), ink)


def promise_piece(given: Given, now: float) -> Piece:
    """``◷ 4:12``: how long there still is to keep a promise; ``◷!`` near its end, ``◷!! +0:30`` since."""
    level = urgency(given.promise, now - given.made)
    left = given.until - now
    sign = {Urgency.CALM: "◷", Urgency.WARNING: "◷!", Urgency.BREACH: "◷!! +"}[level]
    time = waited(left if level is not Urgency.BREACH else -left)
    blank = "" if level is Urgency.BREACH else " "
    return Piece(Displayable(f"{sign}{blank}{time}"), glyph(level)[1])
