"""A bad network and a client that is killed again and again: every text arrives once and in order.

``AGENT_TUI_CHAOS=messages,kills`` makes the run longer, e.g. ``AGENT_TUI_CHAOS=10000,50``; the figures
are printed (``pytest -s``).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any, cast

from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from practice.store.messages import all_of
from tests.chaos.proxy import Proxy
from tests.engine.wire import WireCustomer

MESSAGES, KILLS = map(int, os.environ.get("AGENT_TUI_CHAOS", "60,3").split(","))
PEOPLE = ("Liisa Virtanen", "Pekka Ojala", "Anna Berg")
NAMES = tuple(f"{PEOPLE[number % 3]} {number}" for number in range(max(3, MESSAGES // 100)))
"""More customers for a longer run: a desk takes only so many messages a minute in one conversation."""
SEED = 20261122
PATIENCE = 40 + MESSAGES // 4
"""Seconds the whole run may take."""


class Run:
    """One agent's client behind the proxy, killed and started again; a ledger of what it called sent."""

    def __init__(self, served: EmbeddedDesk, proxy: Proxy, outbox: Path) -> None:
        self._served = served
        self._proxy = proxy
        self._outbox = outbox
        self._chance = random.Random(SEED)
        self.customers: dict[str, WireCustomer] = {}
        self.called_sent: list[str] = []
        self.written: Counter[str] = Counter()
        self.kills = 0

    @property
    def _count(self) -> int:
        return MESSAGES // 2 // len(NAMES)

    async def arrive(self) -> None:
        """Customers come and are the agent's."""
        agents = cast("list[dict[str, Any]]", self._served.ready["agents"])
        self.token = str(agents[0]["token"])
        for name in NAMES:
            customer = self.customers[name] = await WireCustomer.arrive(self._served, name)
            await self.write(name)
            await self._assign(customer)

    async def _assign(self, customer: WireCustomer) -> None:
        desk = self._served.ready
        path = f"/api/v1/accounts/{desk['account_id']}/conversations/{customer.conversation}/assignments"
        me = await call_as(self._served, self.token, "GET", "/api/v1/profile", None)
        await call_as(self._served, self.token, "POST", path, {"assignee_id": me["id"]})

    async def write(self, name: str) -> None:
        """A customer writes their next message."""
        await self.customers[name].say(f"from {name} {self.written[name]}")
        self.written[name] += 1

    async def arrived(self, name: str) -> list[str]:
        """What the server has of the agent's texts to this customer, in its order."""
        number = int(self.customers[name].conversation)
        rows = await self._served.call(lambda: all_of(self._served.desk.db, number))
        return [str(row.content) for row in rows if str(row.content).startswith("to ")]

    async def lives(self, until: int | None) -> bool:
        """A client works until it has called ``until`` texts sent, then is killed; whether it was done."""
        floors = {name: await self._floor(name) for name in NAMES}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.chaos.client", f"http://127.0.0.1:{self._proxy.port}", self.token,
            str(self._outbox), str(self._count), json.dumps(floors),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            while until is None or len(self.called_sent) < until:
                line = (await process.stdout.readline()).decode().strip()
                if line in {"done", ""}:
                    return line == "done"
                self.called_sent.append(json.loads(line))
                await self._trouble()
            self.kills += 1
            return False
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def _floor(self, name: str) -> int:
        said = {*self.called_sent, *await self.arrived(name)}
        return max((int(text.split()[-1]) + 1 for text in said if text.startswith(f"to {name} ")), default=0)

    async def _trouble(self) -> None:
        """Now and then the live connection breaks or stays away; customers go on writing."""
        name = self._chance.choice(NAMES)
        if self.written[name] < self._count:
            await self.write(name)
        draw = self._chance.random()
        if draw < 0.05:
            self._proxy.cut()
        self._proxy.cable = draw > 0.02


async def call_as(served: EmbeddedDesk, token: str, method: str, path: str, body: object) -> Any:
    """A call as an agent, by the front door."""
    from practice.app import create_app
    from practice.customers.door import Door

    door = Door(create_app(served.desk), {"api_access_token": token})
    return await served.call(lambda: door.call(method, path, body))


async def test_nothing_is_lost_doubled_out_of_order_or_with_another_customer(tmp_path: Path) -> None:
    served = EmbeddedDesk.of(load("tax"))
    async with served, Proxy(served.port, SEED, 0.12) as proxy, asyncio.timeout(PATIENCE):
        run = Run(served, proxy, tmp_path / "outbox.db")
        await run.arrive()
        total = run._count * len(NAMES)
        marks = [total * (number + 1) // (KILLS + 1) for number in range(KILLS)]
        for mark in marks:
            await run.lives(mark)
        proxy.cable = True
        assert await run.lives(None)
        found = {name: await run.arrived(name) for name in NAMES}
    served.desk.close()
    _judge(run, proxy, found)


def _judge(run: Run, proxy: Proxy, found: dict[str, list[str]]) -> None:
    everything = [text for texts in found.values() for text in texts]
    lost = set(run.called_sent) - set(everything)
    doubled = [text for text, times in Counter(everything).items() if times > 1]
    astray = [text for name, texts in found.items() for text in texts if not text.startswith(f"to {name} ")]
    numbers = {name: [int(text.split()[-1]) for text in texts] for name, texts in found.items()}
    disordered = [name for name, row in numbers.items() if row != sorted(row)]
    for name in disordered:
        sys.stdout.write(f"{name}: {numbers[name]}\n")
    written, faults = sum(run.written.values()), dict(proxy.faults)
    sys.stdout.write(f"\n{len(everything)} sent, {written} received, {run.kills} kills, faults {faults}\n")
    counts = [len(lost), len(doubled), len(astray), len(disordered)]
    sys.stdout.write("lost {}, doubled {}, astray {}, out of order {}\n".format(*counts))
    assert (lost, doubled, astray, disordered) == (set(), [], [], [])
    assert run.kills == KILLS
