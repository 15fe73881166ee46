"""What the agent is told of their limit, and of customers taken without a key."""

from __future__ import annotations

from typing import Final, assert_never

from agent_tui.desk.capacity_notice import (
    AutoTakeSet,
    CapacityNotice,
    LimitsBroken,
    NotTookForYou,
    OverLimit,
    TookForYou,
)
from agent_tui.desk.text import Displayable
from agent_tui.telling import Told, Weight
from agent_tui.wording import decimal, say

_PLACES: Final = 2
"""A chat weighs quarters."""


def about_capacity(notice: CapacityNotice) -> Told:
    """The words for ``notice``."""
    match notice:
        case OverLimit(weight, limit):
            words = say("{n} of {limit}: you are over your limit.", n=weighed(weight), limit=limit)
            return Told(words, Weight.FACT)
        case TookForYou(customer, waited, tab):
            minutes, seconds = divmod(int(waited), 60)
            words = say(
                "Took {customer}, waited {time}: tab {tab}",
                customer=customer, time=Displayable(f"{minutes}:{seconds:02}"), tab=tab,
            )  # fmt: skip
            return Told(words, Weight.FACT)
        case NotTookForYou(customer, by):
            return Told(_faster(customer, by), Weight.FACT)
        case AutoTakeSet(on):
            return Told(_switched(on=on), Weight.FACT)
        case LimitsBroken(where):
            return Told(say("A limit was left out. {where}", where=where), Weight.WARNING)
        case _:
            assert_never(notice)


def weighed(weight: float) -> Displayable:
    """``2``, ``1.5``, ``0.25``: no more places than it needs."""
    exact = (places for places in range(_PLACES) if weight * 10**places % 1 == 0)
    return decimal(weight, next(exact, _PLACES))


def _faster(customer: Displayable, by: Displayable) -> Displayable:
    if by:
        return say("{by} was faster and has {customer} now. The next one is tried.", by=by, customer=customer)
    return say("A colleague was faster and has {customer} now. The next one is tried.", customer=customer)


def _switched(*, on: bool) -> Displayable:
    if on:
        return say("While you have room, the longest waiting comes to you by itself.")
    return say("Customers come to you only when you take them.")
