"""How hard a text is to read: LIX, the readability index made for Swedish that counts in any language.

LIX = words / sentences + 100 * long words / words, where a long word has more than six letters. A text of
short sentences and short words is near 25, an official letter near 55. Finnish builds longer words than its
neighbours, so the same difficulty gives it a higher number; the limits below allow for that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

LIMITS: Final[Mapping[str, float]] = {"en": 45.0, "fi": 65.0, "nl": 48.0, "sv": 45.0}
"""From here on a text is too hard for a chat."""
OTHERWISE: Final = 50.0
"""The limit for other languages."""
_LONG: Final = 6
_FEWEST: Final = 15
"""Words below which the number says nothing."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_END: Final = re.compile(r"[.!?:…]+(?=\s|$)|\n\s*")
_OTHER: Final = re.compile(r"\{%[^{}]*%\}|https?://\S+")


def lix(text: str) -> float | None:
    """The LIX of ``text``, or ``None`` when it is too short to tell. Variables count as words."""
    plain = _OTHER.sub(" ", text).replace("{{", " ").replace("}}", " ")
    sentences = [part for part in _END.split(plain) if _WORD.search(part)]
    words = _WORD.findall(plain)
    if len(words) < _FEWEST:
        return None
    long = sum(len(word) > _LONG for word in words)
    return len(words) / len(sentences) + 100 * long / len(words)


def limit(language: str) -> float:
    """The highest LIX that is easy enough for a chat in ``language``."""
    return LIMITS.get(language, OTHERWISE)
