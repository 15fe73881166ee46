"""Words of a text and their stems: ``verokortin`` and ``verokortti`` are one in Finnish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from canned.languages import SMALL_WORDS

ALGORITHMS: Final[Mapping[str, str]] = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "sv": "swedish",
}
"""Snowball's stemmers by language."""
_WORD: Final = re.compile(r"\w+")
_BRACES: Final = re.compile(r"\{[{%][^{}]*[%}]\}")
_LONGEST: Final = 40
"""Characters of a word; what is longer is no word."""
_NONE: Final[frozenset[str]] = frozenset()


def words(text: str) -> list[str]:
    """The words of ``text`` (which may be a template) in small letters, in order."""
    plain = _BRACES.sub(" ", text).casefold()
    return [word for word in _WORD.findall(plain) if len(word) <= _LONGEST]


class _Stemmer(Protocol):
    """What the library makes."""

    def stemWord(self, word: str, /) -> str:  # noqa: N802  the library's name
        """The stem of one word."""
        ...


class Stems:
    """Finds stems and remembers them. Belongs to one thread."""

    def __init__(self) -> None:
        self._stemmers: dict[str, _Stemmer | None] = {}
        self._known: dict[tuple[str, str], str] = {}

    def of(self, text: str, language: str) -> Iterator[str]:
        """The stems of the words that say something, in order. Unknown languages keep their words."""
        small = SMALL_WORDS.get(language, _NONE)
        for word in words(text):
            if len(word) > 1 and word not in small:
                yield self._stem(word, language)

    def _stem(self, word: str, language: str) -> str:
        known = self._known.get((language, word))
        if known is None:
            if language not in self._stemmers:
                self._stemmers[language] = _stemmer(language)
            stemmer = self._stemmers[language]
            known = word if stemmer is None else stemmer.stemWord(word)
            self._known[language, word] = known
        return known


def _stemmer(language: str) -> _Stemmer | None:
    algorithm = ALGORITHMS.get(language)
    if algorithm is None:
        return None
    import Stemmer  # type: ignore[import-not-found]  # noqa: PLC0415  only suggestions need it

    made: _Stemmer = Stemmer.Stemmer(algorithm)
    return made
