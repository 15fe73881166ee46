"""What comes of reading and writing other tools' texts, and the names those tools lack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec import Struct

from canned.model import Owner, Response
from canned.places import Place, Problem
from canned.rowing import RowError, from_values

_LONGEST: Final = 60


class Imported(Struct, frozen=True):
    """What was read. What could not be is a problem; the rest is here."""

    responses: tuple[Response, ...]
    problems: tuple[Problem, ...]


class Exported(Struct, frozen=True):
    """A text for another tool, and what it cannot carry, a line for each."""

    text: str
    left_out: tuple[str, ...]


class Importing:
    """Collects what is read from one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._responses: list[Response] = []
        self._problems: list[Problem] = []
        self._taken: set[str] = set()

    def add(self, line: int, values: Mapping[str, Any]) -> None:
        """Add the response that ``values`` tell. A taken or unusable shortcut is given another form."""
        given = dict(values)
        if isinstance(given.get("shortcut"), str):
            given["shortcut"] = unique(given["shortcut"], self._taken)
        try:
            self._responses.append(from_values(given, Owner.SHARED))
        except RowError as error:
            self.refuse(line, error.what, error.remedy)

    def refuse(self, line: int, what: str, remedy: str) -> None:
        """Something cannot be read."""
        self._problems.append(Problem(Place(self._file, line), what, remedy))

    def done(self) -> Imported:
        """All that was read."""
        return Imported(tuple(self._responses), tuple(self._problems))


def unique(wanted: str, taken: set[str]) -> str:
    """A shortcut like ``wanted`` that nobody has: one word, with a number when it must be. Takes it."""
    word = wanted if re.fullmatch(r"\S{1,60}", wanted) else slug(wanted)
    shortcut, number = word, 1
    while shortcut.casefold() in taken:
        number += 1
        shortcut = f"{word}-{number}"
    taken.add(shortcut.casefold())
    return shortcut


def slug(title: str) -> str:
    """A shortcut made of a title: small letters, ``-`` for all between the words."""
    return "-".join(re.findall(r"\w+", title.casefold()))[:_LONGEST].strip("-") or "response"


def lost(responses: Iterable[Response], *names: str) -> tuple[str, ...]:
    """Lines that tell which of the ``names`` each response has and the other tool does not know."""
    return tuple(
        f"{response.shortcut}: {name.replace('_', ' ')} cannot be carried over"
        for response in responses
        for name in names
        if getattr(response, name) != getattr(_PLAIN, name)
    )


_PLAIN: Final = Response("", "")

Reader = Callable[[str, str], Imported]
"""Takes a text and its file's name."""
Writer = Callable[[Iterable[Response]], Exported]
