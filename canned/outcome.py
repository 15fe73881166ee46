"""What became of a response: how it was used, and what the customer did then, told by their words."""

from __future__ import annotations

import enum
import re
from typing import Final


class Use(enum.Enum):
    """What the agent did with a response."""

    USED = "used"
    """Sent, changed or not."""
    ABANDONED = "abandoned"
    """Inserted and not sent."""


class Outcome(enum.Enum):
    """What the customer did after the answer. The value names its column."""

    ASKED = "asked"
    """Replied with a further question."""
    THANKED = "thanked"
    LEFT = "went"


_READ: Final = 2_000
"""Characters of a message that are looked at."""
_THANKS: Final = re.compile(
    r"\b(kiit\w*|tack\w*|dank(?:e|jewel|u)?|bedankt|thanks?|thank you|thx|ty|mange takk|takk|tak|merci)\b",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(r"\?(?:\s|$)")


def outcome_of(message: str) -> Outcome | None:
    """What a customer's message says about the answer before it; ``None`` when it does not tell.

    A question counts before thanks: who asks on was not helped yet.
    """
    read = message[:_READ]
    if _QUESTION.search(read):
        return Outcome.ASKED
    return Outcome.THANKED if _THANKS.search(read) else None
