"""Numbers that say who somebody is or where their money is, found by their check digits. Pure.

A number counts only when its check digits (and its date, where it has one) are right, so that order
numbers, dates and telephone numbers stay readable.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from itertools import starmap
from typing import Final, NamedTuple

from agent_tui.desk.late import pattern
from agent_tui.desk.text import NOTHING, Displayable

MASK: Final = "*"


class NumberKind(enum.Enum):
    """What a private number is."""

    FINNISH_IDENTITY = "finnish identity code"
    SWEDISH_IDENTITY = "swedish identity number"
    DUTCH_CITIZEN = "dutch citizen service number"
    BANK_ACCOUNT = "bank account"
    PAYMENT_CARD = "payment card"


class PrivateNumber(NamedTuple):
    """Where in a text a private number stands: code points from ``start`` up to ``end``."""

    kind: NumberKind
    start: int
    end: int


_SHAPES: Final[tuple[tuple[NumberKind, str], ...]] = (
    (NumberKind.BANK_ACCOUNT, r"[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]{4}){2,7}(?:[ ]?[A-Za-z0-9]{1,3})?"),
    (NumberKind.FINNISH_IDENTITY, r"\d{6}[-+A-Fa-fU-Yu-y]\d{3}[0-9A-Za-z]"),
    # Ten digits in one piece are more often a telephone number: those need their dash or their century.
    (NumberKind.SWEDISH_IDENTITY, r"(?:\d{2})?\d{6}[-+]\d{4}|(?:19|20)\d{10}"),
    (NumberKind.PAYMENT_CARD, r"[3-6]\d{3}[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,4})?"),
    (NumberKind.DUTCH_CITIZEN, r"\d{9}|\d{4}\.\d{2}\.\d{3}|\d{3}[ .]\d{3}[ .]\d{3}"),
)
_candidate: Final = pattern(
    r"(?<![\w])(?:" + "|".join(f"(?P<{kind.name}>{shape})" for kind, shape in _SHAPES) + r")(?![\w])"
)
_worth_a_look = re.compile(r"\d{2}[ .]?\d").search
"""Most messages have no three digits in a row and cost nothing more."""

_CHECKS: Final = {
    NumberKind.FINNISH_IDENTITY: "stdnum.fi.hetu",
    NumberKind.SWEDISH_IDENTITY: "stdnum.se.personnummer",
    NumberKind.DUTCH_CITIZEN: "stdnum.nl.bsn",
    NumberKind.BANK_ACCOUNT: "stdnum.iban",
    NumberKind.PAYMENT_CARD: "stdnum.luhn",
}


def private_numbers(text: str) -> tuple[PrivateNumber, ...]:
    """All private numbers of a text, from left to right; none overlaps another."""
    return tuple(_found(text)) if _worth_a_look(text) else ()


def masked(text: Displayable) -> Displayable:
    """The text with the letters and digits of private numbers starred out, of the same length.

    ``NOTHING`` when there is nothing to hide.
    """
    numbers = private_numbers(text)
    if not numbers:
        return NOTHING
    shown = list(text)
    for _, start, end in numbers:
        shown[start:end] = (MASK if sign.isalnum() else sign for sign in shown[start:end])
    return Displayable("".join(shown))


def without_private_numbers(text: Displayable) -> Displayable:
    """The text as it may stand where nobody can ask to see more."""
    return masked(text) or text


def _found(text: str) -> Iterator[PrivateNumber]:
    """The next candidate is looked for behind a number that counts, else right behind where it began."""
    at = 0
    while (candidate := _candidate().search(text, at)) is not None:
        ends = starmap(_longest, ((kind, candidate, text) for kind, _ in _SHAPES))
        number = next((number for number in ends if number is not None), None)
        at = candidate.start() + 1 if number is None else number.end
        if number is not None:
            yield number


def _longest(kind: NumberKind, candidate: re.Match[str], text: str) -> PrivateNumber | None:
    """The candidate as this kind of number, if its shape and its check digits are right.

    Short words behind a number look like one more group of it, so shorter ones are tried too.
    """
    start = candidate.start()
    shaped = _shape(kind).match(text, start)
    while shaped is not None:
        if _valid(kind)(shaped[0]):
            return PrivateNumber(kind, start, shaped.end())
        shaped = _shape(kind).match(text, start, max(start, shaped[0].rfind(" ") + start))
    return None


@cache
def _shape(kind: NumberKind) -> re.Pattern[str]:
    return re.compile(f"(?:{dict(_SHAPES)[kind]})(?![\\w])")


def _adds_up(account: str) -> bool:
    """Whether an account's check digits are right."""
    signs = account.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


@cache
def _valid(kind: NumberKind) -> Callable[[str], bool]:
    """The check of a kind; looked up when the first candidate turns up, as most shifts begin without one."""
    check: Callable[..., bool] = import_module(_CHECKS[kind]).is_valid
    match kind:
        case NumberKind.PAYMENT_CARD:
            return lambda number: check(number.replace(" ", "").replace("-", ""))
        case NumberKind.FINNISH_IDENTITY:
            return partial(check, allow_temporary=True)
        case NumberKind.BANK_ACCOUNT:
            # The library looks at more than the sum, which takes long where many words look like an account.
            return lambda number: _adds_up(number) and check(number)
        case _:
            return check
