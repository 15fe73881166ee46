"""The row of a whole shift: 600 conversations taken, answered and closed, and what memory they leave."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from typing import Final

from benchmarks.figures import Figure
from benchmarks.load import ROOT, PracticeDesk, Refused
from benchmarks.terminal import environment, memory_mib, own_memory_mib

CONVERSATIONS: Final = 600
WARM: Final = 100
"""Conversations until caches are as full as they get."""
LOOK_EVERY: Final = 20
AT_A_TIME: Final = 5
QUESTION: Final = "is the new card valid at once, or do I wait for a letter"

Reading = tuple[int, float]
"""Conversations handled so far, and MiB."""


class ShiftDesk:
    """The workstation of ``benchmarks.shift_desk`` under orders."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.handled()

    def serve(self, count: int) -> int:
        """Have so many taken, answered and closed; how many are handled by now."""
        if self._process.stdin is None:
            raise Refused("the workstation takes no orders")
        self._process.stdin.write(json.dumps({"serve": count}) + "\n")
        self._process.stdin.flush()
        return self.handled()

    def handled(self) -> int:
        """The next answer."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise Refused("the workstation ended")
        return int(json.loads(line)["handled"])

    def memory(self) -> float:
        """MiB of PSS."""
        return memory_mib(self._process.pid)

    def own_memory(self) -> float:
        """MiB that no other program has to do with."""
        return own_memory_mib(self._process.pid)


@contextmanager
def shift_desk(desk: PracticeDesk) -> Iterator[ShiftDesk]:
    """The workstation at ``desk``, in a process of its own, ended with the ``with``."""
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.shift_desk", home],
            cwd=ROOT,
            env=environment(AGENT_TUI_URL=desk.url, AGENT_TUI_TOKEN=desk.token, AGENT_TUI_HOME=home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            try:
                yield ShiftDesk(process)
            except BaseException:
                process.kill()
                raise
            if process.stdin is not None:
                process.stdin.close()


def shift() -> list[Figure]:
    """Eight hours of customers one after another, the desk's clock running ahead of the wall's."""
    with PracticeDesk() as desk, shift_desk(desk) as working:
        readings = worked(desk, working, CONVERSATIONS)
        end = working.memory()
    after_warm = [reading for reading in readings if reading[0] >= WARM]
    return [
        Figure("shift.end", f"memory: after {CONVERSATIONS} conversations of a shift", end, "MiB"),
        Figure("shift.growth", "memory: each further 100 conversations", growth(after_warm) * 100, "MiB"),
    ]


def worked(desk: PracticeDesk, working: ShiftDesk, count: int) -> list[Reading]:
    """So many customers come and are served; readings every :data:`LOOK_EVERY` conversations."""
    readings: list[Reading] = []
    handled = 0
    while handled < count:
        desk.waiting(AT_A_TIME, QUESTION)
        handled = working.serve(AT_A_TIME)
        if handled % LOOK_EVERY == 0:
            readings.append((handled, working.own_memory()))
    return readings


def growth(readings: Sequence[Reading]) -> float:
    """MiB a conversation: the median slope between two readings, so that one jump does not count for much."""
    return statistics.median(
        (b - a) / (after - before) for (before, a), (after, b) in combinations(readings, 2)
    )
