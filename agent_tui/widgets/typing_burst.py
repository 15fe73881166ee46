"""Tells typing from a paste that the terminal did not mark as one. Pure.

Such a paste arrives as keys, its line ends as Enter, which would send each line as a message of its own.
"""

from __future__ import annotations

import enum

QUICK = 0.005
"""Seconds. Nobody types two keys this close, a terminal that pastes does."""

_SURELY_PASTED = 4
"""So many quick keys in a row before an Enter are a paste; fewer may have been held up on the way."""


class EnterMeans(enum.Enum):
    """What an Enter is."""

    SEND = "send"
    NEW_LINE = "new line"
    WAIT = "wait"
    """Not known before ``QUICK`` has passed without a further key."""


class TypingBurst:
    """Fed with the time of each key; says what an Enter means."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._run = 0
        self._pasting = False

    def key(self, at: float) -> bool:
        """A key came at ``at`` (monotonic seconds). Whether it came too quick after the last to be typed."""
        quick = at - self._last < QUICK
        self._last = at
        self._run = self._run + 1 if quick else 0
        self._pasting = self._pasting and quick
        return quick

    def enter(self) -> EnterMeans:
        """What the newest key means, which is an Enter."""
        if not self._run:
            return EnterMeans.SEND
        if self._pasting or self._run >= _SURELY_PASTED:
            self._pasting = True
            return EnterMeans.NEW_LINE
        return EnterMeans.WAIT

    def was_paste(self) -> None:
        """The Enter that waited was followed by a quick key."""
        self._pasting = True
