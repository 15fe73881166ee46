"""Private numbers: hidden in the log, shown while the agent holds a key."""

from __future__ import annotations

from typing import Final, Protocol

SHOWN_FOR: Final = 2.0
"""Seconds after the last press. A terminal does not tell when a key is let go; a held one repeats."""


class Hiding(Protocol):
    """What has private numbers on it."""

    def reveal(self, *, revealed: bool) -> None:
        """Show them, or hide them again."""
        ...


class Shield:
    """Opens one log at a time, with what stands beside it."""

    def __init__(self) -> None:
        self._open: tuple[Hiding, ...] = ()
        self._until = 0.0

    def reveal(self, hiding: tuple[Hiding, ...], now: float) -> None:
        """Show what these hide for a moment from ``now`` (local seconds) on."""
        if hiding != self._open:
            self.close()
        self._open, self._until = hiding, now + SHOWN_FOR
        for one in hiding:
            one.reveal(revealed=True)

    def look_again(self, now: float) -> None:
        """Hide it again when its time is over."""
        if now >= self._until:
            self.close()

    def close(self) -> None:
        """Hide it again."""
        for one in self._open:
            one.reveal(revealed=False)
        self._open = ()
