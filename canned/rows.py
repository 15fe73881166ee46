"""Rows of plain values that know their lines, and TOML texts taken apart to them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from canned.places import Unreadable

RESPONSE: Final = "response"
"""The table that holds many responses in one file."""
MAX_DEPTH: Final = 8


class Row(Struct, frozen=True):
    """A response as it stands in a file."""

    values: dict[str, Any]
    line: int
    lines: dict[str, int]
    """Lines of its names."""

    def line_of(self, name: str) -> int:
        """Where that name stands, or the row itself."""
        return self.lines.get(name, self.line)


_DEEP: Final = re.compile(r"(?<![\w\"'.-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){30}")
"""A name of thirty parts: the parser's work grows with the square of them."""


def toml_rows(text: str, name: str = RESPONSE) -> list[Row]:
    """The responses in a TOML text: a table, or many under ``[[response]]``, or another ``name``.

    Raises:
        Unreadable: it is no TOML.
    """
    deep = _DEEP.search(text)
    if deep:
        raise Unreadable(text.count("\n", 0, deep.start()) + 1, "this is nested too deep", "write it flat")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"^(.*) \(at line (\d+), column \d+\)$", str(error))
        line, why = (int(place[2]), place[1]) if place else (text.count("\n") + 1, str(error))
        raise Unreadable(line, f"this is not TOML ({why.lower()})", "put texts between quotes") from None
    except RecursionError:
        raise Unreadable(1, "this is nested too deep", "write it flat") from None
    if name not in table:
        lines = _toml_lines(text, name)[0] if table else {}
        return [Row(table, 1, lines)] if table else []
    return _many(table, _toml_lines(text, name), name)


def _many(table: dict[str, Any], lines: list[dict[str, int]], of: str) -> list[Row]:
    rows = table[of]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable(1, f"{of} is no list", f"write [[{of}]] above each {of}")
    if len(table) > 1:
        name = next(name for name in table if name != of)
        line = lines[0].get(name, 1)
        raise Unreadable(line, f"{name} stands outside of [[{of}]]", "move it below one of them")
    known = [*lines[1:], *({} for _ in rows)]
    return [Row(row, known[index].get("", 1), known[index]) for index, row in enumerate(rows)]


_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([\w.\"' -]+?)\s*\]")
_KEY: Final = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*[.=]")


def _toml_lines(text: str, of: str) -> list[dict[str, int]]:
    """Lines of names: first those before any ``[[response]]`` (or what ``of`` says), then those of each."""
    found: list[dict[str, int]] = [{}]
    table = ""
    for number, line in _outside_of_strings(text):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header and header[2] == of and header[1] == "[[":
            found.append({"": number})
            table = ""
        elif header:
            table = header[2].removeprefix(f"{of}.").partition(".")[0]
            found[-1].setdefault(table, number)
        elif key and not table:
            found[-1].setdefault(key[1], number)
    return found


def _outside_of_strings(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without those inside of strings that go over several."""
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not inside:
            yield number, line
        for quotes in re.findall(r'"""|\'\'\'', line):
            inside = "" if inside == quotes else inside or quotes
