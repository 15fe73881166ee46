"""The columns of the lead's table of queues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agent_tui.desk.intake_model import State
from agent_tui.desk.metrics.board import QueueFigures
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Promise
from agent_tui.widgets.columns import Column, least, most, number_face, time_face
from agent_tui.widgets.intake_words import state_ink, state_words
from agent_tui.widgets.painting import Piece, Pieces
from agent_tui.widgets.wait_mark import wait_piece
from agent_tui.wording import decimal, percent, say
from themes.contract import Ink

_BARS: Final = " ▁▂▃▄▅▆▇█"
TIME: Final = 7
_STATES: Final = list(State)


def bars(counts: Sequence[int]) -> Displayable:
    """``▁▂▅█``: each count against the highest; what is not nothing never looks like nothing."""
    highest = max(counts, default=0) or 1
    return Displayable("".join(_BARS[-(-8 * count // highest)] for count in counts))


def longest_face(since: float | None, now: float, promise: Promise) -> Pieces:
    """``◐ 4:07``, or a dash where nobody waits."""
    if since is None:
        return (Piece(Displayable("-"), Ink.QUIET),)
    return (wait_piece(since, now, promise, cells=TIME),)


def _level(figures: Figures) -> float | None:
    return figures.levels[Formula.STILL_WAITING_COUNTS]


def _traffic(row: QueueFigures, _now: float) -> Pieces:
    figures = row.figures
    text = f"{decimal(figures.arrivals_per_minute)}/{decimal(figures.answers_per_minute)}"
    return (Piece(Displayable(text), Ink.QUIET),)


QUEUE_COLUMNS: tuple[Column[QueueFigures], ...] = (
    Column(
        "queue", lambda: say("Queues"), 0, 0,
        lambda row, _: (Piece(row.name),), lambda row: row.name.casefold(),
    ),
    Column(
        "state", lambda: say("state"), 12, 4,
        lambda row, _: (Piece(state_words(row.intake), state_ink(row.intake.state)),),
        lambda row: -_STATES.index(row.intake.state),
    ),
    Column(
        "waiting", lambda: say("wait"), 5, 1,
        lambda row, _: number_face(row.figures.waiting), lambda row: most(row.figures.waiting),
    ),
    Column(
        "longest", lambda: say("longest"), TIME + 2, 2,
        lambda row, now: longest_face(row.figures.longest_since, now, row.promise),
        lambda row: least(row.figures.longest_since),
    ),
    Column(
        "p50", lambda: say("p50"), 6, 8,
        lambda row, _: time_face(row.figures.first_p50), lambda row: most(row.figures.first_p50),
    ),
    Column(
        "p90", lambda: say("p90"), 6, 6,
        lambda row, _: time_face(row.figures.first_p90), lambda row: most(row.figures.first_p90),
    ),
    Column(
        "level", lambda: say("level"), 5, 3,
        lambda row, _: number_face(_level(row.figures), percent), lambda row: least(_level(row.figures)),
    ),
    Column(
        "traffic", lambda: say("in/out"), 8, 5,
        _traffic,
        lambda row: row.figures.answers_per_minute - row.figures.arrivals_per_minute,
    ),
    Column(
        "hour", lambda: say("last hour"), 12, 7,
        lambda row, _: (Piece(bars(row.arrivals), Ink.ACCENT),), lambda row: -sum(row.arrivals),
    ),
    Column(
        "serving", lambda: say("serve"), 6, 4,
        lambda row, _: number_face(row.serving), lambda row: row.serving,
    ),
    Column(
        "free", lambda: say("free"), 6, 4,
        lambda row, _: number_face(row.free), lambda row: least(row.free),
    ),
)  # fmt: skip
"""From the left. ``serving`` is how many agents hold a chat of the queue now, ``free`` for how many more
chats there is room."""
