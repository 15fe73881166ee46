"""How well a text is told from its ground: the contrast ratio of WCAG 2.2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from themes.contract import CONTRAST, Ground, Ink, Theme, pairs


@dataclass(frozen=True, slots=True)
class WeakPair:
    """An ink that is hard to read on a ground. ``ratio`` is below ``contract.CONTRAST``."""

    ink: Ink
    ground: Ground
    ratio: float


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  sRGB


def luminance(color: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(int(color[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast of two colours ``#rrggbb``, 1 (the same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def weak_pairs(theme: Theme) -> Iterator[WeakPair]:
    """The pairs of a theme that are hard to read; none in a monochrome one."""
    for ink, ground in pairs():
        text, under = theme.inks[ink].color, theme.grounds[ground].color
        if text is None or under is None:
            continue
        contrast = ratio(text, under)
        if contrast < CONTRAST:
            yield WeakPair(ink, ground, contrast)
