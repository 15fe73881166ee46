"""Patterns compiled when they are first used: all together they would hold up the first screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any


def pattern(source: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """What gives the compiled pattern, the same one each time."""
    return cache(lambda: re.compile(source, flags))


def wide_pattern(source: str) -> Callable[[], Any]:
    """The same by the ``regex`` library, which knows Unicode's properties and takes a while to load."""

    def compiled() -> Any:
        import regex  # type: ignore[import-untyped]  # noqa: PLC0415  carries no types; see above

        return regex.compile(source)

    return cache(compiled)
