"""The limits that a team keeps beside its canned responses: read, and read again when the file changes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from agent_tui.desk.capacity import ChatLimits, TeamLimits
from agent_tui.desk.events import TeamLimitsRead
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.wording import say
from canned.folders import DESK_FILE

LOOK_EVERY: Final = 2.0
"""Seconds between two looks at the files."""
EVERYONE: Final = "everyone"
_MAX_BYTES: Final = 200_000
_Chats = Annotated[int, Meta(ge=1, le=50)]


class _Written(Struct, forbid_unknown_fields=True):
    """Limits as the file has them."""

    normal: _Chats
    rush: _Chats


class TeamLimitsFile:
    """``desk.toml`` of each folder; the last folder is the nearest. Blocks: not for the painting thread."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._files = tuple(folder / DESK_FILE for folder in folders)
        self._stamps: Sequence[object] = (None,) * len(self._files)

    def refresh(self) -> TeamLimitsRead | None:
        """What the files say, if one has changed since this was last asked."""
        stamps = [_stamp(file) for file in self._files]
        if list(self._stamps) == stamps:
            return None
        self._stamps = stamps
        named: dict[str, ChatLimits] = {}
        problems: list[Displayable] = []
        for file in self._files:
            named |= _read(file, problems)
        return TeamLimitsRead(TeamLimits(named.pop(EVERYONE, None), named), tuple(problems))


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        seen = file.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


def _read(file: Path, problems: list[Displayable]) -> dict[str, ChatLimits]:
    try:
        with file.open("rb") as opened:
            content = tomllib.loads(opened.read(_MAX_BYTES).decode())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        problems.append(_problem(file, str(error)))
        return {}
    limits = content.get("limits", {})
    found = ((name, _limits(file, name, value, problems)) for name, value in _rows(limits))
    return {name.casefold(): one for name, one in found if one is not None}


def _rows(limits: object) -> list[tuple[str, object]]:
    return list(limits.items()) if isinstance(limits, dict) else [("limits", limits)]


def _limits(file: Path, name: str, value: object, problems: list[Displayable]) -> ChatLimits | None:
    try:
        written = msgspec.convert(value, _Written)
    except msgspec.ValidationError:
        remedy = say("{name}: needs normal and rush, each from 1 to 50", name=clean_line(name))
        problems.append(_problem(file, remedy))
        return None
    return ChatLimits(written.normal, written.rush)


def _problem(file: Path, what: str) -> Displayable:
    return clean_line(f"{file.parent.name}/{file.name}: {what}", limit=300)
