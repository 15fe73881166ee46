"""Folders of TOML and YAML files with responses: read, watched by size and time, never left."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from canned.bookmarks import FILE as BOOKMARKS
from canned.model import Attachment, Owner, Response, folded
from canned.places import Place, Problem, Unreadable
from canned.rowing import read_rows
from canned.rows import Row, toml_rows


def _yaml_rows(text: str) -> list[Row]:
    from canned.yaml_rows import yaml_rows  # noqa: PLC0415  YAML takes long to load; the first file pays

    return yaml_rows(text)


DESK_FILE: Final = "desk.toml"
"""What a team has settled about its desk, beside its responses."""
_OTHERS: Final = (BOOKMARKS, DESK_FILE)
READERS: Final = {".toml": toml_rows, ".yaml": _yaml_rows, ".yml": _yaml_rows}
"""Which files are read, by their ending."""
MAX_BYTES: Final = 1_000_000
"""Of one file."""
MAX_FILES: Final = 10_000
MAX_DEPTH: Final = 12

Stamp = Mapping[str, tuple[int, int]]
"""Time of change in nanoseconds and size in bytes of each file."""


class Folder(Struct, frozen=True):
    """What a folder holds."""

    responses: tuple[Response, ...] = ()
    """In the order of their files' names; each shortcut once."""
    places: Mapping[str, Place] = {}
    """Where each stands, by key."""
    problems: tuple[Problem, ...] = ()
    stamp: Stamp = {}


def read_folder(path: Path, owner: Owner = Owner.SHARED, keys: str = "") -> Folder:
    """Read every file below ``path``. A folder that is not there is empty; nothing is raised.

    Args:
        path: the folder, or one file.
        owner: whose the responses are.
        keys: put before each shortcut to make its key, such as ``team/``.
    """
    stamp = stamp_of(path)
    found: dict[str, tuple[Response, Place]] = {}
    problems = _unscanned(path, stamp)
    for name in stamp:
        read, wrong = _read_file(Path(name), path, owner, keys)
        problems += wrong
        for response, place in read:
            first = found.setdefault(folded(response.shortcut), (response, place))[1]
            if first is not place:
                problems.append(_twice(response, place, first))
    return Folder(
        tuple(response for response, _ in found.values()),
        {response.key: place for response, place in found.values()},
        tuple(sorted(problems)),
        stamp,
    )


def _twice(response: Response, place: Place, first: Place) -> Problem:
    return Problem(
        place, f"{response.shortcut} is there already, in {first}", "give one of them another shortcut"
    )


def changed_since(path: Path, stamp: Stamp) -> bool:
    """Whether a file has come, gone or changed since that stamp was made. Reads no file."""
    return stamp_of(path) != stamp


def stamp_of(path: Path) -> Stamp:
    """Time and size of each file to be read below ``path``, in the order of their names."""
    stamp: dict[str, tuple[int, int]] = {}
    for file in _files(path):
        try:
            seen = file.stat()
        except OSError:
            continue
        stamp[str(file)] = (seen.st_mtime_ns, seen.st_size)
    return dict(sorted(stamp.items()))


def _files(path: Path) -> Iterator[Path]:
    """Files to read: hidden ones and links out of the folder are passed over, as is what is too deep."""
    if path.is_file():
        if path.suffix.lower() in READERS:
            yield path
        return
    count = 0
    for folder, folders, names in os.walk(path):
        below = Path(folder)
        depth = len(below.relative_to(path).parts)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and depth < MAX_DEPTH)
        for name in sorted(names):
            if (
                not name.startswith(".")
                and name not in _OTHERS
                and Path(name).suffix.lower() in READERS
                and count < MAX_FILES
            ):
                count += 1
                yield below / name


def _unscanned(path: Path, stamp: Stamp) -> list[Problem]:
    if len(stamp) < MAX_FILES:
        return []
    return [Problem(Place(str(path)), f"only {MAX_FILES} files are read", "put many responses in one file")]


def _read_file(
    file: Path, root: Path, owner: Owner, keys: str
) -> tuple[list[tuple[Response, Place]], list[Problem]]:
    name = str(file)
    try:
        rows = READERS[file.suffix.lower()](_text(file))
    except Unreadable as error:
        return [], [Problem(Place(name, error.line), error.what, error.remedy)]
    except OSError as error:
        return [], [Problem(Place(name), f"it cannot be read ({error.strerror})", "check who may read it")]
    category = () if file == root else file.parent.relative_to(root).parts
    read, problems = read_rows(rows, name, owner, keys, category)
    return [(_with_files(response, file, root, place, problems), place) for response, place in read], problems


def _text(file: Path) -> str:
    if file.stat().st_size > MAX_BYTES:
        raise Unreadable(0, f"it is larger than {MAX_BYTES // 1_000_000} MB", "split it")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Unreadable(line, "this is not UTF-8 text", "save the file as UTF-8") from None


def _with_files(
    response: Response, file: Path, root: Path, place: Place, problems: list[Problem]
) -> Response:
    """The response with its attachments' whole paths, those outside of the folder taken away.

    A team's folder comes from many hands; none of them may have a file of the agent's sent to a customer.
    """
    top = (root.parent if file == root else root).resolve()
    kept: list[Attachment] = []
    for one in response.attachments:
        whole = _resolved(file.parent / one.path)
        if whole is not None and whole.is_relative_to(top):
            kept.append(replace(one, path=str(whole)))
        else:
            what = f"the attachment {one.path[:80]!r} of {response.shortcut} is outside of the folder"
            problems.append(Problem(place, what, "put the file beside this one"))
    return replace(response, attachments=tuple(kept)) if response.attachments else response


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return None
