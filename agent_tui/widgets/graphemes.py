"""What the reader sees as single characters: grapheme clusters and their boundaries."""

from __future__ import annotations

from collections.abc import Iterator

import regex  # type: ignore[import-untyped]  # carries no types

_CLUSTER = regex.compile(r"\X")


def clusters(text: str) -> Iterator[str]:
    """The clusters of ``text`` in order; joined they are ``text``."""
    if text.isascii() and "\r" not in text:
        return iter(text)
    return (str(found.group()) for found in _CLUSTER.finditer(text))


def boundary_before(text: str, at: int) -> int:
    """The last boundary before ``at``, 0 at the start."""
    line_start = text.rfind("\n", 0, at) + 1
    if line_start == at:
        return max(0, at - 1)
    last = start = line_start
    for cluster in clusters(text[line_start : _line_end(text, at)]):
        if start >= at:
            break
        last, start = start, start + len(cluster)
    return last


def boundary_after(text: str, at: int) -> int:
    """The first boundary after ``at``, the length at the end."""
    end = _line_end(text, at)
    if at >= end:
        return min(len(text), at + 1)
    line_start = text.rfind("\n", 0, at) + 1
    start = line_start
    for cluster in clusters(text[line_start:end]):
        start += len(cluster)
        if start > at:
            break
    return start


def is_boundary(text: str, at: int) -> bool:
    """Whether a cursor may stand at ``at``."""
    return at in {0, len(text)} or boundary_after(text, boundary_before(text, at)) == at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
