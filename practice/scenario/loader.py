"""Reads a desk from its TOML files, and says in one line each what is wrong with them."""

from __future__ import annotations

import re
import tomllib
from typing import Any, NamedTuple

import msgspec

from practice.scenario.kinds import is_list, table_fields
from practice.scenario.model import Scenario
from practice.scenario.positions import Path, nearest_line, positions
from practice.scenario.references import reference_problems
from practice.scenario.shapes import Problem, shape_problems
from practice.scenario.sources import ScenarioError, Source, available, sources

__all__ = ["ScenarioError", "available", "load", "problems"]

_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def load(name_or_path: str) -> Scenario:
    """The desk called ``name_or_path``: a packaged desk's name, a folder of TOML files, or one file.

    Raises:
        ScenarioError: with the first thing that is wrong.
    """
    desk = _Desk.of(sources(name_or_path))
    wrong = desk.problems()
    if wrong:
        raise ScenarioError(wrong[0])
    return desk.scenario()


def problems(name_or_path: str) -> list[str]:
    """Everything that is wrong with a desk, a line each, in the order of its files; empty if it is sound.

    Tables that do not fit together are looked for once every table is sound in itself.
    """
    try:
        return _Desk.of(sources(name_or_path)).problems()
    except ScenarioError as error:
        return [str(error)]


class _Origin(NamedTuple):
    """Where a row of a joined list, or a whole table, comes from: which file, and its path there."""

    source: int
    path: Path


class _Desk:
    """The files of one desk, joined, and the way back from a joined path to a file and line."""

    def __init__(self, files: list[Source]) -> None:
        self.tables: dict[str, Any] = {}
        self._files = files
        self._lines = [positions(file.text) for file in files]
        self._origins: dict[Path, _Origin] = {}
        self._clashes: list[str] = []

    @classmethod
    def of(cls, files: list[Source]) -> _Desk:
        parsed = [_parse(file) for file in files]
        desk = cls(files)
        for number, tables in enumerate(parsed):
            desk._join(number, tables)
        return desk

    def problems(self) -> list[str]:
        found = self._clashes
        if not found:
            found = self._placed(shape_problems(self.tables))
        return found or self._placed(reference_problems(self.scenario()))

    def scenario(self) -> Scenario:
        return msgspec.convert(self.tables, Scenario)

    def _join(self, number: int, tables: dict[str, Any]) -> None:
        known = table_fields()
        for name, value in tables.items():
            if name in known and is_list(known[name]) and isinstance(value, list):
                self._add_rows(number, name, value)
            elif name in self.tables:
                self._clash(number, name)
            else:
                self.tables[name] = value
                self._origins[name,] = _Origin(number, (name,))

    def _add_rows(self, number: int, name: str, rows: list[Any]) -> None:
        joined = self.tables.setdefault(name, [])
        if not isinstance(joined, list):
            self._clash(number, name)
            return
        for local, row in enumerate(rows):
            self._origins[name, len(joined)] = _Origin(number, (name, local))
            joined.append(row)

    def _clash(self, number: int, name: str) -> None:
        first = self._place((name,))
        here = self._at(number, (name,))
        self._clashes.append(f"{here}: [{name}] stands at {first} already; keep one of them")

    def _placed(self, found: list[Problem]) -> list[str]:
        """One line each, in the order of the files; the first of several on a line comes first."""
        return [
            f"{self._place(problem.path)}: {_one_line(problem.what)}; {_one_line(problem.remedy)}"
            for problem in sorted(found, key=self._where)
        ]

    def _where(self, problem: Problem) -> tuple[int, int]:
        origin = self._origin(problem.path)
        return origin.source, nearest_line(self._lines[origin.source], origin.path)

    def _place(self, path: Path) -> str:
        origin = self._origin(path)
        return self._at(origin.source, origin.path)

    def _origin(self, path: Path) -> _Origin:
        """Rows know their file; a list as a whole stands where its first row does."""
        for length in (2, 1):
            if origin := self._origins.get(path[:length]):
                return _Origin(origin.source, (*origin.path, *path[length:]))
        return self._origins.get((*path[:1], 0), _Origin(0, ()))

    def _at(self, source: int, path: Path) -> str:
        return f"{self._files[source].name}:{nearest_line(self._lines[source], path)}"


def _parse(file: Source) -> dict[str, Any]:
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _LINE.search(message)
        line = found[1] if found else file.text.count("\n") + 1
        what = _one_line(_LINE.sub("", message).removesuffix(" (at end of document)"))
        raise ScenarioError(f"{file.name}:{line}: this is not TOML: {what}; mend the line") from error
    except RecursionError as error:
        raise ScenarioError(f"{file.name}:1: lists stand too deep in lists; flatten them") from error


def _one_line(text: str) -> str:
    return " ".join(text.split())
