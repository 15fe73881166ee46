"""What closing a queue does to those who wait: how fast they become fewer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from agent_tui.desk.metrics.figures import Figures

_NEWEST: Final = 2
"""Of the twelve parts of the last hour."""
_PART: Final = 5
"""Minutes."""


class Outlook(Struct, frozen=True):
    """How a queue empties, in whole minutes; ``None``: it does not, at this pace."""

    waiting: int
    arrivals: float
    """Per minute."""
    answers: float
    """Per minute."""
    closed: int | None
    """Until nobody waits when nobody new comes in."""
    open: int | None
    """Until nobody waits when it stays as it is."""
    lately: float
    """Arrivals per minute in the last ten minutes."""


def outlook(figures: Figures, arrivals: Sequence[int]) -> Outlook:
    """From the pace of the window; ``arrivals`` of the last hour in twelve parts, the newest last."""
    into, out, waiting = figures.arrivals_per_minute, figures.answers_per_minute, figures.waiting
    return Outlook(
        waiting=waiting,
        arrivals=into,
        answers=out,
        closed=_minutes(waiting, out),
        open=_minutes(waiting, out - into),
        lately=sum(arrivals[-_NEWEST:]) / (_NEWEST * _PART),
    )


def _minutes(waiting: int, pace: float) -> int | None:
    if not waiting:
        return 0
    return None if pace <= 0 else max(1, round(waiting / pace))
