"""Which texts have which words: whole, begun, in the middle of a long one, or nearly."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

_INNER: Final = 3
"""Letters from which on a word is looked for inside of others: ``kortti`` in ``verokortti``."""
_NEAR: Final = 72.0
"""Least similarity (0-100) of a near miss."""
_NEAR_WORDS: Final = 20


class Lexicon:
    """Words and the numbers of the texts that have them."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        places: dict[str, array[int]] = {}
        for number, text in enumerate(texts):
            for word in set(text):
                places.setdefault(word, array("L")).append(number)
        self._words = sorted(places)
        self._places = [places[word] for word in self._words]

    def having(self, words: Iterable[str]) -> set[int]:
        """The texts that have all of ``words``, at least as parts."""
        found: set[int] | None = None
        for word in words:
            texts = self._texts(self._containing(word))
            found = texts if found is None else found & texts
            if not found:
                return set()
        return found or set()

    def nearly(self, word: str) -> set[int]:
        """The texts with a word that is written nearly so."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  7 ms that the first search pays

        hits = process.extract(word, self._words, scorer=fuzz.ratio, limit=_NEAR_WORDS, score_cutoff=_NEAR)
        return self._texts(index for _, _, index in hits)

    def _containing(self, word: str) -> Iterator[int]:
        if len(word) >= _INNER:
            yield from (index for index, known in enumerate(self._words) if word in known)
            return
        start = bisect_left(self._words, word)
        for index in range(start, len(self._words)):
            if not self._words[index].startswith(word):
                return
            yield index

    def _texts(self, words: Iterable[int]) -> set[int]:
        texts: set[int] = set()
        for index in words:
            texts.update(self._places[index])
        return texts
