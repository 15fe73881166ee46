"""How fast the agent writes, as two figures that follow them through the day. Of this run only. Pure."""

from __future__ import annotations

import math
from typing import Final

from msgspec import Struct

from api_client.models.identity import ConversationId

_PAUSE: Final = 3.0
"""Seconds between two keys after which the agent thinks, reads or is elsewhere."""
_FASTEST: Final = 30.0
"""Characters a second: beyond it a text is put in, not typed."""
_MEMORY: Final = 60.0
"""Seconds of typing after which what came before weighs a third."""
_SLOWEST, _QUICKEST = 1.0, 15.0
_LONGEST_ANSWER: Final = 300
_SHARE: Final = 0.2
"""How much the newest answer weighs in the usual length."""


class WritingSpeed(Struct):
    """Begins with what is usual: 4 characters a second, answers of 80."""

    characters: float = 120.0
    seconds: float = 30.0
    answer: float = 80.0
    """Characters of a usual answer."""
    _last: tuple[ConversationId, float] | None = None

    @property
    def per_second(self) -> float:
        """Characters a second."""
        return min(max(self.characters / self.seconds, _SLOWEST), _QUICKEST)

    def note_key(self, conversation: ConversationId, grown: int, now: float) -> None:
        """The text for a customer grew by so many characters; a negative number took some away."""
        last, self._last = self._last, (conversation, now)
        if last is None or last[0] != conversation:
            return
        gap = now - last[1]
        if not 0 < gap <= _PAUSE or grown > max(1.0, gap * _FASTEST):
            return
        fading = math.exp(-gap / _MEMORY)
        self.characters = self.characters * fading + max(0, grown)
        self.seconds = self.seconds * fading + gap

    def note_answer(self, length: int) -> None:
        """A reply of so many characters was sent."""
        self._last = None
        self.answer += _SHARE * (min(length, _LONGEST_ANSWER) - self.answer)
