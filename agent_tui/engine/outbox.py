"""Texts on their way, on this machine's disk: written and synced before anybody says they are sent."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from agent_tui.desk.transcript import Unsent
from agent_tui.engine.private_base import held_alone, opened, packed, storable, unpacked, with_column
from api_client.models.identity import ConversationId, EchoId, MessageId

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    echo TEXT NOT NULL,
    conversation TEXT NOT NULL,
    text TEXT NOT NULL,
    note INTEGER NOT NULL,
    after TEXT,
    became TEXT,
    files TEXT NOT NULL DEFAULT '',
    UNIQUE (owner, echo)
)
"""
_PUT: Final = """
INSERT OR IGNORE INTO outbox (owner, echo, conversation, text, note, after, files)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_LOAD: Final = """
SELECT conversation, echo, text, note, after, files FROM outbox
WHERE owner = ? AND became IS NULL ORDER BY position
"""
_SENT: Final = "SELECT conversation, became FROM outbox WHERE owner = ? AND became IS NOT NULL"
_DROP: Final = "DELETE FROM outbox WHERE owner = ? AND echo = ?"
_MARK: Final = "UPDATE outbox SET became = ?, text = '' WHERE owner = ? AND echo = ?"
_SWEEP: Final = """
DELETE FROM outbox WHERE owner = :owner AND conversation = :conversation AND NOT EXISTS (
    SELECT 1 FROM outbox WHERE owner = :owner AND conversation = :conversation AND became IS NULL
)
"""


class OutboxUnwritable(Exception):
    """The disk did not take it. Its text is the system's own words."""


class OutboxStore(Protocol):
    """Texts the server is not known to have, by owner: one agent on one account of one server."""

    def load(self, owner: str) -> tuple[Unsent, ...]:
        """The owner's texts in the order they were put in; from now on they are this process's alone.

        Raises:
            InUse: another process has them.
            OutboxUnwritable: they cannot be read either.
        """
        ...

    def put(self, owner: str, texts: Sequence[Unsent]) -> None:
        """Keep these behind the ones kept before; returns when they are safe. One kept already stays.

        Raises:
            OutboxUnwritable: nothing of it was kept.
        """
        ...

    def sent(self, owner: str) -> tuple[tuple[ConversationId, MessageId], ...]:
        """What became of sent texts in conversations that have others left: none of those is one of these.

        Raises:
            OutboxUnwritable: they cannot be read either.
        """
        ...

    def take(self, owner: str, conversation: ConversationId, echo: EchoId, became: MessageId | None) -> None:
        """Let go of one. ``became`` is its id on the server, remembered while the conversation has others.

        Raises:
            OutboxUnwritable: it is still there.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class MemoryOutbox:
    """Texts that live as long as the program: for the practice desk, and where no disk can be had."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, EchoId], Unsent] = {}

    def load(self, owner: str) -> tuple[Unsent, ...]:
        """The owner's texts in the order they were put in."""
        return tuple(text for (whose, _), text in self._kept.items() if whose == owner)

    def put(self, owner: str, texts: Sequence[Unsent]) -> None:
        """Keep these."""
        for text in texts:
            self._kept.setdefault((owner, text.echo), text)

    def sent(self, _owner: str) -> tuple[tuple[ConversationId, MessageId], ...]:
        """Nothing is left from earlier runs."""
        return ()

    def take(
        self, owner: str, _conversation: ConversationId, echo: EchoId, _became: MessageId | None
    ) -> None:
        """Let go of one."""
        self._kept.pop((owner, echo), None)

    def close(self) -> None:
        """Nothing to let go of."""


class SqliteOutbox:
    """Texts in one SQLite file that only its owner may read. Each change is synced to the disk.

    To be used from the thread that made it. A file that is no database is put aside, not deleted.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            OutboxUnwritable: the folder or the file cannot be written.
        """
        try:
            self._base = opened(path, _TABLE, "FULL")
            with_column(self._base, "outbox", "files")
        except (OSError, sqlite3.Error) as error:
            raise OutboxUnwritable(str(error)) from error
        self._path = path
        self._held: int | None = None

    def load(self, owner: str) -> tuple[Unsent, ...]:
        """The owner's texts in the order they were put in, held for as long as this is open."""
        try:
            if self._held is None:
                digest = hashlib.sha256(owner.encode()).hexdigest()[:16]
                self._held = held_alone(self._path.with_suffix(f".{digest}.lock"))
            rows = self._base.execute(_LOAD, (owner,)).fetchall()
        except (OSError, sqlite3.Error) as error:
            raise OutboxUnwritable(str(error)) from error
        return tuple(
            Unsent(
                ConversationId(key),
                EchoId(echo),
                text,
                bool(note),
                MessageId(after) if after else None,
                unpacked(files),
            )
            for key, echo, text, note, after, files in rows
        )

    def sent(self, owner: str) -> tuple[tuple[ConversationId, MessageId], ...]:
        """What became of sent texts in conversations that have others left."""
        try:
            rows = self._base.execute(_SENT, (owner,)).fetchall()
        except sqlite3.Error as error:
            raise OutboxUnwritable(str(error)) from error
        return tuple((ConversationId(key), MessageId(became)) for key, became in rows)

    def put(self, owner: str, texts: Sequence[Unsent]) -> None:
        """Keep these in one transaction, synced when this returns."""
        rows = [
            (owner, t.echo, t.conversation, storable(t.text), t.note, t.after, packed(t.files)) for t in texts
        ]
        try:
            with self._base:
                self._base.executemany(_PUT, rows)
        except sqlite3.Error as error:
            raise OutboxUnwritable(str(error)) from error

    def take(self, owner: str, conversation: ConversationId, echo: EchoId, became: MessageId | None) -> None:
        """Let go of one and of what was remembered for it, in one transaction."""
        try:
            with self._base:
                if became is None:
                    self._base.execute(_DROP, (owner, echo))
                else:
                    self._base.execute(_MARK, (became, owner, echo))
                self._base.execute(_SWEEP, {"owner": owner, "conversation": conversation})
        except sqlite3.Error as error:
            raise OutboxUnwritable(str(error)) from error

    def close(self) -> None:
        """Fold the log into the file, close it and let others have it."""
        self._base.close()
        if self._held is not None:
            os.close(self._held)
            self._held = None
