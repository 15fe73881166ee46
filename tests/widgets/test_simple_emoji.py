"""Where a terminal's widths are wrong, an emoji is one plain sign; nothing around it moves."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_tui.desk.text import Displayable
from agent_tui.looks import wants_simple
from agent_tui.theming import Palette
from agent_tui.widgets.cells import width
from agent_tui.widgets.painting import Piece, strip_of
from agent_tui.widgets.simple_emoji import simplified
from themes.contract import Ground
from themes.loader import load


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("👩‍👩‍👧‍👦", "👩"),
        ("🇫🇮 Suomi", "FI Suomi"),
        ("👍🏽!", "👍!"),
        ("🏳️‍🌈.", "🏳 ."),
        ("1️⃣", "1 "),
        ("❤️", "❤ "),
        ("😀 hei", "😀 hei"),
        ("क्‍ष", "क्‍ष"),
        ("plain", "plain"),
    ],
)
def test_an_emoji_becomes_one_plain_sign(text: str, plain: str) -> None:
    assert simplified(text) == plain


@example("\u20e3\u200d1\u200d漢11")
@given(st.text(st.sampled_from("a 👩\u200d👧🇫🇮👍🏽❤\ufe0f1\u20e3#é漢\u0301")))
def test_nothing_around_it_ever_moves(text: str) -> None:
    assert width(simplified(text)) == width(text)


def test_it_is_painted_so_only_where_it_is_asked_for() -> None:
    pieces = (Piece(Displayable("🇫🇮 hei")),)
    full = strip_of(pieces, Ground.DESK, 10, Palette(load("dark")))
    plain = strip_of(pieces, Ground.DESK, 10, Palette(load("dark"), simple_emoji=True))
    assert (full.text, plain.text) == ("🇫🇮 hei    ", "FI hei    ")


@pytest.mark.parametrize(
    ("setting", "environ", "simple"),
    [
        ("auto", {}, False),
        ("auto", {"TMUX": "/tmp/x,1,0"}, True),  # noqa: S108  a variable's value, not a file
        ("auto", {"TERM": "linux"}, True),
        ("full", {"TMUX": "x"}, False),
        ("simple", {}, True),
    ],
)
def test_tmux_and_the_console_get_plain_ones_by_themselves(
    setting: str, environ: dict[str, str], *, simple: bool
) -> None:
    assert wants_simple(setting, environ) is simple
