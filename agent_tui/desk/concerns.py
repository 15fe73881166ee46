"""What may speak against sending a text; the words are found in ``agent_tui.notices``."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.private_numbers import NumberKind
from agent_tui.desk.text import Displayable


class GapLeft(Struct, frozen=True):
    """A text has a place that is not filled in."""

    name: Displayable


class WrongLanguage(Struct, frozen=True):
    """A text is in another language than the customer's; both in two letters."""

    customer: Displayable
    found: str
    wanted: str


class SaidBefore(Struct, frozen=True):
    """The customer has got this text already, at ``at`` (server's time)."""

    at: float


class LinkDead(Struct, frozen=True):
    """An address in a text leads to a page that is not there."""

    address: Displayable


class LinkInternal(Struct, frozen=True):
    """An address in a text is one that customers cannot reach."""

    host: Displayable


class NumberGiven(Struct, frozen=True):
    """A text holds a number that says who somebody is or where their money is."""

    kind: NumberKind


Concern = GapLeft | NumberGiven | WrongLanguage | SaidBefore | LinkDead | LinkInternal
"""What may speak against sending a text."""
