"""A picture becomes half cells within its box; a hostile or broken one is refused in words."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from agent_tui.desk.problems import Trouble
from agent_tui.desk.text import Displayable
from agent_tui.engine.local_files import FileUnfit
from agent_tui.engine.pictures import made

NAME = Displayable("kuva.png")
RED, BLUE = bytes((255, 0, 0)), bytes((0, 0, 255))


def written(image: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def test_two_points_stand_in_one_cell() -> None:
    image = Image.new("RGB", (2, 2), (255, 0, 0))
    image.putpixel((0, 1), (0, 0, 255))
    picture = made(written(image), NAME, 80, 24)
    assert (picture.cells, picture.rows) == (2, (RED + BLUE + RED + RED,))


@pytest.mark.parametrize("size", [(400, 10), (10, 400), (300, 300), (1, 1), (1, 1000), (1000, 1)])
@pytest.mark.parametrize("box", [(80, 23), (1, 1), (7, 3)])
def test_it_is_never_larger_than_its_box(size: tuple[int, int], box: tuple[int, int]) -> None:
    picture = made(written(Image.new("RGB", size)), NAME, *box)
    assert 1 <= picture.cells <= box[0]
    assert 1 <= len(picture.rows) <= box[1]
    assert {len(row) for row in picture.rows} == {picture.cells * 6}


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "CMYK", "I;16"])
def test_every_kind_of_colour_is_understood(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert made(written(Image.new(mode, (8, 8)), kind), NAME, 8, 4).cells == 8


def test_what_is_transparent_lies_on_white_paper() -> None:
    picture = made(written(Image.new("RGBA", (2, 2), (0, 0, 0, 0))), NAME, 8, 4)
    assert set(picture.rows[0]) == {255}


def test_a_picture_taken_sideways_stands_upright() -> None:
    image = Image.new("RGB", (40, 20))
    turned = Image.Exif()
    turned[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=turned)
    picture = made(out.getvalue(), NAME, 80, 40)
    assert (picture.cells, len(picture.rows)) == (20, 20)


def bomb(width: int, height: int) -> bytes:
    """A few bytes of PNG that claim to be very large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("data", [bomb(20_000, 20_000), bomb(2**31 - 1, 2**31 - 1), bomb(30_000_000, 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(data: bytes) -> None:
    with pytest.raises(FileUnfit) as caught:
        made(data, NAME, 80, 24)
    assert caught.value.problem.trouble is Trouble.FILE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"\x89PNG\r\n\x1a\n",
        bomb(100, 100),
        written(Image.new("RGB", (50, 50)))[:60],
        written(Image.new("RGB", (50, 50)), "JPEG")[:300],
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        written(Image.new("RGB", (9, 9)), "TIFF"),
        written(Image.new("RGB", (9, 9)), "PPM"),
    ],
)
def test_what_is_no_picture_says_so(data: bytes) -> None:
    with pytest.raises(FileUnfit, match=r"kuva\.png"):
        made(data, NAME, 80, 24)
