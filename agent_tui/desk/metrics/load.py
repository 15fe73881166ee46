"""How many chats an agent holds over time: concurrency, occupancy, and what a chat costs because of them."""

from __future__ import annotations

from typing import Final

_FACTORS: Final = (1.0, 1.7, 2.5, 2.9, 3.5)
"""For 1, 2, 3, 4, 5 chats at once (callcentrehelper.com, 206984)."""


def concurrency_factor(concurrency: float) -> float:
    """How many chats' work an agent does at once: straight between the table's rows, level past its ends."""
    place = min(max(concurrency, 1.0), float(len(_FACTORS))) - 1
    lower = min(int(place), len(_FACTORS) - 2)
    return _FACTORS[lower] + (_FACTORS[lower + 1] - _FACTORS[lower]) * (place - lower)


class Load:
    """One agent's time, in milliseconds. Times that go back count as the latest known.

    ``begin``: time before it is not counted.
    """

    def __init__(self, begin: int = 0) -> None:
        self._begin = begin
        self.held = 0
        """Chats held now."""
        self.there = False
        """At the desk now."""
        self._until: int | None = None
        self._chats = 0
        self._busy = 0
        self._present = 0

    def hold(self, at: int, change: int) -> None:
        """One chat more or less."""
        self.move_to(at)
        self.held += change

    def be(self, at: int, *, there: bool) -> None:
        """Come to the desk or leave it."""
        self.move_to(at)
        self.there = there

    def move_to(self, now: int) -> None:
        """Count the time up to ``now``."""
        past = 0 if self._until is None else max(0, now - max(self._until, self._begin))
        self._until = now if self._until is None else max(now, self._until)
        self._chats += past * self.held
        self._busy += past * (self.held > 0)
        self._present += past * (self.held > 0 or self.there)

    @property
    def concurrency(self) -> float | None:
        """Mean number of chats while there was one; ``None`` when there was none."""
        return self._chats / self._busy if self._busy else None

    @property
    def occupancy(self) -> float | None:
        """Share of the time at the desk with a chat in hand; holding one is being there."""
        return self._busy / self._present if self._present else None
