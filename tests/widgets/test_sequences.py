"""What is sent for a row looks as Rich's own sequences do, and takes no more bytes."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from agent_tui.widgets.sequences import PRIVATE_STRIP_PARTS, sequence

COLOURS = st.sampled_from([None, "default", "red", "bright_blue", "color(123)", "#102030", "#fedcba"])
ON = st.sampled_from([None, True])
STYLES = st.none() | st.builds(
    Style, color=COLOURS, bgcolor=COLOURS, bold=ON, dim=ON, italic=ON, underline=ON, reverse=ON
)
ROWS = st.lists(st.tuples(st.sampled_from(["", "a", "Hei, tässä", " ", "日本"]), STYLES), max_size=6)

Cell = tuple[str, frozenset[str], str, str]


def cells(sent: str) -> list[Cell]:
    """Each letter with its attributes, ink and ground, as a terminal that starts plain shows it."""
    shown: list[Cell] = []
    attributes, ink, ground = frozenset[str](), "39", "49"
    for codes, text in re.findall(r"(?:\x1b\[([\d;]*)m)|([^\x1b]+)", sent):
        for code in re.findall(r"[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+", codes):
            if code == "0":
                attributes, ink, ground = frozenset[str](), "39", "49"
            elif re.match(r"3\d|9\d", code):
                ink = code
            elif re.match(r"4\d|10\d", code):
                ground = code
            else:
                attributes |= {code}
        shown += [
            (letter, attributes, ink if attributes or letter != " " else "any", ground) for letter in text
        ]
    assert (attributes, ink, ground) == (frozenset(), "39", "49"), "the next row would look like it"
    return shown


@given(ROWS, st.sampled_from([ColorSystem.STANDARD, ColorSystem.EIGHT_BIT, ColorSystem.TRUECOLOR]))
def test_a_row_looks_as_it_would_by_the_toolkits_own_sequences(
    pieces: list[tuple[str, Style | None]], system: ColorSystem
) -> None:
    theirs = "".join(
        text if style is None else style.copy().render(text, color_system=system) for text, style in pieces
    )
    ours = sequence(Strip([Segment(text, style) for text, style in pieces]), system)
    assert cells(ours) == cells(theirs)
    assert len(ours) <= len(theirs)


def test_between_two_pieces_only_the_colour_that_differs_is_sent() -> None:
    time, words = (Style(color=color, bgcolor="#101010") for color in ("#808080", "#ffffff"))
    strip = Strip([Segment("14:09", time), Segment(" Hei", words)])
    assert sequence(strip, ColorSystem.TRUECOLOR) == (
        "\x1b[38;2;128;128;128;48;2;16;16;16m14:09\x1b[38;2;255;255;255m Hei\x1b[0m"
    )


def test_this_textual_has_the_place_where_a_strip_keeps_its_sequence() -> None:
    assert all(hasattr(Strip([]), part) for part in PRIVATE_STRIP_PARTS)
