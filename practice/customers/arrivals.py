"""When customers arrive: at chance, as often as the pattern's phase says, and soon after the start."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import cycle
from random import Random

from practice.scenario.model import Phase

FIRST_WITHIN = 3.0
"""Somebody is there for a new agent to see after this many seconds at most."""
MORE_WITHIN = 20.0
MORE = 2
"""So many further customers come within ``MORE_WITHIN`` seconds."""


def arrivals(phases: Sequence[Phase], start: float, chance: Random) -> Iterator[float]:
    """The times of all arrivals from ``start`` on, in seconds, without end unless no phase has a rate.

    The first few come at once whatever the rate; then a Poisson process whose rate is that of the phase,
    the phases following one another from ``start`` and beginning anew after the last.
    """
    if not any(phase.per_minute for phase in phases):
        return
    yield start + chance.uniform(0.3, 1.0) * FIRST_WITHIN
    yield from sorted(start + chance.uniform(FIRST_WITHIN, MORE_WITHIN) for _ in range(MORE))
    for at in _poisson(phases, start, chance):
        if at >= start + MORE_WITHIN:
            yield at


def constant(per_minute: float) -> list[Phase]:
    """Phases for one rate all the time."""
    return [Phase(minutes=math.inf, per_minute=per_minute)]


def _poisson(phases: Sequence[Phase], start: float, chance: Random) -> Iterator[float]:
    """Each phase uses up its share of one stretch of unit-rate time after another."""
    left = chance.expovariate(1.0)
    begin = start
    for phase in cycle(phases):
        rate = phase.per_minute / 60
        end = begin + phase.minutes * 60
        at = begin
        while rate and at + left / rate < end:
            at += left / rate
            yield at
            left = chance.expovariate(1.0)
        left -= rate * (end - at) if rate else 0.0
        begin = end
