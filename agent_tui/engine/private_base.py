"""An SQLite file that only its owner may read; a file that is no database is put aside, not deleted."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from pathlib import Path
from typing import Final, Literal

import msgspec

from agent_tui.desk.file_model import Chosen

PAGES_KEPT: Final = "PRAGMA cache_size=-128"
"""KiB. A desk's own files are small and read at start; SQLite's 2 MB for each would fill all shift long."""


def opened(path: Path, table: str, synchronous: Literal["NORMAL", "FULL"]) -> sqlite3.Connection:
    """Open or make the file, with ``table`` in it, in write-ahead mode.

    ``FULL``: what is committed outlives a loss of power. ``NORMAL``: only a crash of the program.

    Raises:
        OSError, sqlite3.Error: the folder or the file cannot be written.
    """
    try:
        return _connected(path, table, synchronous)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        path.rename(path.with_name(f"{path.name}.broken-{int(time.time())}"))
        return _connected(path, table, synchronous)


class InUse(Exception):
    """Another process holds it; the text is that process's id."""


def held_alone(path: Path) -> int:
    """Hold ``path`` as this process's own until the descriptor returned is closed or the process ends.

    Raises:
        InUse: another process holds it.
        OSError: the file cannot be written.
    """
    held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(held, 20).decode("ascii", "replace")
        os.close(held)
        raise InUse(holder) from None
    os.truncate(held, 0)
    os.write(held, str(os.getpid()).encode())
    return held


def with_column(base: sqlite3.Connection, table: str, column: str) -> None:
    """Add a text column that a file of an earlier version does not have; empty where it is new.

    Raises:
        sqlite3.Error: the file cannot be written.
    """
    known = {row[1] for row in base.execute(f"PRAGMA table_info({table})")}
    if column not in known:
        with base:
            base.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")


def packed(files: tuple[Chosen, ...]) -> str:
    """Files that go with a text, as they are kept: where they are, not what is in them."""
    return msgspec.json.encode(files).decode() if files else ""


def unpacked(kept: str) -> tuple[Chosen, ...]:
    """The files again; none where the row does not make sense."""
    try:
        return msgspec.json.decode(kept, type=tuple[Chosen, ...]) if kept else ()
    except msgspec.MsgspecError:
        return ()


def storable(text: str) -> str:
    """Half an emoji, as a broken terminal may send it, is no text to SQLite."""
    return text.encode("utf-8", "replace").decode()


def _connected(path: Path, table: str, synchronous: str) -> sqlite3.Connection:
    # SQLite gives its log files the mode of the database, so the mode must be right before it opens.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    base = sqlite3.connect(path, timeout=2.0)
    try:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute(f"PRAGMA synchronous={synchronous}")
        base.execute(PAGES_KEPT)
        with base:
            base.execute(table)
    except BaseException:
        base.close()
        raise
    return base
