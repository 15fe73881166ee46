"""The keys in force: the defaults of the table with the user's own, checked; and how keys are spelled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from agent_tui.desk.text import Displayable, clean_line
from agent_tui.keymap import ACTION_OF, ACTIONS, Action, Where
from agent_tui.wording import say

_EDITING = ("enter", "tab", "backspace", "delete", "left", "right", "up", "down", "home", "end", "escape")
_EDITING_CTRL = ("a", "c", "e", "h", "i", "j", "m", "u", "v", "w", "x", "y", "z", "left", "right")
_TAKEN_BY_COMPOSER = frozenset((*_EDITING, *(f"ctrl+{key}" for key in _EDITING_CTRL)))
"""Keys that edit text or mean the same byte as one that does."""

_NAMED = "insert|pageup|pagedown|f1[0-2]|f[1-9]"
_ARRIVES = re.compile(rf"(?:(?:ctrl\+)?(?:{_NAMED})|ctrl\+(?:[a-z]|home|end|up|down))\Z")
"""Keys that a plain xterm, tmux and ssh deliver, whatever the keyboard layout."""


class KeymapError(Exception):
    """An override that cannot work; the text says which and what to do."""


class Keymap(Struct, frozen=True):
    """The keys in force, by action id. An empty key means none."""

    keys: Mapping[str, str]

    def key(self, action: str) -> str:
        """The key of an action id."""
        return self.keys[action]


def keymap(overrides: Mapping[str, str]) -> Keymap:
    """The default keys with ``overrides`` (action id to key; an empty key takes it away).

    Raises:
        KeymapError: unknown action, a key no terminal sends for sure, or two actions on one key.
    """
    keys = {action.id: action.key for action in ACTIONS}
    for action_id, key in overrides.items():
        keys[action_id] = _checked(action_id, key.strip().lower())
    _refuse_clashes(keys)
    return Keymap(keys)


def _checked(action_id: str, key: str) -> str:
    action = ACTION_OF.get(action_id)
    if action is None:
        raise _no_such_action(action_id)
    name, own, given = (clean_line(repr(one)) for one in (action_id, action.key, key))
    if action.where is Where.COMPOSER:
        words = say("keys: {name} belongs to writing and keeps its key {key}.", name=name, key=own)
    elif action.where is not Where.DESK:
        words = say("keys: {name} works only in its place and keeps its key {key}.", name=name, key=own)
    elif key in _TAKEN_BY_COMPOSER:
        words = say("keys: {key} edits the text; choose another key for {name}.", key=given, name=name)
    elif key and not _ARRIVES.match(key):
        words = say(
            "keys: not every terminal sends {key}; for {name} choose a function key, Ctrl with a letter, "
            "or Ctrl with Page Up, Page Down, Home or End.",
            key=given, name=name,
        )  # fmt: skip
    else:
        return key
    raise KeymapError(words)


def _no_such_action(action_id: str) -> KeymapError:
    name = clean_line(repr(action_id))
    near = difflib.get_close_matches(action_id, ACTION_OF, n=1)
    if near:
        other = Displayable(repr(near[0]))
        return KeymapError(
            say("keys: there is no action {name}; did you mean {other}?", name=name, other=other)
        )
    return KeymapError(
        say("keys: there is no action {name}; the help screen (F1) names them all.", name=name)
    )


def _refuse_clashes(keys: Mapping[str, str]) -> None:
    owners: dict[str, str] = {}
    for action_id, key in keys.items():
        if ACTION_OF[action_id].where not in {Where.DESK, Where.COMPOSER}:
            continue
        if key and (other := owners.setdefault(key, action_id)) != action_id:
            words = say(
                "keys: {key} is set for both {name} and {other}; give one of them another key.",
                key=clean_line(repr(key)), other=clean_line(repr(action_id)), name=clean_line(repr(other)),
            )  # fmt: skip
            raise KeymapError(words)


def footer(actions: Iterable[Action] = ACTIONS) -> list[Action]:
    """The actions of the footer in their order."""
    return sorted((action for action in actions if action.footer), key=lambda action: action.footer)


_SPELLED = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn"}


def spelled(key: str) -> str:
    """A key as people write it: ``ctrl+pageup`` is ``Ctrl+PgUp``."""
    return "+".join(_spelled(part) for part in key.split("+"))


def _spelled(part: str) -> str:
    return say("Space") if part == "space" else _SPELLED.get(part, part.capitalize())


def markdown(keys: Keymap) -> str:
    """The table for docs/keys.md."""
    rows = [f"| {spelled(keys.key(a.id)) or '(palette)'} | {a.help} | `{a.id}` |" for a in ACTIONS]
    return "\n".join(["| key | what it does | name in `[keys]` |", "|---|---|---|", *rows]) + "\n"
