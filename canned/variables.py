"""The variables a canned response may name."""

from __future__ import annotations

import difflib
from typing import Final

from canned.moment import NAMES

_PERSON: Final = ("name", "first_name", "last_name", "email")
_CUSTOMER: Final = ("id", *_PERSON, "phone", "phone_number")
_QUEUE: Final = ("name",)

KNOWN: Final = frozenset(
    f"{whole}.{part}"
    for wholes, parts in (
        (("contact", "customer"), _CUSTOMER),
        (("agent",), _PERSON),
        (("inbox", "queue"), _QUEUE),
        (("conversation",), ("id",)),
        (("now",), NAMES),
    )
    for whole in wholes
    for part in parts
)
"""Dotted paths. ``contact`` and ``customer`` are the same, so are ``inbox`` and ``queue``."""


def nearest(unknown: str) -> str:
    """The known variable that is most like an unknown one; empty when none is."""
    return next(iter(difflib.get_close_matches(unknown, sorted(KNOWN), n=1)), "")
