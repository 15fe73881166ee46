"""Colours as people with a colour vision deficiency see them, and how far apart two colours look."""

from __future__ import annotations

import math
from typing import Final

_Triple = tuple[float, float, float]

MATRICES: Final[dict[str, tuple[_Triple, _Triple, _Triple]]] = {
    "full colour vision": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""On linear RGB; Machado, Oliveira and Fernandes 2009, severity 1."""

_XYZ: Final = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Final = (0.95047, 1.0, 1.08883)
"""sRGB to XYZ under D65, and its white."""


def distance(one: str, other: str, vision: str) -> float:
    """How far apart ``#rrggbb`` colours look (CIE 1976, in Lab): 2 is just noticed, 100 black and white."""
    return math.dist(_lab(_seen(one, vision)), _lab(_seen(other, vision)))


def _times(matrix: tuple[_Triple, _Triple, _Triple], vector: _Triple) -> _Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def _seen(color: str, vision: str) -> _Triple:
    red, green, blue = (_linear(int(color[at : at + 2], 16)) for at in (1, 3, 5))
    first, second, third = (min(1.0, max(0.0, part)) for part in _times(MATRICES[vision], (red, green, blue)))
    return first, second, third


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _lab(linear: _Triple) -> _Triple:
    x, y, z = (_curve(part / white) for part, white in zip(_times(_XYZ, linear), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _curve(share: float) -> float:
    return share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116
