"""How fast a terminal takes what is written to it, learnt from when it could not keep up. Pure."""

from __future__ import annotations

from typing import Final

PIECE: Final = 0.02
"""Seconds of output sent at once over a slow link: what a key has to wait for at most."""

_TELLING: Final = 2.0
"""Seconds between two times of falling behind that tell of a slow link and not of a pause."""
_BLINK: Final = 0.1
"""Seconds behind that nobody minds."""
_LEAST_HELD: Final = 4096
"""Bytes that lie between us and any terminal when it is behind."""
_FAST: Final = 1_000_000.0
"""Bytes a second that are no reason to hold back."""
_HOPE: Final = 1.1
"""What the speed is thought to grow by in a second without trouble, so that a better link is noticed."""

_LONG: Final = 120.0
"""Seconds after which any hope has come true."""


class Pace:
    """Of one terminal. Times are seconds of one clock, sizes are bytes."""

    def __init__(self) -> None:
        self.rate: float | None = None
        """Bytes a second; ``None`` while the terminal keeps up with everything."""
        self._caught_up_at = -_TELLING
        self._since_then = 0
        self._free_at = 0.0
        self._hoped_at = 0.0

    def wrote(self, size: int, now: float) -> None:
        """So much was handed over to be shown."""
        self._since_then += size
        if self.rate is None:
            return
        self.rate *= _HOPE ** min(now - self._hoped_at, _LONG)
        self._hoped_at = now
        if self.rate > _FAST:
            self.rate = None
        else:
            self._free_at = max(now, self._free_at) + size / self.rate

    def caught_up(self, now: float, behind: float) -> None:
        """The terminal has taken everything again, after being ``behind`` for so many seconds.

        Once says nothing, for terminals pause. Twice in a row tells how much it took in between. What
        is over in a blink is no reason to hold back.
        """
        if behind < _BLINK:
            return
        if self.rate is not None:
            self.rate /= 2
        elif (took := now - self._caught_up_at) < _TELLING:
            self.rate = max(self._since_then / took, _LEAST_HELD / behind)
        self._free_at = self._hoped_at = self._caught_up_at = now
        self._since_then = 0

    @property
    def room(self) -> int | None:
        """Bytes to send at once; ``None`` for as many as there are."""
        return None if self.rate is None else int(self.rate * PIECE)

    def pause(self, now: float) -> float:
        """Seconds until the next piece; half of a slow link is left to the keys."""
        return 0.0 if self.rate is None else max(0.0, self._free_at + PIECE - now)
