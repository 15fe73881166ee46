"""What is put over people keeps its width, and leaves nothing of them to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.desk.text import Displayable, clean_line
from agent_tui.widgets.cells import width
from agent_tui.widgets.veil import Veil


def over(text: str, *names: str) -> str:
    veil = Veil()
    veil.learn(names)
    return veil.over(Displayable(text))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Hei Liisa, VIRTANEN!", "Hei •••••, ••••••••!"),
        ("Liisan kortti", "•••••• kortti"),
        ("liisa.v@posti.example", "•••••••••••••••••••••"),
        ("soita +358 40 123 4567 nyt", "soita •••••••••••••••• nyt"),
        ("kello 12:30, 4 kpl", "kello 12:30, 4 kpl"),
        ("Lii saa", "Lii saa"),
        ("Liisa Maria Korhonen tuli", "••••• ••••• Korhonen tuli"),
        ("Liisa Korhonen tuli", "••••• •••••••• tuli"),
        ("田中 さん", "•••• さん"),
    ],
)
def test_names_addresses_and_numbers_are_covered(text: str, seen: str) -> None:
    assert over(text, "Liisa Virtanen", "田中") == seen


def test_learning_tells_whether_anything_changes() -> None:
    veil = Veil()
    assert veil.learn(["Liisa Virtanen"])
    assert not veil.learn(["virtanen", "Liisa"])
    assert veil.learn([])


@given(st.text(), st.text(max_size=20))
def test_nothing_moves(text: str, name: str) -> None:
    shown = clean_line(text)
    assert width(Displayable(over(shown, name))) == width(shown)
