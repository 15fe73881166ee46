"""The TOML files of a desk: which desks come with the package, and how a name or a path finds its files."""

from __future__ import annotations

import difflib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple


class ScenarioError(Exception):
    """A desk cannot be used. Its text is one line: ``file:line: what is wrong; what to do``."""


class Source(NamedTuple):
    """A file of a desk: the name to call it by in errors, and its text."""

    name: str
    text: str


def available() -> list[str]:
    """The names of the desks that come with the package, in name order."""
    return sorted(entry.name for entry in _packaged().iterdir() if entry.is_dir() and _toml_files(entry))


def sources(name_or_path: str) -> list[Source]:
    """The files of a desk, in name order.

    ``name_or_path`` is the name of a packaged desk, else a folder or a ``.toml`` file. A packaged name
    wins over a folder of the same name; write ``./name`` for the folder.

    Raises:
        ScenarioError: nothing is there, or it cannot be read.
    """
    desks = available()
    if name_or_path in desks:
        return [_read(entry) for entry in _toml_files(_packaged() / name_or_path)]
    path = Path(name_or_path)
    if path.is_file():
        return [_read(path)]
    if not path.is_dir():
        raise ScenarioError(_nothing_there(name_or_path, desks))
    found = [_read(entry) for entry in _toml_files(path)]
    if not found:
        raise ScenarioError(f"{name_or_path}: there is no .toml file in this folder; name a desk's folder")
    return found


def _packaged() -> Traversable:
    return resources.files("practice") / "desks"


def _toml_files(folder: Traversable) -> list[Traversable]:
    files = [entry for entry in folder.iterdir() if entry.is_file() and entry.name.endswith(".toml")]
    return sorted(files, key=lambda entry: entry.name)


def _read(entry: Traversable) -> Source:
    try:
        raw = entry.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise ScenarioError(
            f"{entry}:1: the file cannot be read ({reason}); check its permissions"
        ) from error
    try:
        return Source(str(entry), raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ScenarioError(f"{entry}:{line}: the text is not UTF-8; save the file as UTF-8") from error


def _nothing_there(wanted: str, desks: list[str]) -> str:
    if wanted.endswith(".toml") or len(Path(wanted).parts) > 1:
        return f"{wanted}: there is no such file or folder; check the path"
    known = ", ".join(desks)
    near = difflib.get_close_matches(wanted, desks, n=1, cutoff=0.5)
    if near:
        return f"there is no desk called {wanted!r}; did you mean {near[0]!r}? There are: {known}"
    return f"there is no desk called {wanted!r}; use one of: {known}; or the path of a folder"
