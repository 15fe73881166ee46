"""Printing canned responses: what comes from files reaches the terminal cleaned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agent_tui.desk.text import Displayable, clean_line

_WIDEST: Final = 60


def line(raw: str) -> Displayable:
    """One line for the terminal."""
    return clean_line(raw)


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows in columns, one line each."""
    cleaned = [[clean_line(cell, limit=_WIDEST) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cleaned, strict=True)]
    return "".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in cleaned
    )
