"""Files on this machine: what a typed path may mean, what can be sent, reading it, saving beside others."""

from __future__ import annotations

import mimetypes
import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from agent_tui.desk.file_model import Chosen, PathRow
from agent_tui.desk.naming import numbered, safe_name
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.wording import say
from api_client.models.message import Upload

MEBIBYTE: Final = 1024 * 1024
_OFFERED: Final = 200
"""Entries of a folder that are offered."""
_LOOKED_AT: Final = 20_000
"""Entries of a folder that are looked at."""
_MOST_NUMBERS: Final = 999


class FileUnfit(Exception):
    """A file on this machine cannot be read, written, sent or shown; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def unfit(words: Displayable, trouble: Trouble = Trouble.FILE) -> FileUnfit:
    """The error with these words as its detail."""
    return FileUnfit(Problem(trouble, words))


def unreadable(path: Path, error: OSError) -> FileUnfit:
    """The error for what the system says about a file."""
    return unfit(clean_line(f"{path.name}: {error.strerror or type(error).__name__}"))


# --- what was typed ---------------------------------------------------------------------------------


def plain_path(words: str) -> str:
    """What was typed or pasted as a path: without quotes, escapes and ``file://``, ``~`` kept."""
    words = words.strip(" \t") if words.strip() else ""
    if words.startswith("file://"):
        return url2pathname(urlsplit(words).path)
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        return words[1:-1]
    return re.sub(r"\\([ ()&'\"\[\]])", r"\1", words) if os.sep == "/" else words


def paths_like(words: str) -> tuple[PathRow, ...]:
    """Files and folders whose path begins with the words; folders first, hidden ones when asked for.

    A folder that cannot be read has nothing to offer.
    """
    folder, _, begun = plain_path(words).rpartition("/")
    written = f"{folder}/" if folder or words.lstrip("'\" ").startswith("/") else ""
    try:
        rows = _entries(Path(written or ".").expanduser(), written, begun.casefold())
    except (OSError, ValueError, RuntimeError):
        return ()
    rows.sort(key=lambda row: (not row.folder, row.name.casefold()))
    return tuple(rows[:_OFFERED])


def _entries(folder: Path, written: str, begun: str) -> list[PathRow]:
    rows: list[PathRow] = []
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number >= _LOOKED_AT:
                break
            fits = entry.name.casefold().startswith(begun) and (begun or not entry.name.startswith("."))
            row = _row(entry, written) if fits else None
            if row is not None:
                rows.append(row)
    return rows


def _row(entry: os.DirEntry[str], written: str) -> PathRow | None:
    try:
        entry.name.encode()
        facts = entry.stat()
    except (OSError, UnicodeEncodeError):
        return None
    if stat.S_ISDIR(facts.st_mode):
        return PathRow(f"{written}{entry.name}/", clean_line(f"{entry.name}/"), folder=True)
    if not stat.S_ISREG(facts.st_mode):
        return None
    return PathRow(f"{written}{entry.name}", clean_line(entry.name), folder=False, size=facts.st_size)


# --- sending ----------------------------------------------------------------------------------------


def chosen(words: str, largest: int) -> Chosen:
    """The file that the words name, if it can be sent; ``largest`` is in bytes.

    Raises:
        FileUnfit: it is not there, no file, empty, too large, or not for us to read.
    """
    path = Path(os.path.abspath(Path(plain_path(words)).expanduser()))  # noqa: PTH100  links stay as they are
    try:
        str(path).encode()
        facts = path.stat()
        if stat.S_ISREG(facts.st_mode):
            path.open("rb").close()
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeEncodeError:
        raise unfit(say("its name has letters that cannot be kept; rename it first")) from None
    name = clean_line(path.name)
    if not stat.S_ISREG(facts.st_mode):
        raise unfit(say("{name} is not a file", name=name))
    if not facts.st_size:
        raise unfit(say("{name} is empty", name=name))
    if facts.st_size > largest:
        size, most = -(-facts.st_size // MEBIBYTE), largest // MEBIBYTE
        words = say("{name} has {size} MiB, {most} MiB is the most", name=name, size=size, most=most)
        raise unfit(words, Trouble.TOO_LARGE)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Chosen(str(path), name, Displayable(kind), facts.st_size, facts.st_mtime)


def read(files: Sequence[Chosen]) -> tuple[Upload, ...]:
    """The files as they were chosen.

    Raises:
        FileUnfit: one is gone, or has changed since.
    """
    return tuple(map(_read, files))


def _read(file: Chosen) -> Upload:
    path = Path(file.path)
    try:
        with path.open("rb") as opened:
            facts = os.fstat(opened.fileno())
            data = opened.read(file.size + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if (len(data), facts.st_mtime) != (file.size, file.changed):
        raise unfit(say("{name} has changed since you chose it", name=file.name))
    return Upload(safe_name(path.name), file.kind, data)


# --- saving -----------------------------------------------------------------------------------------


class Landing:
    """A file on its way into a folder: under no name of its own until it is whole."""

    def __init__(self, folder: Path, name: str) -> None:
        """Begin.

        Raises:
            FileUnfit: the folder cannot be written.
        """
        self._folder = folder
        self._name = safe_name(name)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._half = folder / f".{os.getpid()}-{id(self):x}.part"
            self._file = os.fdopen(os.open(self._half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except OSError as error:
            raise unreadable(folder, error) from error

    def take(self, data: bytes) -> None:
        """The next bytes."""
        self._file.write(data)

    def land(self) -> Path:
        """Give it its name, or the next that is free: nothing is ever overwritten.

        Raises:
            FileUnfit: it cannot be written.
        """
        try:
            self._file.close()
            path = self._reserved()
            self._half.replace(path)
        except OSError as error:
            self.drop()
            raise unreadable(self._folder, error) from error
        return path

    def _reserved(self) -> Path:
        for number in range(1, _MOST_NUMBERS):
            path = self._folder / numbered(self._name, number)
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:
                continue
            return path
        raise FileExistsError(self._name)

    def drop(self) -> None:
        """Forget what has come of it."""
        self._file.close()
        self._half.unlink(missing_ok=True)
