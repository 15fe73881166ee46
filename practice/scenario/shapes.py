"""Checks that every table of a scenario has the keys and values that the model asks for."""

from __future__ import annotations

import difflib
import re
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from practice.scenario.kinds import expected, fields_of, inside, is_list, table_fields
from practice.scenario.model import Scenario
from practice.scenario.positions import Path

SHOWN = 40
"""How much of a wrong value an error shows, in characters."""

_FIELD = re.compile(r"^Object (contains unknown|missing required) field `(.*?)`", re.DOTALL)
_PLACE = re.compile(r" - at (`key` in )?`\$(.*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


class Problem(NamedTuple):
    """Something wrong at ``path``: what it is, and what to do about it."""

    path: Path
    what: str
    remedy: str


def shape_problems(data: dict[str, Any]) -> list[Problem]:
    """What keeps ``data``, a whole desk's joined tables, from being a ``Scenario``; one per row at most."""
    known = table_fields()
    found = [_unknown((), name, list(known)) for name in data if name not in known]
    for name, kind in known.items():
        value = data.get(name)
        if value is None:
            found += _absent(name, kind)
        elif is_list(kind) and isinstance(value, list):
            found += _rows(name, value)
        else:
            found += _convert((name,), value, kind)
    return found


def _absent(name: str, kind: inspect.Type) -> list[Problem]:
    required = {field.name for field in msgspec.structs.fields(Scenario) if field.required}
    header = f"[[{name}]]" if is_list(kind) else f"[{name}]"
    return [Problem((), f"the desk has no {header}", "add it")] if name in required else []


def _rows(name: str, rows: list[Any]) -> list[Problem]:
    item = inside(table_fields()[name], 0)
    return [problem for number, row in enumerate(rows) for problem in _convert((name, number), row, item)]


def _convert(path: Path, value: Any, kind: inspect.Type) -> list[Problem]:
    """The first problem of one table; a list of tables comes here only when it is none."""
    if not isinstance(kind, inspect.StructType):
        return [Problem(path, f"{path[0]} is a single table", f"write [[{path[0]}]], one for each")]
    try:
        msgspec.convert(value, kind.cls)
    except msgspec.ValidationError as error:
        return [_in_words(path, value, kind, str(error))]
    return []


def _in_words(path: Path, value: Any, kind: inspect.Type, message: str) -> Problem:
    steps, is_key = _steps(message)
    for step in steps:
        value, kind = _into(value, step), inside(kind, step)
    path = (*path, *steps)
    if named := _FIELD.match(message):
        field = named[2]
        if named[1] == "missing required":
            return Problem(path, f"{field!r} is missing", f"add {field}: {expected(inside(kind, field))}")
        return _unknown(path, field, list(fields_of(kind)))
    if is_key and isinstance(kind, inspect.DictType):
        wrong = message.split("'")[1]
        return Problem((*path, wrong), f"the key {wrong!r} is unknown", f"write {expected(kind.key_type)}")
    return _wrong(path, value, kind)


def _steps(message: str) -> tuple[Path, bool]:
    """The path in one of msgspec's messages, and whether it is a mapping's key that is wrong."""
    place = _PLACE.search(message)
    if place is None:
        return (), False
    return tuple(name or int(number) for name, number in _STEP.findall(place[2])), place[1] is not None


def _unknown(path: Path, field: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(field, known, n=1)
    remedy = f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(known)}"
    return Problem((*path, field), f"the key {field!r} is unknown", remedy)


def _wrong(path: Path, value: Any, kind: inspect.Type) -> Problem:
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    shown = repr(value) if not isinstance(value, list | dict) or not value else f"a {_noun(value)}"
    if len(shown) > SHOWN:
        shown = f"{shown[:SHOWN]}…"
    return Problem(path, f"{name} is {shown}", f"write {expected(kind)}")


def _noun(value: Any) -> str:
    return "list" if isinstance(value, list) else "table"


def _into(value: Any, step: str | int) -> Any:
    return value[step]
