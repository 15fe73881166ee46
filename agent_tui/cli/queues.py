"""``agent-tui queues``: who waits where and how long, for scripts and wallboards."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from agent_tui.bridge import Bridge
from agent_tui.cli.connection import saved_connection
from agent_tui.cli.parser import Given
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.model import DeskState
from agent_tui.desk.problems import Problem
from agent_tui.desk.selectors import queue_rows, server_now
from agent_tui.desk.text import clean_line
from agent_tui.engine.drafts import MemoryDrafts
from agent_tui.engine.engine import Engine
from agent_tui.launch import Exit, Refusal, start_refusal
from agent_tui.wording import say
from api_client.backend import Backend

KNOWN_WITHIN: Final = 20.0
"""Seconds the server gets to tell who waits."""
_CLOCK_WITHIN: Final = 2.0
"""Seconds to learn the server's clock; then ours stands in."""


class QueueNow(Struct, frozen=True):
    """One queue as printed."""

    id: str
    name: str
    served: bool
    waiting: int
    longest_wait: int | None
    """Seconds; ``None`` when nobody waits."""


def queues(around: Surroundings, given: Given) -> int:
    """Print who waits; returns the exit code."""
    connection = saved_connection(around, around.settings(given))
    show = _as_json if given.json else _as_line if given.watch else _as_table
    watching = _Watching(connection.connect, connection.server, connection.settings.url)
    try:
        with around.logging():
            asyncio.run(watching.run(show, forever=given.watch))
    except KeyboardInterrupt:
        return Exit.DONE
    return Exit.DONE


class _Watching:
    """A desk without a screen: the same desk and engine, on one loop."""

    def __init__(self, connect: Callable[[], Backend], server: str, where: str) -> None:
        self._where = where
        self._state = DeskState()
        self._engine = Engine(connect, MemoryDrafts, server)
        self._changed = asyncio.Event()
        self._problem: Problem | None = None
        self._bridge = Bridge(
            self._state,
            perform=self._engine.submit,
            show=lambda _: None,
            changed=self._changed.set,
            start_failed=self._failed,
        )

    async def run(self, show: Callable[[list[QueueNow]], str], *, forever: bool) -> None:
        """Print once everything is known; with ``forever`` go on with each change of who waits."""
        self._bridge.open()
        running = asyncio.create_task(self._engine.run(self._bridge.deliver))
        try:
            await self._known()
            _print(show(self._now()))
            if forever:
                await self._follow(show)
        finally:
            self._engine.stop()
            await running

    async def _known(self) -> None:
        try:
            async with asyncio.timeout(KNOWN_WITHIN):
                await self._until(lambda: self._state.listed and bool(self._state.queues))
        except TimeoutError:
            words = say(
                "{where} did not tell within {n} seconds who waits.",
                where=clean_line(self._where), n=round(KNOWN_WITHIN),
            )  # fmt: skip
            raise Refusal(words, Exit.CANNOT_CONNECT) from None
        try:
            async with asyncio.timeout(_CLOCK_WITHIN):
                await self._until(lambda: self._state.clock_offset is not None)
        except TimeoutError:
            return

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            if self._problem is not None:
                raise start_refusal(self._problem, self._where)
            await self._changed.wait()
            self._changed.clear()

    async def _follow(self, show: Callable[[list[QueueNow]], str]) -> None:
        shown = _counts(self._now())
        while True:
            await asyncio.sleep(1)
            now = self._now()
            if _counts(now) != shown:
                shown = _counts(now)
                _print(show(now))

    def _failed(self, problem: Problem) -> None:
        self._problem = problem
        self._changed.set()

    def _now(self) -> list[QueueNow]:
        clock = server_now(self._state, time.monotonic()) or time.time()
        return [
            QueueNow(
                row.queue,
                row.name,
                row.served,
                row.waiting,
                None if row.longest_since is None else max(0, int(clock - row.longest_since)),
            )
            for row in queue_rows(self._state)
        ]


def _counts(rows: list[QueueNow]) -> list[tuple[str, int, bool]]:
    return [(row.id, row.waiting, row.served) for row in rows]


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _as_json(rows: list[QueueNow]) -> str:
    longest = [row.longest_wait for row in rows if row.longest_wait is not None]
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "waiting": sum(row.waiting for row in rows),
        "longest_wait": max(longest, default=None),
        "queues": [{name: getattr(row, name) for name in QueueNow.__struct_fields__} for row in rows],
    }
    return json.dumps(told, ensure_ascii=False)


def _as_table(rows: list[QueueNow]) -> str:
    width = max((len(row.name) for row in rows), default=0)
    return "\n".join(f"{row.name:<{width}}  {row.waiting:>4}  {_spelled(row)}".rstrip() for row in rows)


def _as_line(rows: list[QueueNow]) -> str:
    told = [f"{row.name} {row.waiting} {_spelled(row)}".rstrip() for row in rows if row.waiting]
    return f"{datetime.now().astimezone():%H:%M:%S}  {' | '.join(told) or say('nobody waits')}"


def _spelled(row: QueueNow) -> str:
    """Minutes and seconds, as on the screen."""
    if row.longest_wait is None:
        return ""
    minutes, seconds = divmod(row.longest_wait, 60)
    return f"{minutes}:{seconds:02}"
