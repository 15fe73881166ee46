"""Terminal chat programs beside ours: what is common to them, whatever server feeds them.

Each is typed into while the same texts come at the same rate in seven rooms; its home goes with the run.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.desk_server import NICE
from benchmarks.figures import Figure, latencies
from benchmarks.keys import type_letters
from benchmarks.load import ROOT, Refused
from benchmarks.peer_customers import RATE, READY_WITHIN, Server
from benchmarks.rows_plain import keys_under
from benchmarks.terminal import Program

MORE_PLACES: Final = "/usr/sbin"
"""Where a server may be that is not on everybody's PATH."""
KEYS: Final = 60
ROUNDS: Final = 2
NOT_SEEN: Final = 1000.0
"""Milliseconds that a key counts which does not show."""
FROM_THE_FLOOD: Final = "from the flood"


@dataclass(frozen=True, slots=True)
class Typed:
    """Milliseconds of each letter, and percent of a core meanwhile."""

    milliseconds: list[float]
    share: float


def installed(row: str, *names: str) -> list[str] | None:
    """Where these programs are; ``None``, and a line that says what to install, when one is nowhere."""
    path = f"{os.environ['PATH']}{os.pathsep}{MORE_PLACES}"
    found = [place for name in names if (place := shutil.which(name, path=path))]
    if len(found) == len(names):
        return found
    print(f"{row}: left out, as {' and '.join(names)} are not both installed", file=sys.stderr)
    return None


def typed_under(flood: AbstractContextManager[None], running: Program) -> Typed:
    """Type while the flood comes in. Raises ``Refused`` when the keys do not show."""
    with flood:
        running.wait_for(FROM_THE_FLOOD, seconds=READY_WITHIN)
        running.watch(1.0)
        before, began = running.cpu(), time.perf_counter()
        typed = type_letters(running, KEYS, 1)
        share = 100 * (running.cpu() - before) / (time.perf_counter() - began)
    if statistics.median(typed) >= NOT_SEEN:
        raise Refused("the keys do not show in its input line")
    return Typed(typed, share)


def beside(row: str, name: str, typed_into: Callable[[], Typed]) -> list[Figure]:
    """Type into a peer and into ours in turn: what disturbs the machine for a while disturbs both."""
    theirs: list[Typed] = []
    ours: list[Typed] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        theirs.append(typed_into())
        milliseconds, hello, share, _output = keys_under(RATE, 1)
        ours.append(Typed(milliseconds, share))
        bare += hello
    return _figures(row, name, _together(theirs), _together(ours), bare)


def _together(rounds: Sequence[Typed]) -> Typed:
    return Typed(
        [each for typed in rounds for each in typed.milliseconds],
        statistics.fmean(typed.share for typed in rounds),
    )


def _figures(row: str, name: str, theirs: Typed, ours: Typed, bare: Sequence[float]) -> list[Figure]:
    return [
        *latencies(row, f"{name}: keys, {RATE} messages/s", theirs.milliseconds, bare),
        *latencies(f"{row}.ours", f"beside {name}: our keys, {RATE} messages/s", ours.milliseconds, bare),
        Figure(f"{row}.cpu", f"{name}: processor, {RATE} messages/s", theirs.share, "%"),
        Figure(f"{row}.ours.cpu", f"beside {name}: our processor, {RATE} messages/s", ours.share, "%"),
        Figure(f"{row}.beside", f"our processor beside {name}'s", ours.share / theirs.share, "times"),
    ]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(command: Sequence[str], port: int, log: Path) -> Iterator[None]:
    """A chat server that has begun to listen, at the lower priority; ended with the ``with``."""
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as running:
        try:
            os.setpriority(os.PRIO_PROCESS, running.pid, NICE)
            _wait_for(port, running, log)
            yield
        finally:
            running.terminate()


def _wait_for(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while True:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        if running.poll() is not None or time.monotonic() > until:
            raise Refused(
                f"the chat server does not answer; it said: {log.read_text(errors='replace')[-400:]!r}"
            )
        time.sleep(0.05)


@contextmanager
def customers(module: str, server: Server) -> Iterator[None]:
    """Seven customers talk in seven rooms while the ``with`` lasts, in a process of their own.

    Raises ``Refused`` when they could not, or not at the rate asked for.
    """
    told = json.dumps(msgspec.to_builtins(server))
    process = subprocess.Popen([sys.executable, "-m", module], cwd=ROOT, stdin=subprocess.PIPE, text=True)
    try:
        if process.stdin is not None:
            process.stdin.write(f"{told}\n")
            process.stdin.flush()
        yield
    finally:
        process.communicate()  # its stdin ends, and so does it
    if process.returncode:
        raise Refused("the customers could not talk in all rooms at the rate asked for")
