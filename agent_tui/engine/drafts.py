"""Drafts on this machine's disk: what an agent typed survives a crash of anything but the disk."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

import msgspec
from msgspec.structs import replace

from agent_tui.desk.model import Draft
from agent_tui.desk.passages import NO_MARKS, Marks, Place
from agent_tui.engine.private_base import opened, packed, storable, unpacked, with_column
from api_client.models.identity import ConversationId

_KEEP: Final = 30 * 24 * 3600
"""Seconds. An older draft is about a conversation long over, and holds a customer's affairs."""
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS drafts (
    owner TEXT NOT NULL,
    conversation TEXT NOT NULL,
    text TEXT NOT NULL,
    note INTEGER NOT NULL,
    changed REAL NOT NULL,
    marks TEXT NOT NULL DEFAULT '',
    files TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (owner, conversation)
) WITHOUT ROWID
"""
_PUT: Final = """
INSERT INTO drafts (owner, conversation, text, note, changed, marks, files) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET text = excluded.text, note = excluded.note, changed = excluded.changed,
    marks = excluded.marks, files = excluded.files
"""


class DraftsUnwritable(Exception):
    """The disk did not take them. Its text is the system's own words."""


class DraftStore(Protocol):
    """Where drafts are kept, by owner: one agent on one account of one server."""

    def load(self, owner: str) -> Mapping[ConversationId, Draft]:
        """The owner's drafts.

        Raises:
            DraftsUnwritable: they cannot be read either.
        """
        ...

    def save(self, owner: str, drafts: Mapping[ConversationId, Draft]) -> None:
        """Keep these beside the ones kept before; an empty one is forgotten.

        Raises:
            DraftsUnwritable: nothing of it was kept.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class MemoryDrafts:
    """Drafts that live as long as the program: for the practice desk, and where no disk can be had."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ConversationId], Draft] = {}

    def load(self, owner: str) -> Mapping[ConversationId, Draft]:
        """The owner's drafts."""
        return {key: draft for (whose, key), draft in self._kept.items() if whose == owner}

    def save(self, owner: str, drafts: Mapping[ConversationId, Draft]) -> None:
        """Keep these; an empty one is forgotten."""
        for conversation, draft in drafts.items():
            self._kept[owner, conversation] = draft
            if not (draft.text or draft.files):
                del self._kept[owner, conversation]

    def close(self) -> None:
        """Nothing to let go of."""


class SqliteDrafts:
    """Drafts in one SQLite file that only its owner may read.

    To be used from the thread that made it. A file that is no database is put aside, not deleted.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            DraftsUnwritable: the folder or the file cannot be written.
        """
        try:
            self._base = _opened(path)
        except (OSError, sqlite3.Error) as error:
            raise DraftsUnwritable(str(error)) from error

    def load(self, owner: str) -> Mapping[ConversationId, Draft]:
        """The owner's drafts."""
        wanted = "SELECT conversation, text, note, marks, files FROM drafts WHERE owner = ?"
        try:
            rows = self._base.execute(wanted, (owner,)).fetchall()
        except sqlite3.Error as error:
            raise DraftsUnwritable(str(error)) from error
        return {
            ConversationId(key): Draft(text, bool(note), _marks(text, kept), unpacked(files))
            for key, text, note, kept, files in rows
        }

    def save(self, owner: str, drafts: Mapping[ConversationId, Draft]) -> None:
        """Keep these in one transaction; an empty one is forgotten."""
        now = time.time()
        kept = [
            (owner, key, storable(draft.text), draft.note, now, _kept(draft.marks), packed(draft.files))
            for key, draft in drafts.items()
            if draft.text or draft.files
        ]
        dropped = [(owner, key) for key, d in drafts.items() if not (d.text or d.files)]
        try:
            with self._base:
                self._base.executemany(_PUT, kept)
                self._base.executemany("DELETE FROM drafts WHERE owner = ? AND conversation = ?", dropped)
        except sqlite3.Error as error:
            raise DraftsUnwritable(str(error)) from error

    def close(self) -> None:
        """Fold the log into the file and close it."""
        self._base.close()


def _kept(marks: Marks) -> str:
    return "" if marks == NO_MARKS else storable(msgspec.json.encode(replace(marks, current=None)).decode())


def _marks(text: str, kept: str) -> Marks:
    """The marks as they were kept; none where a text cannot have had them."""
    try:
        marks = msgspec.json.decode(kept or "{}", type=Marks)
    except msgspec.DecodeError:
        return NO_MARKS
    places: tuple[Place, ...] = (*marks.fields, *marks.passages)
    return marks if all(0 <= one.start <= one.end <= len(text) for one in places) else NO_MARKS


def _opened(path: Path) -> sqlite3.Connection:
    base = opened(path, _TABLE, "NORMAL")
    try:
        with_column(base, "drafts", "marks")
        with_column(base, "drafts", "files")
        with base:
            base.execute("DELETE FROM drafts WHERE changed < ?", (time.time() - _KEEP,))
    except BaseException:
        base.close()
        raise
    return base
