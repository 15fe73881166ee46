"""The language of a text, told only where its small words leave no doubt: Finnish, Swedish, Dutch, English.

The method counts words that a language can hardly do without, and for Finnish, which has few of them, the
endings of its cases and verbs as well. A language is told when it has three such words, an eighth of all,
and more than twice as many as any other language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from canned.languages import SMALL_WORDS


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_WORD: Final = re.compile(r"[^\W\d_]+")
_NO_WORDS: Final = re.compile(r"\{[{%].*?[%}]\}|\S*(?:://|www\.|@)\S+")
_FINNISH: Final = _words(
    "mun sun mä sä mut onks oon saan saa voi pitää pitäisi tuo tuon tän sitä siitä siihen siellä täältä "
    "täällä mulla sulla olisi ollut olin tulee tuli enää kun kuin vaan vai vielä eli teen tehdä miksi "
    "milloin kuka kenelle ne nämä tätä minulla sinulla jo sinä minä terve päivää hyvää ihan"
)
_FINNISH_ENDING: Final = re.compile(
    r"\w{3,}(?:ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|mme|tte|v[aä]t|aan|ään|een|iin|tt[aä]|k[aä]{2}|tk[oö]|"
    r"sti|ille|ien|jen|n?ut|nyt|isi|oon|yön)"
)
_READ: Final = 2_000
"""Characters looked at."""
_FEWEST: Final = 3
_SHARE: Final = 8
"""One word in so many must be a small one."""


@lru_cache(maxsize=256)
def sure_of(text: str) -> str:
    """The language of ``text`` in two letters, or empty where its words leave a doubt.

    Addresses and what stands in a template's braces do not count.
    """
    words = _WORD.findall(_NO_WORDS.sub(" ", text[:_READ]).lower())
    counts = {language: _count(words, language, small) for language, small in SMALL_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if _leaves_no_doubt(counts, best, len(words)) else ""


def _count(words: list[str], language: str, small: frozenset[str]) -> int:
    if language != "fi":
        return sum(word in small for word in words)
    return sum(word in small or word in _FINNISH or _ends_finnish(word) for word in words)


def _ends_finnish(word: str) -> bool:
    return _FINNISH_ENDING.fullmatch(word) is not None


def _leaves_no_doubt(counts: Mapping[str, int], best: str, words: int) -> bool:
    others = max(count for language, count in counts.items() if language != best)
    return counts[best] >= max(_FEWEST, 2 * others + 1) and counts[best] * _SHARE >= words
