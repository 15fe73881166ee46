"""Reading untyped JSON with tolerance: a value of the wrong kind is a missing value."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from api_client.errors import BadAnswer

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder()


def load(body: bytes | str) -> Any:
    """A JSON value; raises ``BadAnswer`` for what is none.

    msgspec is fast and strict: it refuses a cut-in-half emoji, for which a message is not given up.
    """
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return _load_leniently(body)


def _load_leniently(body: bytes | str) -> Any:
    whole = body if isinstance(body, str) else body.decode("utf-8", "replace")
    try:
        return json.loads(whole)
    except (ValueError, RecursionError):
        raise BadAnswer("the answer is not JSON") from None


def dump(value: Any) -> bytes:
    """The JSON of a value that :func:`load` returned; raises ``BadAnswer`` when it nests too deep."""
    try:
        return json.dumps(value).encode()
    except (ValueError, RecursionError):
        raise BadAnswer("the answer is not JSON") from None


def text(value: Any) -> str:
    """A string with every lone surrogate replaced; empty for what is no string."""
    if not isinstance(value, str):
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value


def optional_text(value: Any) -> str | None:
    """A string that says something, or ``None``."""
    return text(value) or None


def number(value: Any) -> float | None:
    """A finite number, also one written in a string."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def integer(value: Any) -> int | None:
    """A whole number, also one written in a string."""
    if type(value) is int:
        return value
    found = number(value)
    return int(found) if found is not None and found.is_integer() else None


def identifier(value: Any) -> str | None:
    """An id as a string of digits."""
    found = integer(value)
    return str(found) if found is not None and found >= 0 else None


def moment(value: Any) -> float | None:
    """A time as epoch seconds, from epoch seconds or an ISO string; ``None`` for null, 0 and nonsense."""
    if type(value) is int or type(value) is float:
        return number(value) or None
    if not isinstance(value, str):
        return None
    return number(value) or _from_iso(value)


def _from_iso(value: str) -> float | None:
    try:
        read = datetime.fromisoformat(value)
        aware = read if read.tzinfo is not None else read.replace(tzinfo=UTC)
        return aware.timestamp()
    except (ValueError, OverflowError):
        return None


def mapping(value: Any) -> dict[str, Any]:
    """An object; empty for what is none."""
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; raises ``BadAnswer`` when it is no list."""
    if not isinstance(value, list):
        raise BadAnswer("the answer should be a list")
    return [row for row in value if isinstance(row, dict)]


def each(found: list[dict[str, Any]], read: Callable[[dict[str, Any]], _T]) -> tuple[_T, ...]:
    """Every row that can be read: one strange row does not hide the others."""
    read_rows: list[_T] = []
    for row in found:
        try:
            read_rows.append(read(row))
        except BadAnswer as problem:
            _log.warning("a row was left out: %s", problem)
    return tuple(read_rows)
