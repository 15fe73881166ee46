"""A picture for terminals that draw: exactly its box, and nothing of the sender's bytes in it."""

from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image

from agent_tui.desk.text import Displayable
from agent_tui.engine.graphics import kitty, sixel
from agent_tui.engine.pictures import made

NAME = Displayable("kuva.png")


def test_kitty_gets_a_picture_in_chunks_for_its_cells() -> None:
    image = Image.effect_noise((200, 200), 90).convert("RGB")
    parts = re.findall(r"\x1b_G([^;]*);([A-Za-z0-9+/=]*)\x1b\\", kitty(image, 20, 10))
    assert parts[0][0] == "a=T,f=100,q=2,C=1,c=20,r=10,m=1"
    assert {head for head, _ in parts[1:-1]} == {"m=1"}
    assert parts[-1][0] == "m=0"
    assert max(len(data) for _, data in parts) <= 4096
    with Image.open(io.BytesIO(base64.b64decode("".join(data for _, data in parts)))) as again:
        assert again.size == (200, 200)


def test_sixels_are_what_was_painted() -> None:
    image = Image.new("RGB", (8, 8), (255, 0, 0))
    image.paste((0, 0, 255), (4, 0, 8, 8))
    written = sixel(image)
    assert written.startswith('\x1bPq"1;1;8;8#0;2;')
    assert written.endswith("\x1b\\")
    first, second = written[:-2].rpartition('"1;1;8;8')[2].split("-")
    assert "!4~!4?" in first
    assert "!4?!4~" in first
    assert "!4B!4?" in second


@pytest.mark.parametrize("how", ["kitty", "sixel"])
def test_a_terminal_that_draws_gets_its_own_form_and_the_cells_too(how: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), (9, 9, 9)).save(out, "PNG")
    picture = made(out.getvalue(), NAME, 40, 12, how)
    assert picture.cells <= 40
    assert len(picture.rows) <= 12
    if how == "kitty":
        assert f"c={picture.cells},r={len(picture.rows)}," in picture.graphics
    else:
        wide, high = re.findall(r'"1;1;(\d+);(\d+)', picture.graphics)[0]
        assert (int(wide) <= 40 * 6, int(high) <= 12 * 12) == (True, True)


def test_in_blocks_nothing_is_sent_past_the_cells() -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 40)).save(out, "PNG")
    assert not made(out.getvalue(), NAME, 40, 12).graphics
