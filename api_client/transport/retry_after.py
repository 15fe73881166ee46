"""The Retry-After header, in both its forms."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = 3600.0
"""Seconds; a server that asks for more is asked again after this."""


def retry_after(header: str | None, *, now: Callable[[], float] = time.time) -> float | None:
    """Seconds to wait by ``header``: a number of seconds or an HTTP date; ``None`` when it says neither."""
    if header is None:
        return None
    seconds = _as_number(header) if header.strip().isdecimal() else _until(header, now())
    return None if seconds is None else min(max(seconds, 0.0), LONGEST)


def _as_number(header: str) -> float:
    return float(header.strip()[:9])


def _until(header: str, now: float) -> float | None:
    try:
        return parsedate_to_datetime(header).timestamp() - now
    except (ValueError, TypeError, OverflowError):
        return None
