"""Somebody at a terminal of a hostile desk: keys in, and every byte that comes out kept."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.cli.program import PATIENCE, Terminal

_MOVES = re.compile(rb"\x1b\[[0-9;?<>=]*[A-Za-z]|\x1b\][^\x07]*\x07")


class Person:
    """Uses the program on a terminal. ``out`` is all that it wrote."""

    def __init__(
        self, home: Path, arguments: list[str], env: Mapping[str, str], *, columns: int = 120
    ) -> None:
        self._terminal = Terminal(home, arguments, columns=columns, rows=36, **env)
        self._seen = 0

    @property
    def out(self) -> bytes:
        return self._terminal.shown

    def __enter__(self) -> Self:
        self._terminal.__enter__()
        return self

    def __exit__(self, *ended: object) -> None:
        self._terminal.__exit__(*ended)

    async def sees(self, *wanted: str) -> None:
        """Wait until the words have come since the last keys, whatever moves and colours are between."""
        await asyncio.to_thread(self._sees, wanted)

    def _sees(self, wanted: tuple[str, ...]) -> None:
        limit = time.monotonic() + PATIENCE
        while not all(words in self._new() for words in wanted):
            assert self._terminal._read(limit), f"{wanted} did not come: {self._new()[-3000:]}"

    def _new(self) -> str:
        return _MOVES.sub(b"", self.out[self._seen :]).decode(errors="replace")

    async def presses(self, keys: str, *wanted: str) -> None:
        """Press keys, and wait for what they bring."""
        self._seen = len(self.out)
        self._terminal.press(keys.encode())
        await self.sees(*wanted)

    def types(self, keys: str) -> None:
        """Press keys and go on."""
        self._terminal.press(keys.encode())

    async def ends(self) -> int:
        """Read to the end; the exit code."""
        return await asyncio.to_thread(self._terminal.end)
