"""The commands of the palette: every action of the key table, found by its words."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.text import Displayable
from agent_tui.keymap import ACTIONS, Where
from agent_tui.keys_in_force import Keymap, spelled
from agent_tui.wording import say

_NEAR = 55.0
"""Least similarity (0-100) of a command that is offered."""


class Command(Struct, frozen=True):
    """One line of the palette."""

    action: str
    label: Displayable
    help: Displayable
    key: Displayable


def commands(keys: Keymap) -> list[Command]:
    """Everything the palette can do, in the order of the key table."""
    return [
        Command(action.id, say(action.label), say(action.help), Displayable(spelled(keys.key(action.id))))
        for action in ACTIONS
        if action.where is Where.DESK and action.id != "palette"
    ]


def find(library: list[Command], query: str) -> list[Command]:
    """The commands whose label or help fits ``query``, best first; all for an empty one.

    A label that begins with it comes before whatever else fits.
    """
    if not query.strip():
        return library
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  the first screen does not wait for it

    wanted = query.strip().casefold()
    named = [command for command in library if command.label.casefold().startswith(wanted)]
    texts = [f"{command.label} {command.help}" for command in library]
    hits = process.extract(
        query, texts, scorer=fuzz.WRatio, processor=utils.default_process, limit=9, score_cutoff=_NEAR
    )
    near = (library[index] for _, _, index in hits)
    return [*named, *(command for command in near if command not in named)]
