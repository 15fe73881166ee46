"""Finds responses by what the agent types: shortcut first, then words of the text, then near misses."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from canned.model import Response

_NEAR = 60.0
"""Least similarity (0-100) of a near miss."""


def _rank(response: Response, query: str) -> float | None:
    """Smaller is better; ``None`` when the words do not stand in the response."""
    shortcut = response.shortcut.casefold()
    if shortcut == query:
        return 0.0
    if shortcut.startswith(query):
        return 1.0
    if any(part.startswith(query) for part in shortcut.replace("_", "-").split("-")):
        return 2.0
    if query in shortcut:
        return 3.0
    body = response.text.casefold()
    return 4.0 if all(word in body for word in query.split()) else None


def search(responses: Sequence[Response], query: str, limit: int = 9) -> list[Response]:
    """The best ``limit`` responses for ``query``, best first; an empty query lists them by shortcut."""
    wanted = query.strip().casefold()
    if not wanted:
        return sorted(responses, key=lambda response: response.shortcut)[:limit]
    ranked = [
        (rank, response.shortcut, index)
        for index, response in enumerate(responses)
        if (rank := _rank(response, wanted)) is not None
    ]
    found = [responses[index] for _, _, index in sorted(ranked)[:limit]]
    return found or _near_misses(responses, wanted, limit)


def _near_misses(responses: Sequence[Response], query: str, limit: int) -> list[Response]:
    shortcuts = [response.shortcut.casefold() for response in responses]
    hits = process.extract(query, shortcuts, scorer=fuzz.WRatio, limit=limit, score_cutoff=_NEAR)
    return [responses[index] for _, _, index in hits]
