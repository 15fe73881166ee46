"""A small picture as two graphics protocols of terminals want it: kitty's, and sixel. Pure but for Pillow."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

KITTY_CELL: Final = (10, 20)
"""Points sent for a cell; the terminal makes them fit the cells it is told."""
SIXEL_CELL: Final = (6, 12)
"""Points of the smallest cell in use: sixel pictures are never larger than their box, and often smaller."""
_CHUNK: Final = 4096
_COLOURS: Final = 64
_BAND: Final = 6
"""Rows of points in one row of sixels."""


def kitty(image: Image, cells: int, rows: int) -> str:
    """The picture over so many cells and rows from the cursor on, which stays where it is."""
    out = io.BytesIO()
    image.save(out, "PNG")
    data = base64.standard_b64encode(out.getvalue()).decode()
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    heads = [f"a=T,f=100,q=2,C=1,c={cells},r={rows},", *[""] * (len(chunks) - 1)]
    last = len(chunks) - 1
    return "".join(
        f"\x1b_G{head}m={int(number < last)};{chunk}\x1b\\"
        for number, (head, chunk) in enumerate(zip(heads, chunks, strict=True))
    )


def sixel(image: Image) -> str:
    """The picture in its own points from the cursor on."""
    flat = image.quantize(_COLOURS)
    wide, high = flat.size
    points, palette = flat.tobytes(), (flat.getpalette() or [])[: _COLOURS * 3]
    colours = "".join(
        f"#{at // 3};2;{';'.join(str(value * 100 // 255) for value in palette[at : at + 3])}"
        for at in range(0, len(palette), 3)
    )
    lines = [points[at : at + wide] for at in range(0, wide * high, wide)]
    bands = "-".join(_band(lines[at : at + _BAND]) for at in range(0, high, _BAND))
    return f'\x1bPq"1;1;{wide};{high}{colours}{bands}\x1b\\'


def _band(lines: list[bytes]) -> str:
    """Up to six rows of points: a pass for each colour in them."""
    return "$".join(f"#{colour}{_pass(lines, colour)}" for colour in sorted(set().union(*lines)))


def _pass(lines: list[bytes], colour: int) -> str:
    wide, bits = len(lines[0]), 0
    for row, line in enumerate(lines):
        mask = bytes(1 << row if value == colour else 0 for value in range(256))
        bits |= int.from_bytes(line.translate(mask), "big")
    letters = bytes(value + 63 for value in bits.to_bytes(wide, "big")).decode("ascii")
    return re.sub(r"(.)\1{3,}", lambda found: f"!{len(found[0])}{found[1]}", letters)
