"""Which addresses were sent in which queue, on this machine's disk: bounded, and nothing of a customer's."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Final, Protocol

from agent_tui.desk.linkbook import MOST_USES, LinkUse
from agent_tui.engine.private_base import opened, storable
from api_client.models.identity import QueueId

_log = logging.getLogger(__name__)

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS link_uses (
    owner TEXT NOT NULL,
    queue TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    times INTEGER NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (owner, queue, url)
)
"""
_LOAD: Final = """
SELECT queue, url, title, language, times, at FROM link_uses WHERE owner = ? ORDER BY at DESC LIMIT ?
"""
_KEEP: Final = "INSERT OR REPLACE INTO link_uses VALUES (?, ?, ?, ?, ?, ?, ?)"
_SWEEP: Final = """
DELETE FROM link_uses WHERE owner = :owner AND at < (
    SELECT at FROM link_uses WHERE owner = :owner ORDER BY at DESC LIMIT 1 OFFSET :most
)
"""


class LinkUses(Protocol):
    """Uses by owner: one agent on one account of one server. A disk that fails costs the memory alone."""

    def load(self, owner: str) -> tuple[LinkUse, ...]:
        """The owner's, the newest first; none where the disk fails."""
        ...

    def keep(self, owner: str, use: LinkUse) -> None:
        """Write one down, in place of what was known of it."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class MemoryLinkUses:
    """Uses that live as long as the program: for the practice desk."""

    def load(self, _owner: str) -> tuple[LinkUse, ...]:
        """Nothing is left from earlier runs."""
        return ()

    def keep(self, _owner: str, _use: LinkUse) -> None:
        """The desk holds it."""

    def close(self) -> None:
        """Nothing to let go of."""


class SqliteLinkUses:
    """Uses in one SQLite file that only its owner may read. To be used from the thread that made it."""

    def __init__(self, path: Path) -> None:
        self._base: sqlite3.Connection | None = None
        try:
            self._base = opened(path, _TABLE, "NORMAL")
        except (OSError, sqlite3.Error) as error:
            _log.warning("links used are not kept: %s", error)

    def load(self, owner: str) -> tuple[LinkUse, ...]:
        """The owner's, the newest first."""
        if self._base is None:
            return ()
        try:
            rows = self._base.execute(_LOAD, (owner, MOST_USES)).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return ()
        return tuple(LinkUse(QueueId(queue), *rest) for queue, *rest in rows)

    def keep(self, owner: str, use: LinkUse) -> None:
        """Write one down; those longest ago go."""
        row = (owner, use.queue, use.url, storable(use.title), use.language, use.times, use.at)
        if self._base is None:
            return
        try:
            with self._base:
                self._base.execute(_KEEP, row)
                self._base.execute(_SWEEP, {"owner": owner, "most": MOST_USES - 1})
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def _give_up(self, error: sqlite3.Error) -> None:
        _log.warning("links used are not kept any more: %s", error)
        self.close()
