"""Service level by every formula in use, side by side: the same data give different figures."""

from __future__ import annotations

import enum
from typing import assert_never

from msgspec import Struct


class Formula(enum.Enum):
    """How a service level is worked out; docs/metrics.md has each in full."""

    ANSWERED = "answered"
    OFFERED = "offered"
    OFFERED_BUT_SHORT = "offered but short"
    LEFT_IN_TIME_IS_KEPT = "left in time is kept"
    LEFT_IN_TIME_IS_OUT = "left in time is out"
    STILL_WAITING_COUNTS = "still waiting counts"


class Outcome(Struct, frozen=True):
    """What became of those who waited for a first answer: counts, within the target and in all."""

    answered: int
    answered_in_time: int
    abandoned: int
    abandoned_in_time: int
    abandoned_short: int
    """Left so soon that no answer could have reached them."""
    waiting_too_long: int
    """Still waiting for a first answer, past the target."""


def service_level(formula: Formula, outcome: Outcome) -> float | None:
    """The share from 0 to 1; ``None`` when the formula has nothing to divide by."""
    kept, of = _parts(formula, outcome)
    return kept / of if of else None


def _parts(formula: Formula, o: Outcome) -> tuple[int, int]:
    offered = o.answered + o.abandoned
    match formula:
        case Formula.ANSWERED:
            return o.answered_in_time, o.answered
        case Formula.OFFERED:
            return o.answered_in_time, offered
        case Formula.OFFERED_BUT_SHORT:
            return o.answered_in_time, offered - o.abandoned_short
        case Formula.LEFT_IN_TIME_IS_KEPT:
            return o.answered_in_time + o.abandoned_in_time, offered
        case Formula.LEFT_IN_TIME_IS_OUT:
            return o.answered_in_time, offered - o.abandoned_in_time
        case Formula.STILL_WAITING_COUNTS:
            return o.answered_in_time, offered - o.abandoned_short + o.waiting_too_long
        case _:
            assert_never(formula)
