"""The figures of one scope at one moment, as boards and scripts show them. Times in seconds."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from agent_tui.desk.metrics.levels import Formula, service_level
from agent_tui.desk.metrics.load import Load, concurrency_factor
from agent_tui.desk.metrics.tally import MINUTE, Tally
from agent_tui.desk.metrics.window import Whole, Window
from api_client.models.identity import ConversationId


class Figures(Struct, frozen=True):
    """``None`` stands where there is nothing to measure. Sliding figures are of the rules' window."""

    waiting_first: int
    """Wait for their first answer now."""
    waiting_next: int
    """Wait for a further answer now."""
    longest_since: float | None
    """Server time the longest wait began."""
    longest: ConversationId | None
    first_mean: float | None
    first_p50: float | None
    first_p90: float | None
    next_p50: float | None
    next_p90: float | None
    arrivals_per_minute: float
    answers_per_minute: float
    """First answers, to be set against arrivals."""
    levels: Mapping[Formula, float | None]
    handled: int
    abandoned: int
    messages_in: int
    messages_out: int
    """The last four, with ``arrivals`` and ``answers`` below, since the facts begin."""
    handle_time: float | None
    """Mean."""
    holds: int = 0
    concurrency: float | None = None
    occupancy: float | None = None
    adjusted_handle_time: float | None = None
    next_mean: float | None = None
    arrivals: int = 0
    answers: int = 0
    """First answers."""

    @property
    def waiting(self) -> int:
        """Everybody who waits for an answer."""
        return self.waiting_first + self.waiting_next


def figures_of(tally: Tally, load: Load | None, now: int, span: int) -> Figures:
    """The figures at ``now``; windows and times held have been moved there.

    ``span``: how long a time the tally's windows look at. Both in milliseconds.
    """
    outcome = tally.outcome(now)
    minutes = span / MINUTE
    longest = min(filter(None, (tally.waits_first.first, tally.waits_next.first)), default=None)
    mean = _seconds(tally.handled.mean)
    return Figures(
        waiting_first=len(tally.waits_first),
        waiting_next=len(tally.waits_next),
        longest_since=None if longest is None else longest[0] / 1000,
        longest=None if longest is None else longest[1],
        first_mean=_seconds(tally.first.mean),
        first_p50=_percentile(tally.first, 50),
        first_p90=_percentile(tally.first, 90),
        next_p50=_percentile(tally.next, 50),
        next_p90=_percentile(tally.next, 90),
        arrivals_per_minute=len(tally.arrived) / minutes if minutes else 0.0,
        answers_per_minute=len(tally.first) / minutes if minutes else 0.0,
        levels={formula: service_level(formula, outcome) for formula in Formula},
        handled=tally.total.handled,
        abandoned=tally.total.abandoned,
        messages_in=tally.total.messages_in,
        messages_out=tally.total.messages_out,
        handle_time=mean,
        holds=0 if load is None else load.held,
        concurrency=None if load is None else load.concurrency,
        occupancy=None if load is None else load.occupancy,
        adjusted_handle_time=_adjusted(mean, load),
        next_mean=_seconds(tally.next.mean),
        arrivals=tally.total.arrivals,
        answers=tally.total.answers,
    )


def sparkline(tally: Tally, now: int, bars: int = 12) -> tuple[int, ...]:
    """Arrivals of the last hour in ``bars`` equal parts (a divisor of 60), the newest last."""
    last, width = now // MINUTE, 60 // bars
    first = last - 60 + 1
    parts = [0] * bars
    for minute, count in tally.minutes.items():
        if first <= minute <= last:
            parts[(minute - first) // width] += count
    return tuple(parts)


def _adjusted(handle_time: float | None, load: Load | None) -> float | None:
    if handle_time is None or load is None or load.concurrency is None:
        return None
    return handle_time / concurrency_factor(load.concurrency)


def _percentile(window: Window | Whole, percent: int) -> float | None:
    return _seconds(window.percentile(percent))


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
