"""From a key that Textual reports to the action it stands for."""

from __future__ import annotations

from types import SimpleNamespace

from textual import _ansi_sequences

from agent_tui.keymap import ACTIONS, Where
from agent_tui.keys_in_force import Keymap

_DIGITS = "123456789"


class KeyTable:
    """Looks an action of one place up by the key pressed."""

    def __init__(self, keys: Keymap, where: Where = Where.DESK) -> None:
        self._actions = {
            keys.key(action.id): action.id
            for action in ACTIONS
            if action.where is where and keys.key(action.id)
        }

    def action(self, key: str) -> str | None:
        """The id of the action on ``key``, if any."""
        return self._actions.get(key)


def tab_of(key: str, *, picking: bool) -> int | None:
    """Which tab a key means, counted from 0: Alt and a digit, or a bare digit while ``picking``."""
    digit = key.removeprefix("alt+")
    if digit not in _DIGITS or len(digit) != 1 or (digit == key and not picking):
        return None
    return _DIGITS.index(digit)


def let_alt_digits_arrive() -> None:
    """Read Escape and a digit, which terminals send for Alt and a digit, as that key.

    Textual 8.2.8 reads them as symbols that some keyboards on macOS type with them. Its table is
    private; without it Alt and a digit types those symbols and Ctrl+G and a digit still works.
    """
    table: dict[str, object] | None = getattr(_ansi_sequences, "ANSI_SEQUENCES_KEYS", None)
    if table is not None:
        table.update({f"\x1b{digit}": (SimpleNamespace(value=f"alt+{digit}"),) for digit in _DIGITS})
