"""How far back the desk asks for changes when the live connection is there again after a loss."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

LONGEST: Final = 600.0
"""Seconds of which only the changes are asked for.

They come in one answer and are everybody's, closed ones and colleagues' too: after more than ten minutes
they may be more than what is listed page by page.
"""
MARGIN: Final = 60.0
"""Seconds asked for beyond what is unknown: a busy server may push a change that long after it was made."""


class Absence(Struct):
    """What has happened unheard, as a length of time: no clock of the server's is needed for it.

    A gap that was not filled before the next one counts on, with the time in between.
    """

    _unknown: float | None = None
    """Seconds of it when the connection last opened; ``None``: nobody can say."""
    _opened_at: float = 0.0
    _filled: bool = False

    def over(self, gap: float | None, now: float) -> float | None:
        """The connection is there: of how many seconds to ask what changed; ``None``: list everything.

        Args:
            gap: seconds since the last connection was heard last; ``None`` when there was none.
            now: seconds of a monotonic clock.
        """
        before = 0.0
        if not self._filled and self._unknown is not None:
            before = self._unknown + now - self._opened_at
        lost_track = not self._filled and self._unknown is None
        self._unknown = None if gap is None or lost_track else gap + before
        self._opened_at, self._filled = now, False
        if self._unknown is None or self._unknown > LONGEST:
            return None
        return self._unknown + MARGIN

    def filled(self) -> None:
        """The desk knows what had happened by the time the connection opened."""
        self._filled = True

    def lose_track(self) -> None:
        """Something that was heard never reached the desk."""
        self._unknown, self._filled = None, False
