"""What the reader sees as single characters: grapheme clusters and their boundaries."""

from __future__ import annotations

from collections.abc import Iterator

from agent_tui.desk.late import wide_pattern

_cluster = wide_pattern(r"\X")
_WINDOW = 256
"""Code points looked at together. What joins to what is found by looking back, through a whole run of flags
for each of them, so that a long run would cost its square."""


def clusters(text: str) -> Iterator[str]:
    """The clusters of ``text`` in order; joined they are ``text``."""
    if text.isascii() and "\r" not in text:
        return iter(text)
    return _in_windows(text)


def _in_windows(text: str) -> Iterator[str]:
    start, room = 0, _WINDOW
    while start < len(text):
        found = [str(one.group()) for one in _cluster().finditer(text[start : start + room])]
        if start + room < len(text):
            # The last one may go on behind the window.
            found.pop()
        yield from found
        room = _WINDOW if found else 2 * room
        start += sum(map(len, found))


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
