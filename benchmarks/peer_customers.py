"""Customers who talk to a peer in seven rooms, whatever the protocol: who says what when, and until when."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Final

from msgspec import Struct, convert

from benchmarks.desk_server import NICE
from benchmarks.flood import SENTENCE
from benchmarks.load import MOST_LAG, Refused

AGENT: Final = "agent"
ROOMS: Final = tuple(f"chat{number}" for number in range(1, 8))
RATE: Final = 200
SECONDS: Final = 60.0
"""A flood ends by itself after so long."""
READY_WITHIN: Final = 20.0


class Server(Struct, frozen=True):
    """Where a chat server listens on this machine; ``password`` is everybody's of this run, if it asks."""

    port: int
    password: str = ""


async def in_time(number: int, stopped: threading.Event) -> AsyncIterator[str]:
    """Every seventh text of the flood, each at its time, until ``stopped``.

    Raises ``Refused`` when one is late, or when there are none left: the peer was not under the rate.
    """
    began = time.perf_counter()
    for text in range(number, int(RATE * SECONDS), len(ROOMS)):
        due = began + text / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        if stopped.is_set():
            return
        if time.perf_counter() - due > MOST_LAG:
            raise Refused("a text came too late")
        yield SENTENCE.format(number=text)
    raise Refused(f"it took longer than {SECONDS:g} s")


def talk(pour: Callable[[Server, threading.Event], Coroutine[None, None, None]]) -> None:
    """Have them talk at the server that stands in the first line of stdin, until stdin ends."""
    os.nice(NICE)
    server = convert(json.loads(sys.stdin.readline()), Server)
    stopped = threading.Event()
    threading.Thread(target=_stop_with_stdin, args=(stopped,), daemon=True).start()
    try:
        asyncio.run(pour(server, stopped))
    except (Refused, OSError, EOFError) as reason:
        sys.exit(f"the customers: {reason!r}")


def _stop_with_stdin(stopped: threading.Event) -> None:
    sys.stdin.read()
    stopped.set()
