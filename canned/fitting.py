"""How well each response fits what a customer wrote: BM25 over the stems of the library's texts."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Final

from canned.languages import guess
from canned.model import Response
from canned.stems import Stems

_SATURATION: Final = 1.2
_LENGTH: Final = 0.75
"""The usual k1 and b of BM25."""
_WORK: Final = 20_000
"""Places looked at for one message; the rarest words come first, so the commonest are left out."""
_MESSAGE: Final = 2_000
"""Characters of a message that are read, the last ones."""
_HALF: Final = 5.0
"""The score that counts as half a fit."""


class Fitting:
    """The texts of a library, by their stems. Belongs to one thread once it is made."""

    def __init__(self, responses: Sequence[Response]) -> None:
        self._stems = Stems()
        self._owner = array("L")
        self._spoken: set[str] = set()
        counts: list[Counter[str]] = []
        for index, response in enumerate(responses):
            about = f"{response.title} {' '.join(response.category)}"
            for language, text in response.texts.items():
                spoken = language or guess(text)
                self._spoken.add(spoken)
                counts.append(Counter(self._stems.of(f"{about} {text}", spoken)))
                self._owner.append(index)
        self._places: dict[str, tuple[array[int], array[float]]] = {}
        self._weigh(counts)

    def _weigh(self, counts: Sequence[Counter[str]]) -> None:
        lengths = [count.total() for count in counts]
        average = sum(lengths) / len(lengths) if any(lengths) else 1.0
        found = Counter(stem for count in counts for stem in count)
        rarity = {
            stem: math.log1p((len(counts) - times + 0.5) / (times + 0.5)) for stem, times in found.items()
        }
        for text, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            damping = _SATURATION * (1 - _LENGTH + _LENGTH * length / average)
            for stem, times in count.items():
                texts, weights = self._places.setdefault(stem, (array("L"), array("d")))
                texts.append(text)
                weights.append(rarity[stem] * times * (_SATURATION + 1) / (times + damping))

    def scores(self, message: str, language: str = "") -> dict[int, float]:
        """How well each response fits ``message``, from 0 up to 1, by its place in the library.

        Those that share no word with it are left out.

        Args:
            message: what the customer wrote; its end counts.
            language: of the message; guessed when empty, and read as any when that fails.
        """
        recent = message[-_MESSAGE:]
        spoken = language or guess(recent)
        stems = {
            stem for one in ([spoken] if spoken else self._spoken) for stem in self._stems.of(recent, one)
        }
        places = sorted((self._places[stem] for stem in stems if stem in self._places), key=_size)
        sums: dict[int, float] = {}
        left = _WORK
        for texts, weights in places:
            left -= len(texts)
            if left < 0:
                break
            for text, weight in zip(texts, weights, strict=True):
                sums[text] = sums.get(text, 0.0) + weight
        return self._by_response(sums)

    def _by_response(self, sums: dict[int, float]) -> dict[int, float]:
        """Of each response the text that fits best."""
        best: dict[int, float] = {}
        for text, total in sums.items():
            owner = self._owner[text]
            fit = total / (total + _HALF)
            if fit > best.get(owner, 0.0):
                best[owner] = fit
        return best


def _size(place: tuple[array[int], array[float]]) -> int:
    return len(place[0])
