"""The help sheet: every word of it can be read, however narrow the terminal is."""

from __future__ import annotations

from agent_tui.keymap import ACTIONS
from agent_tui.keys_in_force import keymap
from agent_tui.screens.help import laid, sheet
from agent_tui.widgets.painting import row_width


def test_on_eighty_columns_every_sentence_is_whole() -> None:
    rows = laid(sheet(keymap({})), 79)
    assert all(row_width(row) <= 79 for row in rows)
    words = " ".join("".join(piece.text for piece in row) for row in rows)
    read = " ".join(words.split())
    assert [action.id for action in ACTIONS if action.help not in read] == []
