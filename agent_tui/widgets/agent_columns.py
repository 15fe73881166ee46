"""The columns of the lead's table of agents."""

from __future__ import annotations

from typing import Final, assert_never

from agent_tui.desk.metrics.board import AgentFigures
from agent_tui.desk.text import Displayable
from agent_tui.desk.waiting import LIVE_CHAT
from agent_tui.widgets.columns import Column, least, most, number_face, time_face
from agent_tui.widgets.load_mark import load_mark
from agent_tui.widgets.painting import Piece
from agent_tui.widgets.queue_columns import TIME, longest_face
from agent_tui.wording import decimal, percent, say
from api_client.models.people import Availability
from themes.contract import Ink

_THERE: Final = (Availability.ONLINE, Availability.BUSY, Availability.OFFLINE)


def there_piece(availability: Availability) -> Piece:
    """Whether somebody takes chats, as a sign."""
    match availability:
        case Availability.ONLINE:
            return Piece(Displayable("✓ "), Ink.GOOD)
        case Availability.BUSY:
            return Piece(Displayable("‖ "), Ink.WARNING)
        case Availability.OFFLINE:
            return Piece(Displayable("○ "), Ink.QUIET)
        case _:
            assert_never(availability)


def there_words(availability: Availability) -> Displayable:
    """The same in a word."""
    match availability:
        case Availability.ONLINE:
            return say("available")
        case Availability.BUSY:
            return say("busy")
        case Availability.OFFLINE:
            return say("away")
        case _:
            assert_never(availability)


AGENT_COLUMNS: tuple[Column[AgentFigures], ...] = (
    Column(
        "agent", lambda: say("Agents"), 0, 0,
        lambda row, _: (there_piece(row.availability), Piece(row.name)), lambda row: row.name.casefold(),
    ),
    Column(
        "there", lambda: say("state"), 9, 5,
        lambda row, _: (Piece(there_words(row.availability), Ink.QUIET),),
        lambda row: _THERE.index(row.availability), left=True,
    ),
    Column(
        "open", lambda: say("open"), 5, 1,
        lambda row, _: number_face(row.figures.holds), lambda row: most(row.figures.holds),
    ),
    Column(
        "load", lambda: say("limit"), 8, 3,
        lambda row, _: (load_mark(row.load),), lambda row: most(row.load.weight / row.load.limit),
    ),
    Column(
        "longest", lambda: say("longest"), TIME + 2, 2,
        lambda row, now: longest_face(row.figures.longest_since, now, LIVE_CHAT),
        lambda row: least(row.figures.longest_since),
    ),
    Column(
        "gap", lambda: say("gap"), 6, 3,
        lambda row, _: time_face(row.figures.next_p50), lambda row: most(row.figures.next_p50),
    ),
    Column(
        "handled", lambda: say("handled"), 8, 4,
        lambda row, _: number_face(row.figures.handled), lambda row: most(row.figures.handled),
    ),
    Column(
        "each", lambda: say("each"), 7, 7,
        lambda row, _: time_face(row.figures.handle_time), lambda row: most(row.figures.handle_time),
    ),
    Column(
        "together", lambda: say("at once"), 8, 8,
        lambda row, _: number_face(row.figures.concurrency, decimal),
        lambda row: most(row.figures.concurrency),
    ),
    Column(
        "busy", lambda: say("busy"), 5, 6,
        lambda row, _: number_face(row.figures.occupancy, percent), lambda row: most(row.figures.occupancy),
    ),
)  # fmt: skip
"""From the left. ``load`` is what the open chats weigh against the limit,
``gap`` is the median of the waits for further answers in the window."""
