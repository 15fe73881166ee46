"""YAML texts taken apart to rows of plain values that know their lines."""

from __future__ import annotations

from typing import Any, Final

import yaml

from canned.places import Unreadable
from canned.rows import MAX_DEPTH, RESPONSE, Row

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
