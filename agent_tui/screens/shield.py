"""Private numbers: hidden in the log, shown while the agent holds a key."""

from __future__ import annotations

from typing import Final

from agent_tui.widgets.log import MessageLog

SHOWN_FOR: Final = 2.0
"""Seconds after the last press. A terminal does not tell when a key is let go; a held one repeats."""


class Shield:
    """Opens one log at a time."""

    def __init__(self) -> None:
        self._open: MessageLog | None = None
        self._until = 0.0

    def reveal(self, log: MessageLog, now: float) -> None:
        """Show what ``log`` hides for a moment from ``now`` (local seconds) on."""
        if log is not self._open:
            self.close()
        self._open, self._until = log, now + SHOWN_FOR
        log.reveal(revealed=True)

    def look_again(self, now: float) -> None:
        """Hide it again when its time is over."""
        if now >= self._until:
            self.close()

    def close(self) -> None:
        """Hide it again."""
        if self._open is not None:
            self._open.reveal(revealed=False)
            self._open = None
