"""Figures: percentiles, programs in turn, and whether a figure keeps its goal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

Item = TypeVar("Item")


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of the values do not exceed: always one that was measured.

    Raises ``ValueError`` when there are no values.
    """
    if not values:
        raise ValueError("no values, no percentile")
    rank = max(1, math.ceil(share * len(values)))
    return sorted(values)[rank - 1]


def in_turn(one: Item, other: Item, rounds: int) -> Iterator[tuple[int, Item]]:
    """A B A B: what disturbs the machine for a while disturbs both. Yields (round, program)."""
    for number in range(rounds):
        yield number, one
        yield number, other


class Verdict(Enum):
    """What a figure says about its goal."""

    KEPT = "kept"
    MISSED = "missed"
    NO_GOAL = "-"


class Against(Enum):
    """What a limit is measured in."""

    HELLO = "hello"
    """Times the bare Textual program's figure of the same run."""
    UNIT = "unit"
    """The figure's own unit."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that a figure may be."""

    limit: float
    against: Against = Against.UNIT

    def shown(self, unit: str) -> str:
        """As a table shows it, e.g. ``<= 1.6 x hello``."""
        suffix = "x hello" if self.against is Against.HELLO else unit
        return f"<= {self.limit:g} {suffix}".rstrip()


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured; ``hello`` is the bare Textual program's own figure where it has one."""

    key: str
    what: str
    value: float
    unit: str
    hello: float | None = None

    @property
    def ratio(self) -> float | None:
        """Times hello's figure."""
        return self.value / self.hello if self.hello else None


def verdict(figure: Figure, goal: Goal | None) -> Verdict:
    """Whether the figure keeps the goal; without hello's figure, a goal against hello is not judged."""
    if goal is None or math.isnan(figure.value):
        return Verdict.NO_GOAL
    measured = figure.ratio if goal.against is Against.HELLO else figure.value
    if measured is None:
        return Verdict.NO_GOAL
    return Verdict.KEPT if measured <= goal.limit else Verdict.MISSED


LATENCIES: Final = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))


def latencies(key: str, what: str, ours: Sequence[float], hello: Sequence[float]) -> list[Figure]:
    """The three percentiles of two series in milliseconds, as figures ``key.p50`` and so on."""
    return [
        Figure(f"{key}.{name}", f"{what}, {name}", percentile(ours, share), "ms", _of(hello, share))
        for name, share in LATENCIES
    ]


def _of(values: Sequence[float], share: float) -> float | None:
    return percentile(values, share) if values else None
