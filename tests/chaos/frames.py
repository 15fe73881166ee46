"""The frames of a live connection on their way to the client: lost, doubled or overtaken, by chance."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Final

_WHOLE_TEXT: Final = 0x81
_SHORT, _MEDIUM = 126, 127


class FrameFaults:
    """What one live connection loses, doubles and confuses: ``rate`` of its text frames."""

    def __init__(self, chance: random.Random, rate: float, faults: Counter[str]) -> None:
        self._chance = chance
        self._rate = rate
        self._faults = faults
        self._held: list[bytes] = []

    def passed(self, frame: bytes) -> list[bytes]:
        """What goes on to the client now that ``frame`` has come, in this order."""
        held, self._held = self._held, []
        if frame[0] != _WHOLE_TEXT or self._chance.random() >= self._rate:
            return [frame, *held]
        kind = self._chance.choice(("lost", "doubled", "overtaken"))
        self._faults[f"frame {kind}"] += 1
        if kind == "overtaken":
            self._held = [frame]
            return held
        return [*([] if kind == "lost" else [frame, frame]), *held]


async def read_frame(reader: asyncio.StreamReader) -> bytes:
    """One frame from a server, whose frames bear no mask.

    Raises:
        IncompleteReadError: the connection closed.
    """
    head = await reader.readexactly(2)
    more, size = b"", head[1]
    if size in {_SHORT, _MEDIUM}:
        more = await reader.readexactly(2 if size == _SHORT else 8)
        size = int.from_bytes(more, "big")
    return head + more + await reader.readexactly(size)
