"""How each response does in use, kept on this computer: numbers by key and day, never a word of anyone's."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from canned.outcome import Outcome

EDITED: Final = 0.05
"""From this change on a text counts as edited; below is a name or a comma."""
_HALF: Final = 7
"""Days after which a use counts half for what was used of late."""
_LATELY: Final = 60
"""Days that are looked at for that."""
_LONGEST: Final = 20_000
"""Characters compared."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS response (
    key TEXT NOT NULL, day TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0, edited INTEGER NOT NULL DEFAULT 0, change REAL NOT NULL DEFAULT 0,
    abandoned INTEGER NOT NULL DEFAULT 0,
    asked INTEGER NOT NULL DEFAULT 0, thanked INTEGER NOT NULL DEFAULT 0, went INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (key, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search (
    day TEXT NOT NULL PRIMARY KEY, searched INTEGER NOT NULL DEFAULT 0, missed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""


class NotKept(Exception):
    """The store cannot be read or written. Work goes on without it."""


class Statistic(Struct, frozen=True):
    """How one response did."""

    key: str
    used: int
    """Sent, edited or not."""
    edited: int
    """Of those, sent with a change of ``EDITED`` or more."""
    change: float
    """Mean change before it was sent, 0 (as it was) to 1 (nothing left of it)."""
    abandoned: int
    """Inserted, then taken out or never sent."""
    asked: int
    thanked: int
    left: int
    last_used: date | None


class Searches(Struct, frozen=True):
    """How often something was looked for, and how often nothing was found."""

    searched: int
    missed: int


def change(inserted: str, sent: str) -> float:
    """How far the sent text is from the inserted one: 0 the same, 1 nothing in common.

    Letters to be put in, taken out or replaced, as part of the longer text's length.
    """
    return Levenshtein.normalized_distance(inserted[:_LONGEST], sent[:_LONGEST])


class Quality:
    """The store. Belongs to the thread that made it."""

    def __init__(self, path: Path | None) -> None:
        """Open the store at ``path``, for its owner alone; ``None``: keep everything in memory.

        Raises:
            NotKept: it cannot be opened.
        """
        try:
            if path is not None:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._store = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=2)
        except (OSError, sqlite3.Error) as error:
            raise NotKept(str(error)) from error
        try:
            self._store.executescript(_TABLES)
        except sqlite3.Error as error:
            self._store.close()
            raise NotKept(str(error)) from error

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    # --- what happens --------------------------------------------------------------------------------

    def used(self, key: str, day: date, *, changed: float = 0.0) -> None:
        """A response was sent; ``changed`` as ``change`` tells."""
        edited = int(changed >= EDITED)
        self._count("response", {"key": key}, day, {"used": 1, "edited": edited, "change": changed})

    def abandoned(self, key: str, day: date) -> None:
        """A response was inserted and not sent."""
        self._count("response", {"key": key}, day, {"abandoned": 1})

    def came_of_it(self, key: str, day: date, outcome: Outcome) -> None:
        """What the customer did after the response."""
        self._count("response", {"key": key}, day, {outcome.value: 1})

    def searched(self, day: date, *, found: bool) -> None:
        """Something was looked for; what, is not kept: it may be a customer's name."""
        self._count("search", {}, day, {"searched": 1, "missed": int(not found)})

    def _count(self, table: str, key: dict[str, str], day: date, added: dict[str, float]) -> None:
        named = {**key, "day": day.isoformat()}
        names = (*named, *added)
        more = ", ".join(f"{name} = {name} + excluded.{name}" for name in added)
        self._run(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)}) "  # noqa: S608  our names
            f"ON CONFLICT ({', '.join(named)}) DO UPDATE SET {more}",
            (*named.values(), *added.values()),
        )

    # --- what it tells -------------------------------------------------------------------------------

    def statistics(self, since: date = date.min) -> list[Statistic]:
        """Each response that was used or abandoned from ``since`` on, the most used first."""
        rows = self._run(
            "SELECT key, SUM(used), SUM(edited), SUM(change), SUM(abandoned), SUM(asked), "
            "SUM(thanked), SUM(went), MAX(CASE WHEN used > 0 THEN day END) "
            "FROM response WHERE day >= ? GROUP BY key ORDER BY SUM(used) DESC, key",
            (since.isoformat(),),
        )
        return [
            Statistic(
                key, used, edited, changed / used if used else 0.0, abandoned, asked, thanked, left,
                date.fromisoformat(last) if last else None,
            )
            for key, used, edited, changed, abandoned, asked, thanked, left, last in rows
        ]  # fmt: skip

    def searches(self, since: date = date.min) -> Searches:
        """Searches from ``since`` on."""
        rows = self._run(
            "SELECT COALESCE(SUM(searched), 0), COALESCE(SUM(missed), 0) FROM search WHERE day >= ?",
            (since.isoformat(),),
        )
        return Searches(*rows[0])

    def last_used(self) -> dict[str, date]:
        """When each response was last sent, by key."""
        rows = self._run("SELECT key, MAX(day) FROM response WHERE used > 0 GROUP BY key", ())
        return {key: date.fromisoformat(day) for key, day in rows}

    def recent(self, today: date) -> dict[str, float]:
        """How much each response was used of late, 0 up to 1, by key: for ``canned.search.Context``."""
        since = today - timedelta(days=_LATELY)
        rows = self._run(
            "SELECT key, day, used FROM response WHERE used > 0 AND day BETWEEN ? AND ?",
            (since.isoformat(), today.isoformat()),
        )
        weights: dict[str, float] = {}
        for key, day, used in rows:
            age = (today - date.fromisoformat(day)).days
            weights[key] = weights.get(key, 0.0) + used * 0.5 ** (age / _HALF)
        return {key: weight / (weight + 1) for key, weight in weights.items()}

    def _run(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        try:
            with closing(self._store.execute(statement, values)) as cursor:
                return cursor.fetchall()
        except sqlite3.Error as error:
            raise NotKept(str(error)) from error
