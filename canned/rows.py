"""Texts in TOML and YAML taken apart to rows of plain values that know their lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

import yaml
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

# --- TOML --------------------------------------------------------------------------------------------


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


# --- YAML --------------------------------------------------------------------------------------------

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_rows(text: str) -> list[Row]:
    """The responses in a YAML text: a mapping, a list of them, or a list under ``response``.

    Words are taken as they stand: ``no`` is the language Norwegian, not a falsehood.

    Raises:
        Unreadable: it is no YAML, or has anchors.
    """
    lines: dict[int, dict[str, int]] = {}
    tree = yaml_tree(text, lines)
    if isinstance(tree, dict) and set(tree) == {RESPONSE}:
        tree = tree[RESPONSE]
    if tree is None:
        return []
    rows = tree if isinstance(tree, list) else [tree]
    for row in rows:
        if not isinstance(row, dict):
            raise Unreadable(1, "this is no response", "write names and values, such as shortcut: hi")
    return [Row(row, lines[id(row)][""], lines[id(row)]) for row in rows]


def yaml_tree(text: str, lines: dict[int, dict[str, int]] | None = None) -> Any:
    """The text as mappings, lists, texts and ``None``; ``lines`` is filled with the lines of names.

    Works event by event, because the library's own trees run out of stack on hostile nesting.

    Raises:
        Unreadable: it is no YAML, or has anchors, or is nested too deep.
    """
    builder = _Builder({} if lines is None else lines)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = error.problem or "it breaks off"
        remedy = "check the indentation, and quote texts that hold : or #"
        raise Unreadable(mark.line + 1 if mark else 1, f"this is not YAML ({why})", remedy) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(1, "this is not YAML", "save it as UTF-8 text without control characters") from error
    return builder.root


class _Builder:
    """Puts a tree together."""

    def __init__(self, lines: dict[int, dict[str, int]]) -> None:
        self.root: Any = None
        self._lines = lines
        self._open: list[Any] = []
        self._names: list[str | None] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """The next event."""
        line = 1 if event.start_mark is None else event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(line, "anchors (& and *) are not read", "write the text out in both places")
        if isinstance(event, yaml.ScalarEvent):
            self._put(_scalar(event), line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._names.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise Unreadable(line, "a second document begins", "keep one document (---) in a file")

    def _start(self, event: yaml.Event, line: int) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise Unreadable(line, "this is nested too deep", "write it flat")
        made: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if isinstance(made, dict):
            self._lines[id(made)] = {"": line}
        self._put(made, line)
        self._open.append(made)
        self._names.append(None)

    def _put(self, value: Any, line: int) -> None:
        if not self._open:
            self.root = value
            return
        into = self._open[-1]
        if isinstance(into, list):
            into.append(value)
        elif self._names[-1] is None:
            self._names[-1] = self._name(into, value, line)
        else:
            into[self._names[-1]] = value
            self._names[-1] = None

    def _name(self, into: dict[str, Any], value: Any, line: int) -> str:
        if not isinstance(value, str) or not value:
            raise Unreadable(line, "a name is missing before :", "write a word there")
        if value in into or value in self._lines[id(into)]:
            raise Unreadable(line, f"{value} stands here twice", "take one of them out")
        self._lines[id(into)][value] = line
        return value


_NOTHING: Final = ("", "~", "null", "Null", "NULL")


def _scalar(event: yaml.ScalarEvent) -> str | None:
    plain = event.style is None or event.style == ""
    return None if plain and event.value in _NOTHING else str(event.value)
