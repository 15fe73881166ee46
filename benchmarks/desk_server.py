"""The practice desk as a process for measurements: no customers, no limit on messages, orders on stdin.

It prints the ready line of ``practice serve``. Each order is a line of JSON, answered by one; it ends when
stdin does.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from functools import partial
from typing import Final

from practice.bounds import Bounds
from practice.broadcast import Cable, Cables
from practice.changes import writing
from practice.clock import RunningClock
from practice.desk import Desk
from practice.dialect.messages import pushed_message
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from practice.store import conversations, customers, people
from practice.store.rows import Json

NICE: Final = 5
"""In life the server is another machine; here it gives way to the program that is measured."""
SLOT: Final = 0.01
AT_ONCE: Final = 200
"""Messages made in one go: while they are, the desk sends no pings."""
MOST: Final = 200_000
SENTENCE: Final = "line {number} of many: a customer goes on about a form, a deadline and a letter that came"

Told = tuple[list[str], Json]


class CountedCables(Cables):
    """Knows how often a client has come and gone."""

    opened = 0
    closed = 0

    def add(self, cable: Cable) -> None:
        """One more."""
        self.opened += 1
        super().add(cable)

    def remove(self, cable: Cable) -> None:
        """One less."""
        self.closed += 1
        super().remove(cable)


def main() -> None:
    """Serve until stdin ends."""
    os.nice(NICE)
    # Seven chats that take 200 messages a second are over the real limit of 200 a minute each.
    desk = Desk(load("tax"), RunningClock(), bounds=Bounds(messages_per_minute=MOST))
    desk.cables = cables = CountedCables()
    with EmbeddedDesk(desk) as served:
        _tell(served.ready)
        for line in sys.stdin:
            _obey(served, cables, json.loads(line))


def _tell(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _obey(served: EmbeddedDesk, cables: CountedCables, order: Json) -> None:
    """``cables`` counts connections; ``fill`` stores messages that nobody is told of; ``burst`` tells them.

    A burst answers twice: when its messages are stored, and when all are told.
    """
    if order["order"] == "cables":
        _tell({"opened": cables.opened, "closed": cables.closed})
        return
    chats, count = list(order["conversations"]), min(MOST, int(order["count"]))
    written: list[Told] = []
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(count, start + AT_ONCE))
        written += served.call_now(partial(_written, served.desk, chats, numbers))
    _tell({"written": len(written)})
    if order["order"] == "burst":
        began = time.perf_counter()
        telling = _tell_evenly(served.desk, written, float(order["seconds"]))
        asyncio.run(served.call(lambda: telling))
        _tell({"seconds": time.perf_counter() - began})


def _written(desk: Desk, chats: list[int], numbers: range) -> list[Told]:
    """Messages of customers, in turn over the chats, as (who hears it, what they are told)."""
    made: list[Told] = []
    with desk.change() as change:
        for number in numbers:
            row = conversations.conversation(desk.db, chats[number % len(chats)])
            contact = customers.contact(desk.db, row.contact_id) if row else None
            if row is None or contact is None:
                raise LookupError("no such conversation")
            draft = writing.incoming(row, contact, SENTENCE.format(number=number))
            message = writing.customer_writes(change, row, draft)
            made.append((people.audience_tokens(desk.db, row.inbox_id), pushed_message(desk, message)))
        change.events.clear()
    return made


async def _tell_evenly(desk: Desk, written: list[Told], seconds: float) -> None:
    began = time.perf_counter()
    for number, (streams, data) in enumerate(written):
        ahead = began + seconds * number / len(written) - time.perf_counter()
        if ahead > SLOT:
            await asyncio.sleep(ahead)
        elif number % 50 == 0:
            await asyncio.sleep(0)
        desk.hub.publish(streams, "message.created", partial(dict, data))


if __name__ == "__main__":
    main()
