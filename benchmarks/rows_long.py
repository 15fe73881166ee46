"""Rows of long things without a terminal: a chat of a hundred thousand messages, five thousand responses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final, Self

from msgspec.structs import replace
from textual.pilot import Pilot

from agent_tui.app import Workstation
from agent_tui.desk import events as d
from agent_tui.desk.prepared import Texts
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Line
from api_client.models.identity import ConversationId, MessageId
from benchmarks.canned_search import SIZE, invented
from benchmarks.figures import Figure, percentile
from benchmarks.load import Refused
from benchmarks.rows_cost import ME, Wire, unconnected
from benchmarks.terminal import COLUMNS, LINES
from canned.layers import merged
from canned.search import Index

MESSAGES: Final = 100_000
ROUNDS: Final = 20
CHAT: Final = ConversationId("1")
NEEDLE: Final = "the lost blue umbrella"


@asynccontextmanager
async def _desk(wire: Wire) -> AsyncIterator[tuple[Workstation, Pilot[None]]]:
    """The workstation on a screen of its own, with one chat open."""
    app = unconnected()
    async with app.run_test(size=(COLUMNS, LINES)) as pilot:
        for event in (*wire.before(), *wire.decoded(wire.frames.conversation(1, ME))):
            app.bridge.dispatch(event)
        await pilot.pause()
        yield app, pilot


class _Stall:
    """The longest time for which nothing else could happen, a key for instance: milliseconds of work."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def __aenter__(self) -> Self:
        """Watch from here."""
        self._watching = asyncio.create_task(self._watch())
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        """To here."""
        self._watching.cancel()
        await asyncio.wait([self._watching])

    async def _watch(self) -> None:
        last = time.thread_time()
        while True:
            await asyncio.sleep(0)
            now = time.thread_time()
            self.longest, last = max(self.longest, (now - last) * 1000), now


async def _press(pilot: Pilot[None], *keys: str) -> float:
    """The longest stall until the screen shows what the keys did."""
    async with _Stall() as stall:
        await pilot.press(*keys)
    return stall.longest


def history() -> list[Figure]:
    """Open it, go through it, look for words, make the window smaller: the longest stall of each."""
    costs = asyncio.run(_history_costs(MESSAGES))
    return [
        Figure(f"history.{name}", f"100,000 messages, longest stall: {what}", cost, "ms")
        for (name, what), cost in costs.items()
    ]


async def _history_costs(messages: int) -> dict[tuple[str, str], float]:
    wire = Wire()
    async with _desk(wire) as (app, pilot):
        for event in wire.decoded(wire.frames.conversation(2, ME)):
            app.bridge.dispatch(event)
        app.bridge.dispatch(d.NewestLoaded(CHAT, _lines(wire, messages), more=False))
        await pilot.pause()
        # Away and back before the next second, at which a chat behind the screen lets go of its older lines.
        app.bridge.dispatch(d.TabSelected(ConversationId("2")))
        app.workstation.show()
        opened = await _told(app, pilot, d.TabSelected(CHAT))
        if len(app.bridge.state.chats[CHAT].transcript.lines) < messages:
            raise Refused("the older lines were let go of before the chat was open again")
        pages = [await _press(pilot, "pageup") for _ in range(ROUNDS)]
        ends = [await _press(pilot, key) for key in ("ctrl+home", "ctrl+end", "ctrl+home", "ctrl+end")]
        came = [
            await _told(app, pilot, one)
            for n in range(ROUNDS)
            for one in wire.decoded(wire.frames.message(1))
        ]
        found = await _found(pilot)
        async with _Stall() as resized:
            await pilot.resize_terminal(COLUMNS - 40, LINES - 5)
    return {
        ("open", "open"): opened,
        ("page", "a page up"): max(pages),
        ("end", "to the first or the last"): max(ends),
        ("message", "one message more"): percentile(came, 0.95),
        ("find", "find words from the first message on"): found,
        ("resize", "another size of the window"): resized.longest,
    }


async def _told(app: Workstation, pilot: Pilot[None], event: d.DeskEvent) -> float:
    async with _Stall() as stall:
        app.bridge.dispatch(event)
        app.workstation.show()
        await pilot.pause()
    return stall.longest


async def _found(pilot: Pilot[None]) -> float:
    """The words stand in the first message; each letter looks again."""
    await _press(pilot, "ctrl+end", "ctrl+up", "/")
    letters = [await _press(pilot, letter) for letter in NEEDLE]
    return max(*letters, await _press(pilot, "enter"))


def _lines(wire: Wire, count: int) -> tuple[Line, ...]:
    (told,) = wire.decoded(wire.frames.message(1))
    if not isinstance(told, d.MessageReceived):
        raise TypeError("a message was not understood")
    first = told.line
    words = Displayable(f"{first.text} {NEEDLE}")
    lines = [
        replace(first, key=MessageId(str(-count + n)), at=first.at - count + n, mine=n % 2 == 1)
        for n in range(count)
    ]
    return (replace(lines[0], text=words, raw=words), *lines[1:])


def canned() -> list[Figure]:
    """From the first letter after the slash to the list on the screen."""
    took = asyncio.run(_canned_costs())
    return [
        Figure("canned.list", f"{SIZE:,} responses: letter to list, p95", percentile(took, 0.95), "ms"),
        Figure("canned.p50", f"{SIZE:,} responses: letter to list, p50", percentile(took, 0.5), "ms"),
    ]


async def _canned_costs() -> Sequence[float]:
    library = invented(5)
    texts = Texts(merged([library]), Index(library).prepare())
    wire = Wire()
    took: list[float] = []
    async with _desk(wire) as (app, pilot):
        app.bridge.dispatch(d.TextsRead(texts))
        await _press(pilot, "/", "k", "escape", "backspace", "backspace")  # what is loaded once is loaded
        for number in range(ROUNDS):
            await _told(app, pilot, next(iter(wire.decoded(wire.frames.message(1)))))
            await _press(pilot, "/")
            took.append(await _worked(pilot, "klmn"[number % 4]))
            await _press(pilot, "escape", "backspace", "backspace")
    return took


async def _worked(pilot: Pilot[None], key: str) -> float:
    """Milliseconds of work until the screen shows what the key did."""
    began = time.thread_time()
    await pilot.press(key)
    return (time.thread_time() - began) * 1000
