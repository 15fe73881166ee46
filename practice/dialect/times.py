"""The two ways the wire tells a time: epoch seconds with 0 for never, and ISO 8601 with null for never."""

from __future__ import annotations

from datetime import UTC, datetime


def epoch(at: float | None) -> int:
    """Whole epoch seconds; 0 means never."""
    return int(at or 0)


def iso(at: float | None) -> str | None:
    """UTC with milliseconds, e.g. ``2026-06-20T09:02:03.000Z``; null means never."""
    if at is None:
        return None
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def plain(at: float) -> str:
    """As the version probe writes it, e.g. ``2026-06-20 09:12:44``."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S}"
