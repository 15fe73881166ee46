"""Pairs of responses that say nearly the same, found without comparing each with each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from rapidfuzz import fuzz

from canned.model import Response
from canned.stems import words

ALIKE: Final = 90.0
"""Similarity (0-100) from which two texts are near-duplicates."""
_RUN: Final = 3
"""Words in a row that both texts must have to be compared."""
_COMMON: Final = 40
"""A run that more texts have than this says nothing: it is a greeting."""
_SHARED: Final = 0.4
"""Part of the shorter text's runs that the other must have."""


class Pair(Struct, frozen=True):
    """Two responses that are nearly the same in one language."""

    first: Response
    second: Response
    language: str
    similarity: float
    """From ``ALIKE`` to 100."""


def near_duplicates(responses: Sequence[Response]) -> Iterator[Pair]:
    """The pairs, in the library's order; each pair of responses once in each language."""
    texts = [
        (response, language, words(text))
        for response in responses
        for language, text in response.texts.items()
    ]
    runs = [_runs(found) for _, _, found in texts]
    having: dict[str, list[int]] = {}
    for number, own in enumerate(runs):
        for run in own:
            having.setdefault(run, []).append(number)
    for number, (response, language, found) in enumerate(texts):
        for other in sorted(_candidates(number, runs, having)):
            twin, also, others = texts[other]
            similarity = fuzz.ratio(" ".join(found), " ".join(others), score_cutoff=ALIKE)
            if similarity and also == language and twin is not response:
                yield Pair(response, twin, language, similarity)


def _runs(found: Sequence[str]) -> frozenset[str]:
    if len(found) < _RUN:
        return frozenset([" ".join(found)]) if found else frozenset()
    return frozenset(" ".join(found[start : start + _RUN]) for start in range(len(found) - _RUN + 1))


def _candidates(number: int, runs: Sequence[frozenset[str]], having: dict[str, list[int]]) -> Iterator[int]:
    """Later texts that share enough with this one to be worth comparing."""
    shared: Counter[int] = Counter()
    for run in runs[number]:
        if len(having[run]) <= _COMMON:
            shared.update(other for other in having[run] if other > number)
    for other, count in shared.items():
        if count >= _SHARED * min(len(runs[number]), len(runs[other])):
            yield other
