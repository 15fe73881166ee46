"""A person's own versions of shared responses: made, kept in step with their originals, saved."""

from __future__ import annotations

import difflib
import os
import re
import tempfile
import zlib
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from canned.folders import read_folder
from canned.layers import OWN_KEYS, Library
from canned.model import Original, Owner, Response, content_hash, folded
from canned.places import Place
from canned.rowing import to_values
from canned.writing import as_toml

_NAME: Final = 60
"""Characters of a file's name."""


class StandsElsewhere(Exception):
    """The shortcut stands in a file that the program does not write; a person changes it there."""

    def __init__(self, place: Place) -> None:
        super().__init__(f"{place} has this shortcut; change it there")
        self.place = place


class Outdated(Struct, frozen=True):
    """A personal version whose original has changed, or is gone, since the person last looked."""

    mine: Response
    original: Response | None
    """As it is now; ``None`` when there is none of that shortcut any more."""


def version_of(shared: Response, language: str, text: str) -> Response:
    """A personal version of ``shared`` with another text for ``language`` (empty: for any)."""
    changed = {"bodies": {**shared.bodies, language: text}} if language else {"text": text}
    return replace(
        shared,
        key=f"{OWN_KEYS}{folded(shared.shortcut)}",
        owner=Owner.PERSONAL,
        original=Original(shared.shortcut, content_hash(shared)),
        **changed,
    )


def changed(response: Response, language: str, text: str) -> Response:
    """The agent's own version with another text; one that is their own already keeps its original."""
    if response.owner is Owner.SHARED:
        return version_of(response, language, text)
    return replace(
        response, **({"bodies": {**response.bodies, language: text}} if language else {"text": text})
    )


def made(shortcut: str, language: str, text: str) -> Response:
    """A new response of the agent's own, in ``language`` (two letters; empty: for any)."""
    said = Response(f"{OWN_KEYS}{folded(shortcut)}", shortcut, owner=Owner.PERSONAL)
    return replace(said, bodies={language: text}) if language else replace(said, text=text)


def outdated(library: Library) -> list[Outdated]:
    """The personal versions to look at, by shortcut."""
    return [
        Outdated(mine, now)
        for mine in library.responses
        if mine.owner is Owner.PERSONAL and mine.original is not None
        for now in [library.shared.get(folded(mine.original.shortcut))]
        if now is None or content_hash(now) != mine.original.hash
    ]


def difference(mine: Response, original: Response) -> list[str]:
    """What differs, line by line: ``-`` the original as it is now, ``+`` mine, `` `` both."""
    lines = difflib.unified_diff(_lines(original), _lines(mine), lineterm="", n=2)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def _lines(response: Response) -> list[str]:
    from canned.yaml_writing import yaml_text  # noqa: PLC0415  YAML takes long to load and is seldom needed

    plain = replace(response, original=None, version="", attachments=())
    return yaml_text(to_values(plain)).splitlines()


def take(mine: Response, original: Response) -> Response:
    """My version, now saying what its original says."""
    told = Original(original.shortcut, content_hash(original))
    return replace(original, key=mine.key, shortcut=mine.shortcut, owner=Owner.PERSONAL, original=told)


def keep(mine: Response, original: Response | None) -> Response:
    """My version as it is; the change of its original counts as seen. Without one it stands by itself."""
    if original is None:
        return replace(mine, original=None)
    return replace(mine, original=Original(original.shortcut, content_hash(original)))


def save(folder: Path, response: Response) -> Path:
    """Write a personal response to its own file in ``folder``, for its owner alone.

    A crash leaves the old file or the new one.

    Raises:
        StandsElsewhere: a file that holds others too has that shortcut.
        OSError: it cannot be written; what was there is as it was.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{file_name(response.shortcut)}.toml"
    place = _place(folder, response.shortcut)
    if place is not None and place.file != str(path):
        raise StandsElsewhere(place)
    number, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".new")
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(as_toml([_within(response, folder)]))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _place(folder: Path, shortcut: str) -> Place | None:
    held = read_folder(folder, Owner.PERSONAL)
    key = next((one.key for one in held.responses if folded(one.shortcut) == folded(shortcut)), None)
    return None if key is None else held.places[key]


def _within(response: Response, folder: Path) -> Response:
    """The response with the attachments that lie in ``folder``, by their paths from there."""
    top = folder.resolve()
    inside = (
        replace(one, path=str(Path(one.path).relative_to(top)))
        for one in response.attachments
        if Path(one.path).is_relative_to(top)
    )
    return replace(response, attachments=tuple(inside))


def file_name(shortcut: str) -> str:
    """A file's name for the shortcut, without ending, that every system takes.

    Other characters than letters, digits, ``-`` and ``_`` become ``_``; then a number made from the shortcut
    follows, so that two shortcuts do not share a file.
    """
    name = folded(shortcut)
    plain = re.sub(r"[^\w-]", "_", name)[:_NAME]
    return (
        plain if plain and plain == name else f"{plain}_{zlib.crc32(name.encode(errors='surrogatepass')):08x}"
    )
