"""The line on which each table, key and list item of a TOML text stands.

``tomllib`` reads values and forgets where they stood. This scanner reads the same text once more for
the places alone. It relies on the text being valid TOML, so run it after ``tomllib`` has accepted it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

Path = tuple[str | int, ...]
"""The way to a value, e.g. ``("personas", 3, "patience")``."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r'"((?:\\.|[^"\\])*)"|\'([^\']*)\'|([A-Za-z0-9_-]+)')
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_PLAIN_VALUE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|[^,\]}\n#]+",
    re.DOTALL,
)


def positions(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every path in ``text``, which is valid TOML."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


def nearest_line(lines: dict[Path, int], path: Path) -> int:
    """The line of ``path`` or of the closest thing around it; 1 if nothing of it is there."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._ends = [place for place, letter in enumerate(text) if letter == "\n"]
        self._rows: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        while self._more():
            if self._text.startswith("[[", self._at):
                table = self._header(2, row=True)
            elif self._text[self._at] == "[":
                table = self._header(1, row=False)
            else:
                self._pair(table)

    def _more(self) -> bool:
        self._blank()
        return self._at < len(self._text)

    def _blank(self) -> None:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _note(self, path: Path) -> None:
        self.lines.setdefault(path, bisect_right(self._ends, self._at - 1) + 1)

    def _header(self, brackets: int, *, row: bool) -> Path:
        start = self._at
        self._at += brackets
        *around, last = self._keys()
        path = (*self._resolve(around), last)
        if row:
            number = self._rows.get(path, 0)
            self._rows[path] = number + 1
        after = self._text.index("]", self._at) + brackets
        self._at = start
        self._note(path)
        path = (*path, number) if row else path
        self._note(path)
        self._at = after
        return path

    def _resolve(self, keys: list[str]) -> Path:
        """The path of a header's outer tables: the last row so far, where a table has rows."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._rows:
                path = (*path, self._rows[path] - 1)
        return path

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._blank()
            part = _KEY_PART.match(self._text, self._at)
            if part is None:
                return keys
            keys.append(next(group for group in part.groups() if group is not None))
            dot = _DOT.match(self._text, part.end())
            self._at = dot.end() if dot else part.end()
            if dot is None:
                return keys

    def _pair(self, table: Path) -> None:
        self._blank()
        start = self._at
        keys = self._keys()
        after, self._at = self._at, start
        for depth in range(len(keys)):
            self._note((*table, *keys[: depth + 1]))
        self._at = self._text.index("=", after) + 1
        self._value((*table, *keys))

    def _value(self, path: Path) -> None:
        self._blank()
        opening = self._text[self._at]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            found = _PLAIN_VALUE.match(self._text, self._at)
            self._at = found.end() if found else self._at + 1

    def _array(self, path: Path) -> None:
        self._at += 1
        number = 0
        while not self._closed("]"):
            self._note((*path, number))
            self._value((*path, number))
            number += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while not self._closed("}"):
            self._pair(path)

    def _closed(self, bracket: str) -> bool:
        """Pass what stands between two items; True, and past it, when ``bracket`` ends the list."""
        self._blank()
        if self._text[self._at] == ",":
            self._at += 1
            self._blank()
        closed = self._text[self._at] == bracket
        self._at += closed
        return closed
