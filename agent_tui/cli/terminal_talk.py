"""Asking a terminal questions and hearing its answers, with a time limit and keys given back as they were."""

from __future__ import annotations

import os
import re
import select
import statistics
import sys
import termios
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

WITHIN: Final = 1.0
"""Seconds that a terminal gets for one answer; one that does not answer is asked no more."""
_POSITION: Final = re.compile(rb"\x1b\[(\d+);(\d+)R")
_KEYS: Final = re.compile(rb"\x1b\[\?(\d+)u|\x1b\[\?[\d;]*c")
_ROUNDS: Final = 7


class Line(Protocol):
    """The way to a terminal and back."""

    def write(self, sequence: str) -> None:
        """Send it now."""
        ...

    def read(self, seconds: float) -> bytes:
        """What has come within so many seconds; nothing when nothing has."""
        ...


class Talk:
    """Questions to a terminal. After one without an answer all others have none either."""

    def __init__(self, line: Line, now: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._now = now
        self.silent = False

    def ask(self, question: str, answer: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """The answer to ``question``, if one comes in time."""
        if self.silent:
            return None
        self._line.write(question)
        heard, until = b"", self._now() + WITHIN
        while (found := answer.search(heard)) is None and (left := until - self._now()) > 0:
            heard += self._line.read(left)
        self.silent = found is None
        return found

    def column(self) -> int | None:
        """Where the cursor stands, from 1."""
        found = self.ask("\x1b[6n", _POSITION)
        return None if found is None else int(found[2])

    def width_of(self, text: str) -> int | None:
        """The cells that the terminal gives ``text``; the row is empty again afterwards."""
        self._line.write(f"\r{text}")
        column = self.column()
        self._line.write("\r\x1b[K")
        return None if column is None else column - 1

    def knows_modern_keys(self) -> bool | None:
        """Whether it speaks the kitty keyboard protocol; every terminal answers the second question."""
        found = self.ask("\x1b[?u\x1b[c", _KEYS)
        if found is None:
            return None
        modern = found[1] is not None
        if modern:
            self._line.read(0.1)
        return modern

    def delay(self) -> float | None:
        """Seconds from a question to its answer, the middle one of several."""
        taken = []
        for _ in range(_ROUNDS):
            began = self._now()
            if self.column() is None:
                return None
            taken.append(self._now() - began)
        return statistics.median(taken)


class Terminal:
    """The terminal the program was started on: painted on standard error, heard on standard input."""

    def write(self, sequence: str) -> None:
        """Send it now."""
        sys.stderr.write(sequence)
        sys.stderr.flush()

    def read(self, seconds: float) -> bytes:
        """What has come within so many seconds; nothing when nothing has."""
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
        return os.read(sys.stdin.fileno(), 4096) if ready else b""


@contextmanager
def unechoed() -> Iterator[Terminal]:
    """The terminal, with answers coming at once and unseen meanwhile."""
    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number)
        yield Terminal()
    finally:
        termios.tcsetattr(number, termios.TCSAFLUSH, before)
