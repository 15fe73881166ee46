"""Facts of the desk on this machine, bounded: figures survive a restart, and reports need no server."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from agent_tui.desk.metrics.facts import Fact, Kind, Named, NameKind
from agent_tui.engine.private_base import PAGES_KEPT
from api_client.models.identity import AgentId, ConversationId, QueueId

_log = logging.getLogger(__name__)
T = TypeVar("T")

MOST: Final = 500_000
"""Facts kept; older ones go."""
VERSION: Final = 2
"""Of the tables. A file of another version begins anew: figures are not worth code for old ones."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS facts (
    number INTEGER PRIMARY KEY,
    server TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    conversation TEXT NOT NULL,
    queue TEXT NOT NULL,
    agent TEXT NOT NULL,
    ref TEXT NOT NULL,
    channel TEXT NOT NULL,
    tags TEXT NOT NULL,
    canned INTEGER NOT NULL,
    private INTEGER NOT NULL,
    UNIQUE (server, conversation, at, kind, agent, ref)
);
CREATE INDEX IF NOT EXISTS facts_at ON facts (server, at);
CREATE TABLE IF NOT EXISTS names (
    server TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (server, kind, id)
) WITHOUT ROWID;
"""
_COLUMNS: Final = "kind, at, conversation, queue, agent, ref, channel, tags, canned, private"
_PUT: Final = f"INSERT OR IGNORE INTO facts (server, {_COLUMNS}) VALUES (?{', ?' * 10})"  # noqa: S608  ours
_DROP: Final = "DELETE FROM facts WHERE number <= (SELECT max(number) FROM facts) - ?"
_SELECT: Final = f"SELECT {_COLUMNS} FROM facts WHERE server = ? AND at >= ? AND at < ?"  # noqa: S608  ours
_HAD: Final = """
conversation IN (
    SELECT conversation FROM facts WHERE server = ? AND at >= ? AND agent = ? AND conversation != ''
)
"""
_FOREVER: Final = 1 << 62
_TOGETHER: Final = 0.25
"""Seconds within which facts are written down together."""


class FactsKept:
    """One file of facts; only identifiers, tags, times and counts are in it, and only its owner may read it.

    A thread of its own does the work. A disk that fails is logged once, and figures go on without it.
    ``path`` may be ``None``: the facts of this run alone, in memory.
    """

    def __init__(self, path: Path | None, server: str, most: int = MOST) -> None:
        self._path = path
        self._server = server
        self._most = most
        self._base: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="facts")
        self._pending: list[Fact] = []
        self._lock = threading.Lock()
        """Of ``_pending``."""
        self._wanted = threading.Event()
        """Somebody waits for the thread: what is to be written is written now."""

    def load(self, since: int, until: int = _FOREVER) -> list[Fact]:
        """Those from ``since`` on and before ``until`` (milliseconds), in the order kept.

        None when the disk fails.
        """
        return self._asked(lambda: self._read(lambda: self._facts(since, until))).result()

    def load_own(self, agent: AgentId, since: int) -> Future[list[Fact]]:
        """Those of conversations that the agent has had since then, and of agents coming and going."""
        own = f" AND (conversation = '' OR {_HAD})"
        more = (self._server, since, agent)
        return self._asked(lambda: self._read(lambda: self._facts(since, _FOREVER, own, more)))

    def names(self) -> list[Named]:
        """What queues and colleagues are called, as far as known."""
        return self._asked(lambda: self._read(self._names)).result()

    def keep(self, facts: Sequence[Fact]) -> None:
        """Write them down with those of the same moment; returns at once. What is kept is kept once."""
        with self._lock:
            first = bool(facts) and not self._pending
            self._pending += facts
        if first:
            self._thread.submit(self._write_pending)

    def keep_names(self, names: Sequence[Named]) -> None:
        """Write them down; returns at once. Whoever works here now is the only one who does."""
        rows = [(self._server, one.kind.value, one.id, one.name) for one in names]
        me = any(one.kind is NameKind.ME for one in names)
        self._thread.submit(self._write, lambda base: self._put_names(base, rows, me=me))

    def close(self) -> None:
        """Write what is left and let go of the file."""
        self._asked(self._close)
        self._thread.shutdown()

    def _asked(self, work: Callable[[], T]) -> Future[T]:
        """Done after all that was to be written before."""
        self._wanted.set()
        return self._thread.submit(self._answered, work)

    # --- on the thread -------------------------------------------------------------------------------

    def _answered(self, work: Callable[[], T]) -> T:
        self._wanted.clear()
        return work()

    def _write_pending(self) -> None:
        """A disk is asked once for what comes together: in a busy time that is hundreds of facts."""
        self._wanted.wait(_TOGETHER)
        with self._lock:
            facts, self._pending = self._pending, []
        self._write(lambda base: self._put(base, facts))

    def _read(self, look: Callable[[], list[T]]) -> list[T]:
        try:
            if self._base is None:
                self._base = _opened(self._path)
            return look()
        except (OSError, sqlite3.Error, ValueError) as error:
            _log.warning("the figures' facts are not kept: %s", error)
            return []

    def _facts(self, since: int, until: int, also: str = "", more: tuple[object, ...] = ()) -> list[Fact]:
        wanted = f"{_SELECT}{also} ORDER BY number"
        return [*map(_fact, self._rows(wanted, (self._server, since, until, *more)))]

    def _names(self) -> list[Named]:
        rows = self._rows("SELECT kind, id, name FROM names WHERE server = ?", (self._server,))
        return [Named(NameKind(kind), one, name) for kind, one, name in rows]

    def _rows(self, wanted: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if self._base is None:
            return []
        return self._base.execute(wanted, values).fetchall()

    def _write(self, put: Callable[[sqlite3.Connection], object]) -> None:
        if self._base is None:
            return
        try:
            with self._base:
                put(self._base)
        except sqlite3.Error as error:
            _log.warning("the figures' facts are not kept any more: %s", error)
            self._close()

    def _put(self, base: sqlite3.Connection, facts: Iterable[Fact]) -> None:
        base.executemany(_PUT, [(self._server, *_row(fact)) for fact in facts])
        base.execute(_DROP, (self._most,))

    def _put_names(self, base: sqlite3.Connection, rows: Sequence[tuple[str, ...]], *, me: bool) -> None:
        if me:
            base.execute("DELETE FROM names WHERE server = ? AND kind = 'me'", (self._server,))
        put = "INSERT OR REPLACE INTO names (server, kind, id, name) VALUES (?, ?, ?, ?)"
        base.executemany(put, rows)

    def _close(self) -> None:
        if self._base is not None:
            self._base.close()
            self._base = None


def _row(fact: Fact) -> tuple[object, ...]:
    tags = msgspec.json.encode(fact.tags).decode() if fact.tags else ""
    where = (fact.conversation, fact.queue, fact.agent, fact.ref, fact.channel)
    return (fact.kind.value, fact.at, *where, tags, fact.canned, fact.private)


def _fact(row: tuple[Any, ...]) -> Fact:
    kind, at, conversation, queue, agent, ref, channel, tags, canned, private = row
    return Fact(
        Kind(kind),
        at,
        ConversationId(conversation),
        QueueId(queue),
        AgentId(agent),
        ref,
        channel,
        msgspec.json.decode(tags, type=tuple[str, ...]) if tags else (),
        bool(canned),
        private,
    )


def _opened(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        # SQLite gives its log files the mode of the database, so the mode must be right before it opens.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    base = sqlite3.connect(path or ":memory:", timeout=2.0, check_same_thread=False)
    try:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
        base.execute(PAGES_KEPT)
        if base.execute("PRAGMA user_version").fetchone() != (VERSION,):
            base.executescript(f"DROP TABLE IF EXISTS facts; {_TABLES} PRAGMA user_version = {VERSION};")
    except BaseException:
        base.close()
        raise
    return base
