"""When a queue serves customers: the week that its opening hours make."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

DAY_MINUTES: Final = 24 * 60


class Span(Struct, frozen=True, gc=False):
    """Open from one minute of a day to another: ``0 <= opens < closes <= 1440``."""

    opens: int
    closes: int


ALL_DAY: Final = Span(0, DAY_MINUTES)


class OpeningHours(Struct, frozen=True, cache_hash=True):
    """A week by the queue's own clock."""

    zone: str
    """Name of the time zone in the IANA database, such as ``Europe/Helsinki``."""
    week: tuple[Span | None, ...]
    """Seven days from Monday on; ``None`` is a day on which it stays closed."""
    kept: bool = True
    """Whether they are in force: a queue whose hours are not kept is always open."""
