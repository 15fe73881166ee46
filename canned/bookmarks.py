"""A team's bookmarks: addresses with a title, by language, in a file that people write."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from canned.model import ANY, Bookmark
from canned.places import Place, Problem, Unreadable
from canned.rows import Row, toml_rows

FILE: Final = "bookmarks.toml"
"""What the file is called, in the settings folder and in a team's folder."""
TABLE: Final = "bookmark"
MOST: Final = 2_000
"""Bookmarks taken from one file."""
_MAX_BYTES: Final = 500_000
_Address = Annotated[str, Meta(pattern=r"^https?://\S+$", max_length=2_000)]
_Line = Annotated[str, Meta(min_length=1, max_length=200)]


class _Bookmark(Struct, forbid_unknown_fields=True):
    """A bookmark as the file has it."""

    title: _Line
    url: (
        _Address
        | Annotated[dict[Annotated[str, Meta(pattern="^([a-z]{2}|any)$")], _Address], Meta(min_length=1)]
    )
    queues: list[_Line] = []
    words: list[_Line] = []


_REMEDIES: Final = {
    "title": 'add title = "..."',
    "url": 'write url = "https://…", or { fi = "https://…", sv = "https://…" }',
    "queues": "write a list of queues' names, each in quotes",
    "words": "write a list of words, each in quotes",
}


def read_bookmarks(files: Iterable[Path]) -> tuple[tuple[Bookmark, ...], tuple[Problem, ...]]:
    """The bookmarks of ``files``, the nearest first, and what could not be read. Nothing is raised.

    A file that is not there has none. One that cannot be read costs none of the others.
    """
    read: list[Bookmark] = []
    problems: list[Problem] = []
    for file in files:
        try:
            rows = _rows(file)
        except Unreadable as error:
            problems.append(Problem(Place(str(file), error.line), error.what, error.remedy))
            continue
        for row in rows:
            found = _bookmark(row, str(file))
            read.append(found) if isinstance(found, Bookmark) else problems.append(found)
    return tuple(read), tuple(problems)


def _rows(file: Path) -> list[Row]:
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise Unreadable(0, "it is larger than 500 kB", "keep the bookmarks that are used")
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        raise Unreadable(0, "this is not UTF-8 text", "save the file as UTF-8") from None
    except OSError as error:
        raise Unreadable(0, f"it cannot be read ({error.strerror})", "check who may read it") from None
    rows = toml_rows(text, TABLE)
    if len(rows) > MOST:
        raise Unreadable(0, f"it has more than {MOST} bookmarks", "keep those that are used")
    return rows


def _bookmark(row: Row, file: str) -> Bookmark | Problem:
    try:
        given = msgspec.convert(row.values, _Bookmark)
    except msgspec.ValidationError as error:
        name, what = _wrong(row.values, str(error))
        remedy = _REMEDIES.get(name, f"there is {', '.join(_Bookmark.__struct_fields__)}")
        return Problem(Place(file, row.line_of(name)), what, remedy)
    urls = {ANY: given.url} if isinstance(given.url, str) else given.url
    named = {ANY if language == "any" else language: url for language, url in urls.items()}
    return Bookmark(given.title.strip(), named, tuple(given.queues), tuple(given.words))


def _wrong(values: dict[str, Any], message: str) -> tuple[str, str]:
    """The name that is wrong, and how."""
    known = _Bookmark.__struct_fields__
    unknown = next((name for name in values if name not in known), None)
    if unknown is not None:
        return unknown, f"unknown name {unknown[:60]}"
    for name in ("title", "url"):
        if name not in values:
            return name, f"a bookmark has no {name}"
    name = next((name for name in known if f"$.{name}" in message), "url")
    return name, f"this is no {name} of a bookmark"
