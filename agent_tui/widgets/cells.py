"""Measures, cuts and wraps text in terminal cells, never through a grapheme cluster."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len

from agent_tui.desk.late import pattern
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.widgets.graphemes import clusters

_WIDE = r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6"
_word = pattern(rf"[{_WIDE}][\u0300-\u036f\u3099\u309a\ufe00-\ufe0f]*\s*|[^\s{_WIDE}]+\s*|\s+")
"""What stays on one row: a word, or one character of a script without blanks; with the blanks after it."""

_ELLIPSIS = "…"


def width(text: str) -> int:
    """Cells that ``text`` takes on one row."""
    return len(text) if text.isascii() else cell_len(text)


def head(text: str, cells: int) -> int:
    """How many code points of ``text`` fit in ``cells``."""
    if text.isascii():
        return min(len(text), max(0, cells))
    taken = used = 0
    for cluster in clusters(text):
        used += width(cluster)
        if used > cells:
            break
        taken += len(cluster)
    return taken


def cut(text: Displayable, cells: int) -> Displayable:
    """``text`` on one row of at most ``cells``, with an ellipsis where it was cut."""
    line = text.replace("\n", " ")
    if width(line) <= cells:
        return Displayable(line)
    if cells <= 0:
        return NOTHING
    return Displayable(line[: head(line, cells - 1)].rstrip() + _ELLIPSIS)


def pad(text: Displayable, cells: int, *, right: bool = False) -> Displayable:
    """``text`` cut or filled up to exactly ``cells``; ``right`` puts it at the right end."""
    line = cut(text, cells)
    blanks = " " * (cells - width(line))
    return Displayable(blanks + line if right else line + blanks)


@lru_cache(maxsize=256)
def breaks(paragraph: str, cells: int) -> tuple[int, ...]:
    """Where the rows of a paragraph start, the first at 0. Blanks stay at the end of the row they follow.

    A word that does not fit on a row of its own is broken between clusters. A row may be wider than
    ``cells`` by its trailing blanks only.
    """
    if len(paragraph) * 2 <= cells or (paragraph.isascii() and len(paragraph) <= cells):
        return (0,)
    starts, used = [0], 0
    for found in _word().finditer(paragraph):
        word = found.group()
        solid = word.rstrip()
        needed = width(solid)
        if used and used + needed > cells:
            starts.append(found.start())
            used = 0
        used = _break_word(solid, found.start(), cells, starts) if needed > cells else used + needed
        used += len(word) - len(solid)
    return tuple(starts)


def _break_word(word: str, at: int, cells: int, starts: list[int]) -> int:
    """Adds the starts of the further rows of a word that begins a row; returns the cells of its last row."""
    if word.isascii():
        starts.extend(range(at + cells, at + len(word), cells))
        return (len(word) - 1) % cells + 1
    used = 0
    for cluster in clusters(word):
        needed = width(cluster)
        if used and used + needed > cells:
            starts.append(at)
            used = 0
        used += needed
        at += len(cluster)
    return used


def wrap(text: str, cells: int) -> list[tuple[int, int]]:
    """Rows of ``text`` as spans of code points. A row's line feed is in no span; its blanks are in it."""
    rows: list[tuple[int, int]] = []
    at = 0
    for paragraph in text.split("\n"):
        starts = breaks(paragraph, max(1, cells))
        ends = (*starts[1:], len(paragraph))
        rows.extend((at + start, at + end) for start, end in zip(starts, ends, strict=True))
        at += len(paragraph) + 1
    return rows
