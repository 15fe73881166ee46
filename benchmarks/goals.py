"""The goals, in one place: the most that each figure may be, by the figure's key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from benchmarks.figures import Against, Goal

_HELLO = Against.HELLO

GOALS: Final[Mapping[str, Goal]] = {
    "start.ready": Goal(1.6, _HELLO),
    "keys-idle.p99": Goal(1.0, _HELLO),
    "keys-50.p50": Goal(1.0, _HELLO),
    "keys-50.p95": Goal(1.5, _HELLO),
    "keys-50.p99": Goal(2.0, _HELLO),
    "keys-200.p50": Goal(1.0, _HELLO),
    "keys-200.p95": Goal(1.5, _HELLO),
    "keys-200.p99": Goal(2.0, _HELLO),
    "idle.cpu": Goal(1.0),
    "idle.output": Goal(2.0),
    "stall.answer": Goal(100.0),
    "stall.lost": Goal(0.0),
    # One full frame of 160x45 with its colours.
    "stall.backlog": Goal(32.0),
    "slow.p95": Goal(150.0),
    "quit.time": Goal(300.0),
    "memory.pss": Goal(60.0),
    "memory.message": Goal(1.0),
    # How much of a core 200 messages a second may take hangs on the machine: no more than a peer takes.
    "peer-weechat.beside": Goal(1.0),
    "peer-poezio.beside": Goal(1.0),
    "reconnect.trips": Goal(3.0),
    # With the garbage collected after every ten conversations it is 0.2: 2 KB a conversation, its number,
    # names and texts in caches that have an end. The rest is garbage that waits for the collector.
    "shift.growth": Goal(1.0),
    # A frame of Textual, 1/60 s.
    "tabs-7.p95": Goal(16.7),
    "tabs-50.p95": Goal(16.7),
    "burst.key": Goal(50.0),
    "events-10.cost": Goal(60.0),
    "events-10000.cost": Goal(60.0),
    "events-10000.growth": Goal(1.25),
    "queue.tick": Goal(2.0),
    "queue.arrival": Goal(2.0),
    # One second of the board may take a twentieth of it.
    "board.look-ms": Goal(50.0),
    "history.open": Goal(50.0),
    "history.page": Goal(50.0),
    "history.end": Goal(50.0),
    "history.message": Goal(50.0),
    "history.find": Goal(50.0),
    "history.resize": Goal(50.0),
    "canned.list": Goal(30.0),
}
