"""The one SQLite connection of a desk: rows come out as values, changes go in as transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Any, TypeVar, get_type_hints

import msgspec

Row = TypeVar("Row", bound=msgspec.Struct)
Parameters = Sequence[object] | Mapping[str, object]

SCHEMA_VERSION = 3


class NotADesk(Exception):
    """The file is no database of a practice desk, or one of another version."""


class Database:
    """A desk's database: a file, or memory for ``":memory:"``.

    Raises :class:`NotADesk` when the file holds something else. One thread at a time may use it.
    """

    def __init__(self, path: str = ":memory:") -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise NotADesk(f"{path} is no practice desk: {error}") from error
        except NotADesk as error:
            self._connection.close()
            raise NotADesk(f"{path} {error}") from None

    def _prepare(self) -> None:
        version = int(self.values("PRAGMA user_version")[0])
        tables = self.count("FROM sqlite_schema")
        if version and version != SCHEMA_VERSION:
            raise NotADesk("holds a desk of another version of this program; begin a new file")
        if tables and not version:
            raise NotADesk("holds another kind of database")
        self.run("PRAGMA journal_mode = WAL")
        self.run("PRAGMA synchronous = NORMAL")
        self.run("PRAGMA foreign_keys = ON")
        if not tables:
            self._create_tables()

    def _create_tables(self) -> None:
        schema = resources.files("practice.store").joinpath("schema.sql").read_text(encoding="utf-8")
        self._connection.executescript(f"BEGIN; {schema} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")

    def close(self) -> None:
        """Close the connection; the file stays as the last transaction left it."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the body's changes, or none. Bodies do not nest."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def all(self, kind: type[Row], rest: str, parameters: Parameters = ()) -> list[Row]:
        """Rows of ``kind``'s table. ``rest`` is what follows ``SELECT columns``, from ``FROM`` on."""
        names, decoders = _plan(kind)
        cursor = self._connection.execute(f"SELECT {names} {rest}", parameters)
        return [_row(kind, decoders, values) for values in cursor]

    def one(self, kind: type[Row], rest: str, parameters: Parameters = ()) -> Row | None:
        """The first row, if any; see :meth:`all`."""
        names, decoders = _plan(kind)
        values = self._connection.execute(f"SELECT {names} {rest}", parameters).fetchone()
        return None if values is None else _row(kind, decoders, values)

    def count(self, rest: str, parameters: Parameters = ()) -> int:
        """How many rows; see :meth:`all`."""
        return int(self.values(f"SELECT count(*) {rest}", parameters)[0])

    def column(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """The first column of a query's rows."""
        return [values[0] for values in self._connection.execute(sql, parameters)]

    def pairs(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, Any]]:
        """The rows of a query of two columns."""
        return self._connection.execute(sql, parameters).fetchall()

    def tuples(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """The rows of any query."""
        return self._connection.execute(sql, parameters).fetchall()

    def values(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...]:
        """The first row of a query that always has one, such as a count."""
        found: tuple[Any, ...] = self._connection.execute(sql, parameters).fetchone()
        return found

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Change something; returns the id of the row inserted last."""
        return self._connection.execute(sql, parameters).lastrowid or 0

    def insert(self, table: str, values: Mapping[str, object]) -> int:
        """Insert one row, JSON columns given as values; returns its id."""
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  names are ours
        return self.run(sql, [_encoded(value) for value in values.values()])

    def update(self, table: str, row_id: int, values: Mapping[str, object]) -> None:
        """Set columns of the row with this id, JSON columns given as values."""
        marks = ", ".join(f"{name} = ?" for name in values)
        sql = f"UPDATE {table} SET {marks} WHERE id = ?"  # noqa: S608  names are ours
        self.run(sql, [*(_encoded(value) for value in values.values()), row_id])


def _encoded(value: object) -> object:
    if isinstance(value, dict | list):
        return msgspec.json.encode(value).decode()
    return value


def _row(kind: type[Row], decoders: tuple[tuple[int, Any], ...], values: Sequence[object]) -> Row:
    cells = list(values)
    for place, decode in decoders:
        cells[place] = decode(cells[place])
    return kind(*cells)


@cache
def _plan(kind: type[msgspec.Struct]) -> tuple[str, tuple[tuple[int, Any], ...]]:
    names = kind.__struct_fields__
    hints = get_type_hints(kind)
    decoders = [(place, _decoder(hints[name])) for place, name in enumerate(names)]
    return ", ".join(names), tuple((place, decode) for place, decode in decoders if decode is not None)


def _decoder(hint: Any) -> Any:
    if hint is bool:
        return bool
    if getattr(hint, "__origin__", None) in {dict, list}:
        return msgspec.json.decode
    return None
