"""The table of figures: on the terminal, as JSON, and between the markers of a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, Goal, verdict

HEAD: Final = ("measure", "goal", "figure", "hello", "ratio", "verdict")
START: Final = "<!-- figures: written by python -m benchmarks --write-docs -->"
END: Final = "<!-- end of figures -->"

Row = tuple[str, ...]


def rows(figures: Iterable[Figure], goals: Mapping[str, Goal]) -> list[Row]:
    """One row of texts a figure, under ``HEAD``."""
    return [_row(figure, goals.get(figure.key)) for figure in figures]


def _row(figure: Figure, goal: Goal | None) -> Row:
    return (
        figure.what,
        goal.shown(figure.unit) if goal else "-",
        f"{number(figure.value)} {figure.unit}".rstrip(),
        "-" if figure.hello is None else f"{number(figure.hello)} {figure.unit}".rstrip(),
        "-" if figure.ratio is None else f"{figure.ratio:.2f}",
        verdict(figure, goal).value,
    )


def number(value: float) -> str:
    """A figure with as many decimals as it deserves: 0.34, 3.4, 34."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def aligned(table: Sequence[Row]) -> str:
    """The table for a terminal."""
    lines = [HEAD, *table]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def markdown(table: Sequence[Row]) -> str:
    """The table for a page."""
    rule = tuple("---" for _ in HEAD)
    return "\n".join(f"| {' | '.join(line)} |" for line in (HEAD, rule, *table))


def between_markers(page: str, content: str) -> str:
    """The page with ``content`` in place of what its markers hold; raises ``ValueError`` without markers."""
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError("the page has no markers for the figures")
    return f"{before}{START}\n\n{content}\n\n{END}{after}"


def as_json(figures: Iterable[Figure], goals: Mapping[str, Goal], about: Mapping[str, object]) -> str:
    """Everything a later comparison needs."""
    listed = [
        {
            "key": figure.key,
            "what": figure.what,
            "value": figure.value,
            "unit": figure.unit,
            "hello": figure.hello,
            "ratio": figure.ratio,
            "goal": _goal(goals.get(figure.key)),
            "verdict": verdict(figure, goals.get(figure.key)).value,
        }
        for figure in figures
    ]
    return json.dumps({"about": dict(about), "figures": listed}, indent=1) + "\n"


def _goal(goal: Goal | None) -> dict[str, object] | None:
    return None if goal is None else {"limit": goal.limit, "against": goal.against.value}


def write_page(path: Path, content: str) -> None:
    """Put ``content`` between the page's markers."""
    path.write_text(between_markers(path.read_text(encoding="utf-8"), content), encoding="utf-8")
