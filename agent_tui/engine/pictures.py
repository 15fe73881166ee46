"""Pictures made small enough for a terminal: half cells of colour. What is hostile is refused, not tried."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from agent_tui.desk.file_model import Picture
from agent_tui.desk.text import Displayable
from agent_tui.engine.graphics import KITTY_CELL, SIXEL_CELL, kitty, sixel
from agent_tui.engine.local_files import MEBIBYTE, FileUnfit, unfit
from agent_tui.wording import say

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

LARGEST: Final = 20 * MEBIBYTE
"""Bytes of a picture that is shown."""
MOST_PIXELS: Final = 25_000_000
"""Of a picture that is unpacked: a screenshot of two large monitors has 17 million."""
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_PAPER: Final = (255, 255, 255)
"""Under what is transparent: most such pictures are dark drawings."""


def made(data: bytes, name: Displayable, cells: int, rows: int, how: str = "blocks") -> Picture:
    """The picture within ``cells`` and ``rows``, each cell two points, upper and lower.

    ``how``: ``kitty`` or ``sixel`` adds what such a terminal draws in its place.

    To be called off the loop: it takes up to a second.

    Raises:
        FileUnfit: it is no picture of a known kind, broken, or unpacks to too much.
    """
    from PIL import Image  # noqa: PLC0415  costs 30 ms, and most agents never look at a picture

    Image.MAX_IMAGE_PIXELS = None  # the bound below is stricter, and does not only warn
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            _refuse_bombs(opened, name)
            return _fitted(opened, name, (max(1, cells), max(1, rows)), how)
    except FileUnfit:
        raise
    except Exception as error:
        raise unfit(say("{name} is not a picture that can be shown", name=name)) from error


def _fitted(opened: ImageFile, name: Displayable, box: tuple[int, int], how: str) -> Picture:
    cells, rows = box
    wide, high = {"kitty": KITTY_CELL, "sixel": SIXEL_CELL}.get(how, (1, 2))
    image = _small(opened, (cells * wide, rows * high))
    points = image.copy()
    points.thumbnail((cells, rows * 2))
    picture = _halved(points, name)
    if how == "kitty":
        return replace(picture, graphics=kitty(image, picture.cells, len(picture.rows)))
    return replace(picture, graphics=sixel(image)) if how == "sixel" else picture


def _refuse_bombs(opened: ImageFile, name: Displayable) -> None:
    """A few bytes may unpack to gigabytes; the size stands in the head."""
    if opened.width * opened.height > MOST_PIXELS:
        raise unfit(say("{name} has too many points to be shown safely", name=name))


def _small(opened: ImageFile, box: tuple[int, int]) -> Image:
    """On paper, upright, within the box."""
    from PIL import Image, ImageOps  # noqa: PLC0415  as above

    opened.draft("RGB", box)
    image: Image.Image = opened if opened.mode in {"RGB", "L"} else opened.convert("RGBA")
    image.thumbnail((max(box), max(box)))
    image = ImageOps.exif_transpose(image)
    image.thumbnail(box)
    paper = Image.new("RGBA", image.size, (*_PAPER, 255))
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def _halved(image: Image, name: Displayable) -> Picture:
    cells, points = image.size
    data, row = image.tobytes(), cells * 3
    lines = [data[start : start + row] for start in range(0, points * row, row)]
    lower = [*lines[1::2], *([lines[-1]] if points % 2 else [])]
    return Picture(name, cells, tuple(map(_woven, lines[::2], lower)))


def _woven(upper: bytes, lower: bytes) -> bytes:
    """Two rows of points as one row of cells."""
    woven = bytearray(len(upper) * 2)
    for channel in range(3):
        woven[channel::6] = upper[channel::3]
        woven[channel + 3 :: 6] = lower[channel::3]
    return bytes(woven)
