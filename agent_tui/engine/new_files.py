"""Files for transcripts: names that are safe everywhere, and nothing is ever overwritten."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from agent_tui.desk.record import Record

_LONGEST: Final = 40
_UNFIT: Final = re.compile("[^a-z0-9]+")


def name_for(records: Sequence[Record], day: str) -> str:
    """A name without an ending: the day, and whose chat it is or how many there are.

    It holds lower-case letters, digits and hyphens, and begins with a digit.
    """
    if len(records) == 1:
        return _fit(f"{day}-{_fit(records[0].customer)[:_LONGEST]}-{records[0].number}")
    return f"{_fit(day)}-chats-{len(records)}"


def _fit(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _UNFIT.sub("-", plain).strip("-")


def write_new(folder: Path, name: str, ending: str, text: str) -> Path:
    """Put ``text`` into a new file, for its owner alone; where the name is taken, a number is added.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, number = _open_new(folder, name, ending)
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _open_new(folder: Path, name: str, ending: str) -> tuple[Path, int]:
    for number in itertools.count(1):
        path = folder / (f"{name}.{ending}" if number == 1 else f"{name}-{number}.{ending}")
        try:
            # O_EXCL takes no file, no folder and no link that is there already.
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
    raise AssertionError("there is always a next number")
