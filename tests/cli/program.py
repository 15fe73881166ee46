"""The program itself, started as a person or a script starts it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PATIENCE = 40.0


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line it said on standard error."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


def environment(home: Path, extra: Mapping[str, str]) -> dict[str, str]:
    # A program believes COLUMNS and LINES before it asks its terminal.
    strange = ("AGENT_TUI_", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    return {**kept, "AGENT_TUI_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", **extra}


def run(home: Path, *arguments: str, stdin: str = "", **extra: str) -> Outcome:
    """Run it without a terminal, to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "agent_tui", *arguments],
        input=stdin,
        env=environment(home, extra),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


class Terminal:
    """It runs on a terminal of ``columns`` by ``rows``; ``shown`` is all it has written so far."""

    def __init__(
        self,
        home: Path,
        arguments: Sequence[str],
        *,
        columns: int = 100,
        rows: int = 30,
        command: Sequence[str] = (sys.executable, "-m", "agent_tui"),
        **extra: str,
    ) -> None:
        self.shown = b""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            [*command, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(home, extra),
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def press(self, keys: bytes) -> None:
        os.write(self._ours, keys)

    def read_until(self, wanted: bytes) -> None:
        limit = time.monotonic() + PATIENCE
        while wanted not in self.shown:
            assert self._read(limit), f"{wanted!r} did not come: {self.shown[-2000:]!r}"

    def read_while(self, wanting: Callable[[], bool]) -> None:
        """Read along until what is looked for elsewhere is there."""
        limit = time.monotonic() + PATIENCE
        while wanting():
            assert time.monotonic() < limit, f"it did not come: {self.shown[-2000:]!r}"
            self._read(time.monotonic() + 0.01)

    def vanish(self) -> None:
        """The window is closed, and nobody tells the program but the terminal itself."""
        os.close(self._ours)
        self._ours = os.open(os.devnull, os.O_RDONLY)

    def end(self) -> int:
        """Read until it has ended; its exit code."""
        limit = time.monotonic() + PATIENCE
        while self._read(limit):
            pass
        return self.process.wait(timeout=max(0.1, limit - time.monotonic()))

    def _read(self, limit: float) -> bool:
        """Read something more; false when there will be nothing."""
        ready, _, _ = select.select([self._ours], [], [], max(0.0, limit - time.monotonic()))
        try:
            piece = os.read(self._ours, 65536) if ready else b""
        except OSError:
            return False
        self.shown += piece
        return bool(piece)
