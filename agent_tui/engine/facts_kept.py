"""Facts of the desk on this machine's disk, bounded: the board's figures survive a restart."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from agent_tui.desk.metrics.facts import Fact, Kind
from api_client.models.identity import AgentId, ConversationId, QueueId

_log = logging.getLogger(__name__)

MOST: Final = 500_000
"""Facts kept; older ones go."""
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS facts (
    number INTEGER PRIMARY KEY,
    server TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    conversation TEXT NOT NULL,
    queue TEXT NOT NULL,
    agent TEXT NOT NULL,
    ref TEXT NOT NULL,
    UNIQUE (server, conversation, at, kind, agent, ref)
)
"""
_COLUMNS: Final = "kind, at, conversation, queue, agent, ref"


class FactsKept:
    """One file of facts; only identifiers and times are in it, and only its owner may read it.

    A thread of its own does the writing. A disk that fails is logged once, and figures go on without it.
    """

    def __init__(self, path: Path, server: str, most: int = MOST) -> None:
        self._path = path
        self._server = server
        self._most = most
        self._base: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="facts")

    def load(self, since: int) -> list[Fact]:
        """Those from ``since`` (milliseconds) on, in the order kept; none when the disk fails."""
        return self._thread.submit(self._load, since).result()

    def keep(self, facts: Sequence[Fact]) -> Future[None]:
        """Write them down; returns at once. A fact kept already is kept once."""
        return self._thread.submit(self._keep, facts)

    def close(self) -> None:
        """Write what is left and let go of the file."""
        self._thread.submit(self._close)
        self._thread.shutdown()

    def _load(self, since: int) -> list[Fact]:
        wanted = f"SELECT {_COLUMNS} FROM facts WHERE server = ? AND at >= ? ORDER BY number"  # noqa: S608  ours
        try:
            self._base = _opened(self._path)
            rows = self._base.execute(wanted, (self._server, since)).fetchall()
            return list(map(_fact, rows))
        except (OSError, sqlite3.Error, ValueError) as error:
            _log.warning("the figures' facts are not kept: %s", error)
            return []

    def _keep(self, facts: Iterable[Fact]) -> None:
        if self._base is None:
            return
        rows = [(self._server, f.kind.value, f.at, f.conversation, f.queue, f.agent, f.ref) for f in facts]
        put = f"INSERT OR IGNORE INTO facts (server, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  ours
        drop = "DELETE FROM facts WHERE number <= (SELECT max(number) FROM facts) - ?"
        try:
            with self._base:
                self._base.executemany(put, rows)
                self._base.execute(drop, (self._most,))
        except sqlite3.Error as error:
            _log.warning("the figures' facts are not kept any more: %s", error)
            self._close()

    def _close(self) -> None:
        if self._base is not None:
            self._base.close()
            self._base = None


def _fact(row: tuple[str, int, str, str, str, str]) -> Fact:
    kind, at, conversation, queue, agent, ref = row
    return Fact(Kind(kind), at, ConversationId(conversation), QueueId(queue), AgentId(agent), ref)


def _opened(path: Path) -> sqlite3.Connection:
    # SQLite gives its log files the mode of the database, so the mode must be right before it opens.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    base = sqlite3.connect(path, timeout=2.0)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=NORMAL")
    base.execute(_TABLE)
    return base
