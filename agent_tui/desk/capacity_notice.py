"""What the agent is to be told of their limit, and of customers taken without a key."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.text import Displayable


class AboutCapacity(Struct, frozen=True):
    """Base of them."""


class OverLimit(AboutCapacity, frozen=True):
    """The agent has taken more than their limit, which they may."""

    weight: float
    limit: int


class TookForYou(AboutCapacity, frozen=True):
    """A customer was taken without a key; ``tab`` counts from 1."""

    customer: Displayable
    waited: float
    """Seconds."""
    tab: int


class NotTookForYou(AboutCapacity, frozen=True):
    """A colleague was faster (perhaps without a name); the next one is tried by and by."""

    customer: Displayable
    by: Displayable


class AutoTakeSet(AboutCapacity, frozen=True):
    """Customers are taken without a key from now on, or no longer."""

    on: bool


class LimitsBroken(AboutCapacity, frozen=True):
    """Something in the team's file of limits could not be read; ``where`` names file, line and remedy."""

    where: Displayable


CapacityNotice = OverLimit | TookForYou | NotTookForYou | AutoTakeSet | LimitsBroken
