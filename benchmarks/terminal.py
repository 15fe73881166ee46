"""A program in a pseudo terminal of its own: keys in, bytes out, and what it costs. Answers no question."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from benchmarks.screen_text import Marker, ScreenText

COLUMNS, LINES = 160, 45
_PIECE: Final = 65_536
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class NotShown(Exception):
    """What was waited for did not show in time."""


@dataclass
class Link:
    """How fast the terminal takes what the program writes: bytes per second, ``None`` for no bound."""

    rate: float | None = None
    _credit: float = 0.0
    _at: float = field(default_factory=time.perf_counter)

    def allowance(self) -> int:
        """Bytes that may be read now; at most a hundredth of a second's worth is saved up."""
        if self.rate is None:
            return _PIECE
        now = time.perf_counter()
        self._credit = min(self.rate / 100, self._credit + (now - self._at) * self.rate)
        self._at = now
        return int(self._credit)

    def took(self, count: int) -> None:
        """This many bytes were read."""
        self._credit -= count


class Program:
    """One program under measurement. Use it in a ``with``; it is killed at the end if it still runs.

    Nothing is read while no method runs: whoever lets it stand still stalls its terminal.
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str], *, folder: Path | None = None) -> None:
        self.text = ScreenText()
        self.bytes_out = 0
        self.frames: list[tuple[float, int]] = []
        """When (``perf_counter`` seconds) and how many bytes came, piece by piece."""
        self.link = Link()
        self.begun = time.perf_counter()
        self.pid, self._fd = _spawn(command, env, folder)
        self._end = os.pidfd_open(self.pid)
        os.set_blocking(self._fd, False)
        self._poll = select.poll()
        self._poll.register(self._fd, select.POLLIN)
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._ended:
            signal.pidfd_send_signal(self._end, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._end)
        os.close(self._fd)

    def write(self, keys: str) -> None:
        """Type; raises ``BlockingIOError`` when the program has stopped reading keys."""
        os.write(self._fd, keys.encode())

    def read(self, until: float) -> bytes:
        """What comes next, waiting for it until this ``perf_counter`` time; empty when nothing came."""
        while (left := until - time.perf_counter()) > 0:
            room = self.link.allowance()
            if room < 1 or (self.link.rate is not None and room < 16):
                time.sleep(min(left, 0.0005))  # the link is full: as long as a slow one would be busy
            elif self._poll.poll(max(1, int(left * 1000))):
                return self._took(room)
        return b""

    def _took(self, room: int) -> bytes:
        try:
            piece = os.read(self._fd, room)
        except OSError as error:
            if error.errno not in {errno.EIO, errno.EAGAIN}:
                raise
            return b""
        self.link.took(len(piece))
        self.bytes_out += len(piece)
        self.frames.append((time.perf_counter(), len(piece)))
        self.text.feed(piece)
        return piece

    def watch(self, seconds: float) -> None:
        """Read along for so long."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            if not self.read(until) and self.has_ended():
                return

    def wait_for(self, *texts: str, seconds: float = 10.0) -> float:
        """Read until all the texts have shown; returns when (``perf_counter``). Raises ``NotShown``."""
        until = time.perf_counter() + seconds
        while not all(text in self.text for text in texts):
            piece = self.read(until)
            if not piece and (time.perf_counter() >= until or self.has_ended()):
                missing = ", ".join(repr(text) for text in texts if text not in self.text)
                raise NotShown(f"{missing} did not show; at the end: {self.text.last(400)!r}")
        return time.perf_counter()

    def echo(self, keys: str, shows: str, seconds: float = 1.0) -> float:
        """Type, and read until ``shows``, a character that is nowhere yet, has come.

        Returns milliseconds from the write to the piece that holds it; ``seconds`` in milliseconds when
        it has not come by then: a key that is not seen counts as the slowest there is.
        """
        return self.answer(keys, Marker(shows).seen_in, seconds)

    def answer(self, keys: str, shown: Callable[[bytes], bool], seconds: float = 1.0) -> float:
        """Type, and read until ``shown`` says yes to a piece; milliseconds as in :meth:`echo`."""
        start = time.perf_counter()
        self.write(keys)
        until = start + seconds
        while time.perf_counter() < until:
            if shown(self.read(until)):
                return (time.perf_counter() - start) * 1000
        return seconds * 1000

    def rest(self, quiet: float = 0.25, seconds: float = 5.0) -> None:
        """Read until nothing has come for ``quiet`` seconds, but no longer than ``seconds``."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until and self.read(min(until, time.perf_counter() + quiet)):
            pass

    def unread(self) -> int:
        """Bytes that wait in the terminal's own queue."""
        counted = fcntl.ioctl(self._fd, termios.FIONREAD, b"\0" * 4)
        return int(struct.unpack("i", counted)[0])

    def leave(self, key: str, seconds: float = 5.0) -> float:
        """Press the key that quits; milliseconds until the process has ended. Raises ``NotShown``."""
        start = time.perf_counter()
        self.write(key)
        ending = select.poll()
        ending.register(self._end, select.POLLIN)
        while time.perf_counter() < start + seconds:
            if ending.poll(0):
                took = (time.perf_counter() - start) * 1000
                os.waitpid(self.pid, 0)
                self._ended = True
                return took
            self.read(time.perf_counter() + 0.002)
        raise NotShown(f"it did not end within {seconds:g} s; at the end: {self.text.last(400)!r}")

    def has_ended(self) -> bool:
        """Whether the process is over."""
        ending = select.poll()
        ending.register(self._end, select.POLLIN)
        return bool(ending.poll(0))

    def cpu(self) -> float:
        """Processor seconds so far, with the processes it has started."""
        return sum(processor_seconds(pid) for pid in _family(self.pid))

    def pss(self) -> float:
        """Memory in MiB, shared pages counted in part, with the processes it has started."""
        return sum(memory_mib(pid) for pid in _family(self.pid))


def _spawn(command: Sequence[str], env: Mapping[str, str], folder: Path | None) -> tuple[int, int]:
    pid, descriptor = pty.fork()
    if pid == 0:
        _become(command, env, folder)
    return pid, descriptor


def _become(command: Sequence[str], env: Mapping[str, str], folder: Path | None) -> None:
    """In the child: take the terminal's size and become the program."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        if folder is not None:
            os.chdir(folder)
        os.execvpe(command[0], list(command), dict(env))  # noqa: S606  the program under measurement
    finally:
        os._exit(127)


def environment(**extra: str) -> dict[str, str]:
    """A plain truecolor terminal's environment, with nothing of ours or Textual's in it but ``extra``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEXTUAL", "AGENT_TUI", "PYTHON", "LC_", "COLUMNS", "LINES", "TERM"))
        and name not in {"NO_COLOR", "TMUX", "STY"}
    }
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **extra}


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def processor_seconds(pid: int) -> float:
    """``utime`` and ``stime`` of the process and of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS


def memory_mib(pid: int) -> float:
    """PSS of one process, without those it has started."""
    return _of_memory(pid, "Pss:")


def own_memory_mib(pid: int) -> float:
    """What the process alone has written; PSS also rises when another program lets go of a shared file."""
    return _of_memory(pid, "Private_Dirty:")


def _of_memory(pid: int, kind: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024
