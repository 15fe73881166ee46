"""A bounded load: customers who write at a given rate over the public API. Runs as a process of its own.

Takes a plan as a line of JSON on stdin and stops early when stdin ends; prints what came of it as JSON.
Speaks to this machine only.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct, convert

from benchmarks.desk_server import NICE

MOST_MESSAGES: Final = 20_000
MOST_SECONDS: Final = 60.0
SENTENCE: Final = "message {number} from the flood: is it valid at once, or from the first of next month"


class Plan(Struct, frozen=True):
    """Who writes how fast for how long; ``paths`` are the chats' message addresses, served in turn."""

    url: str
    paths: list[str]
    rate: float
    """Messages per second, over all chats together."""
    seconds: float


class Outcome(Struct, frozen=True):
    """What came of a plan. ``lag`` is how late the latest of all messages was sent, in seconds."""

    sent: int
    accepted: int
    seconds: float
    lag: float


class Writer:
    """One customer's connection."""

    def __init__(self, host: str, port: int, path: str) -> None:
        self._host, self._port, self._path = host, port, path
        self.sent = 0
        self.accepted = 0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def write(self, text: str) -> None:
        """Post one message and wait until it is answered."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        body = json.dumps({"content": text}).encode()
        head = (
            f"POST {self._path} HTTP/1.1\r\nHost: {self._host}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        self.sent += 1
        answer = await reader.readuntil(b"\r\n\r\n")
        self.accepted += answer.startswith(b"HTTP/1.1 200")
        await reader.readexactly(_length(answer))

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise ValueError("an answer without a length")


async def pour(plan: Plan, stopped: threading.Event) -> Outcome:
    """Carry the plan out, or as much of it as there is time for until ``stopped``.

    Each chat writes one message at a time; who is late writes at once.
    """
    address = urlsplit(plan.url)
    host, port = address.hostname or "", address.port or 80
    if host != "127.0.0.1":
        raise ValueError("a flood is for this machine only")
    count = min(MOST_MESSAGES, int(plan.rate * min(plan.seconds, MOST_SECONDS)))
    writers = [Writer(host, port, path) for path in plan.paths]
    began = time.perf_counter()
    lags = await asyncio.gather(
        *(
            _keep_writing(writer, plan.rate, began, range(first, count, len(writers)), stopped)
            for first, writer in enumerate(writers)
        )
    )
    for writer in writers:
        writer.close()
    sent, accepted = sum(writer.sent for writer in writers), sum(writer.accepted for writer in writers)
    return Outcome(sent, accepted, time.perf_counter() - began, max(lags, default=0.0))


async def _keep_writing(
    writer: Writer, rate: float, began: float, numbers: range, stopped: threading.Event
) -> float:
    """Write these messages, each at its time; returns the greatest lag, in seconds."""
    lag = 0.0
    for number in numbers:
        due = began + number / rate
        if stopped.is_set() or time.perf_counter() - began > MOST_SECONDS:
            break
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        lag = max(lag, time.perf_counter() - due)
        await writer.write(SENTENCE.format(number=number))
    return lag


def _stop_with_stdin(stopped: threading.Event) -> None:
    sys.stdin.read()
    stopped.set()


def main() -> None:
    """Carry out the plan on stdin."""
    os.nice(NICE)
    plan = convert(json.loads(sys.stdin.readline()), Plan)
    stopped = threading.Event()
    threading.Thread(target=_stop_with_stdin, args=(stopped,), daemon=True).start()
    outcome = asyncio.run(pour(plan, stopped))
    sys.stdout.write(json.dumps({name: getattr(outcome, name) for name in Outcome.__struct_fields__}) + "\n")


if __name__ == "__main__":
    main()
