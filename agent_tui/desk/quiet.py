"""When nothing may ring, and how often a call is repeated: as the person has settled it. Pure."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

_MINUTES_A_DAY: Final = 24 * 60


class QuietHours(Struct, frozen=True):
    """From one minute of the day to before another, over midnight where the second is the smaller one."""

    begins: int
    ends: int

    def cover(self, minute: int) -> bool:
        """Whether ``minute`` of the local day is quiet. As clocks are set on or back, so is the quiet."""
        length = (self.ends - self.begins) % _MINUTES_A_DAY
        return (minute - self.begins) % _MINUTES_A_DAY < length


class Alerts(Struct, frozen=True):
    """What the person has settled about being called."""

    repeat: float = 0.0
    """Seconds after which a customer who still waits too long calls again; 0: never."""
    quiet: QuietHours | None = None


CALLED_ONCE: Final = Alerts()
"""Where nothing is settled."""


def quiet_hours(written: str) -> QuietHours | None:
    """Hours as written: ``22:00-07:00``; nothing written, or as long as nothing, is no quiet.

    Raises:
        ValueError: it is written otherwise.
    """
    if not written:
        return None
    begins, ends = (_minute(at) for at in written.split("-"))
    return None if begins == ends else QuietHours(begins, ends)


def _minute(at: str) -> int:
    hours, minutes = map(int, at.split(":"))
    return hours * 60 + minutes
