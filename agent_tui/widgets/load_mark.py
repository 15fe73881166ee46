"""How much an agent has in hand against their limit: ``chats 1.5/2``, ``▲ rush 4/6``. Never the ink alone."""

from __future__ import annotations

from agent_tui.capacity_words import weighed
from agent_tui.desk.capacity import Load
from agent_tui.desk.text import Displayable
from agent_tui.widgets.painting import Piece
from agent_tui.wording import say
from themes.contract import Ink


def load_piece(load: Load, *, brief: bool = False) -> Piece:
    """The load; ``brief`` leaves out the word in quiet times. ``↓``: the limit has eased, ``!``: over it."""
    marks = f"{' ↓' * bool(load.eased)}{' !' * load.over}"
    words = Displayable(f"{against_limit(load)}{marks}")
    ink = Ink.WARNING if load.over or load.rush else Ink.TEXT
    if load.rush:
        return Piece(say("▲ rush {n}", n=words), ink)
    return Piece(words if brief else say("chats {n}", n=words), ink)


def load_mark(load: Load) -> Piece:
    """``▲5.5/6``: the same in a table."""
    marks = "▲" * load.rush, "!" * load.over
    ink = Ink.WARNING if load.over or load.rush else Ink.TEXT
    return Piece(Displayable(f"{marks[0]}{against_limit(load)}{marks[1]}"), ink)


def against_limit(load: Load) -> Displayable:
    """``1.5/2``."""
    return Displayable(f"{weighed(load.weight)}/{load.limit}")
