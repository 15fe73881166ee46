"""From the bytes a terminal sends to keys by the names of the key table. Does no I/O."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

PASTE: Final = "paste"


class Key(NamedTuple):
    """A key, or with the name ``paste`` what was pasted."""

    name: str
    """As in ``agent_tui.keymap``: ``f3``, ``ctrl+pageup``, or the character itself."""
    text: str = ""
    """What it types; empty when it types nothing."""


_ESCAPE: Final = "\x1b"
_SEQUENCE = re.compile(
    r"\x1b(?:\[(?P<numbers>[0-9;]*)(?P<end>[~A-HPQRSZ])|\[\[(?P<console>[A-E])|O(?P<single>[A-Z])|(?P<alt>[1-9]))"
)
_UNKNOWN = re.compile(r"\x1b\[(?!\[)[0-?]*[ -/]*[@-~]")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\[\[|O)?\Z")
_PASTED = re.compile(r"\x1b\[200~(.*?)\x1b\[201~", re.DOTALL)
_ENDS: Final = {
    "A": "up", "B": "down", "C": "right", "D": "left", "F": "end", "H": "home",
    "P": "f1", "Q": "f2", "R": "f3", "S": "f4", "Z": "shift+tab",
}  # fmt: skip
_NUMBERS: Final = {
    "1": "home", "2": "insert", "3": "delete", "4": "end", "5": "pageup", "6": "pagedown", "7": "home",
    "8": "end", "11": "f1", "12": "f2", "13": "f3", "14": "f4", "15": "f5", "17": "f6", "18": "f7",
    "19": "f8", "20": "f9", "21": "f10", "23": "f11", "24": "f12",
}  # fmt: skip
_CONSOLE: Final = {"A": "f1", "B": "f2", "C": "f3", "D": "f4", "E": "f5"}
_MODIFIERS: Final = {"2": "shift+", "5": "ctrl+", "6": "ctrl+shift+"}
_NAMED: Final = {
    "\r": "enter",
    "\n": "ctrl+j",
    "\t": "tab",
    "\x7f": "backspace",
    _ESCAPE: "escape",
    " ": "space",
}
_BEFORE_SPACE: Final = 32


class KeyReader:
    """Fed with bytes as they come, returns the keys that are whole."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    @property
    def unfinished(self) -> bool:
        """A sequence has begun, or Escape was pressed: :meth:`flush` after a moment decides."""
        return bool(self._rest) and not self._rest.startswith("\x1b[200~")

    def feed(self, data: bytes) -> list[Key]:
        """The keys in ``data`` and what was left before it."""
        self._rest += self._decoder.decode(data)
        keys: list[Key] = []
        while self._rest and (found := self._next()):
            keys.append(found)
        return [key for key in keys if key.name]

    def flush(self) -> list[Key]:
        """Nothing more comes: what looked like the beginning of a sequence was Escape."""
        rest, self._rest = self._rest, ""
        return [Key("escape")] if rest else []

    def _next(self) -> Key | None:
        rest = self._rest
        if rest.startswith("\x1b[200~"):
            pasted = _PASTED.match(rest)
            return self._took(pasted.end(), Key(PASTE, pasted[1])) if pasted else None
        if rest[0] != _ESCAPE:
            return self._took(1, _plain(rest[0]))
        found = _SEQUENCE.match(rest)
        if found is not None:
            return self._took(found.end(), Key(_name(found)))
        unknown = _UNKNOWN.match(rest)
        if unknown is not None:
            return self._took(unknown.end(), Key(""))
        return None if _UNFINISHED.match(rest) else self._took(1, Key("escape"))

    def _took(self, length: int, key: Key) -> Key:
        self._rest = self._rest[length:]
        return key


def _plain(character: str) -> Key:
    if character == " ":
        return Key("space", " ")
    if character in _NAMED:
        return Key(_NAMED[character])
    if ord(character) < _BEFORE_SPACE:
        return Key(f"ctrl+{chr(ord(character) + 96)}")
    return Key(character, character)


def _name(found: re.Match[str]) -> str:
    if found["alt"]:
        return f"alt+{found['alt']}"
    if found["console"]:
        return _CONSOLE[found["console"]]
    if found["single"]:
        return _ENDS.get(found["single"], "")
    number, _, modifier = found["numbers"].partition(";")
    name = _NUMBERS.get(number, "") if found["end"] == "~" else _ENDS.get(found["end"], "")
    return f"{_MODIFIERS.get(modifier, '')}{name}" if name else ""
