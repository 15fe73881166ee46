"""Which keys the footer names: those of whatever has the keys."""

from __future__ import annotations

import enum
from typing import assert_never

from agent_tui.desk.model import DeskState
from agent_tui.desk.text import Displayable
from agent_tui.keymap import ACTION_OF, ACTIONS, WITH_CHAT, Where
from agent_tui.keys_in_force import Keymap, footer
from agent_tui.screens.standing import can, key_of
from agent_tui.widgets.keys import Hint
from agent_tui.wording import say


class KeysFor(enum.Enum):
    """What has the keys."""

    TEXT = "text"
    """The text being written; so too when no chat is on the screen."""
    TAB_NUMBER = "tab number"
    """The next digit is a tab."""
    MARKED = "marked"
    """A marked message."""
    WAITING = "waiting"
    """The waiting customers."""
    QUEUES = "queues"
    """The list of queues."""


def hints(state: DeskState, keys: Keymap, keys_for: KeysFor) -> list[Hint]:
    """The footer; what cannot be done here is told apart."""
    match keys_for:
        case KeysFor.TEXT:
            return _at_the_desk(state, keys)
        case KeysFor.TAB_NUMBER:
            return [Hint(Displayable("1-9"), say("go to that tab"))]
        case KeysFor.MARKED:
            return _those(keys, Where.MARKED)
        case KeysFor.WAITING:
            further = Hint(key_of(keys, "queues"), say(ACTION_OF["queues"].label))
            return [*_those(keys, Where.WAITING), further, _back()]
        case KeysFor.QUEUES:
            return [Hint(say("Space"), say("Serve or not")), _back()]
        case _:
            assert_never(keys_for)


def _those(keys: Keymap, where: Where) -> list[Hint]:
    return [Hint(key_of(keys, one.id), say(one.label)) for one in ACTIONS if one.where is where]


def _back() -> Hint:
    return Hint(Displayable("Esc"), say("Back"))


def _at_the_desk(state: DeskState, keys: Keymap) -> list[Hint]:
    chat_open = state.active is not None
    return [
        Hint(
            key_of(keys, action.id),
            say(action.label),
            (chat_open or action.id not in WITH_CHAT) and can(state, action.id),
        )
        for action in footer()
        if keys.key(action.id)
    ]
