"""A bounded load: customers who write at a given rate over the public API. Runs as a process of its own.

Takes a plan as JSON on stdin, prints what came of it as JSON. Speaks to this machine only.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
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
    """What came of a plan. ``lag`` is how far behind its time the latest message was sent, in seconds."""

    sent: int
    accepted: int
    seconds: float
    lag: float


class Writer:
    """One customer's connection."""

    def __init__(self, host: str, port: int, path: str) -> None:
        self._host, self._port, self._path = host, port, path
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


async def pour(plan: Plan) -> Outcome:
    """Carry the plan out. Each chat writes one message at a time; who is late writes at once."""
    address = urlsplit(plan.url)
    host, port = address.hostname or "", address.port or 80
    if host != "127.0.0.1":
        raise ValueError("a flood is for this machine only")
    count = min(MOST_MESSAGES, int(plan.rate * min(plan.seconds, MOST_SECONDS)))
    writers = [Writer(host, port, path) for path in plan.paths]
    began = time.perf_counter()
    lags = await asyncio.gather(
        *(
            _keep_writing(writer, plan.rate, began, range(first, count, len(writers)))
            for first, writer in enumerate(writers)
        )
    )
    for writer in writers:
        writer.close()
    accepted = sum(writer.accepted for writer in writers)
    return Outcome(count, accepted, time.perf_counter() - began, max(lags, default=0.0))


async def _keep_writing(writer: Writer, rate: float, began: float, numbers: range) -> float:
    """Write these messages, each at its time; returns the last one's lag, in seconds."""
    lag = 0.0
    for number in numbers:
        due = began + number / rate
        if time.perf_counter() - began > MOST_SECONDS:
            break
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        lag = time.perf_counter() - due
        await writer.write(SENTENCE.format(number=number))
    return lag


def main() -> None:
    """Carry out the plan on stdin."""
    os.nice(NICE)
    plan = convert(json.loads(sys.stdin.readline()), Plan)
    outcome = asyncio.run(pour(plan))
    sys.stdout.write(json.dumps({name: getattr(outcome, name) for name in Outcome.__struct_fields__}) + "\n")


if __name__ == "__main__":
    main()
