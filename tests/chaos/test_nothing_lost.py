"""A bad network and a client that is killed again and again: every text arrives once and in order.

``AGENT_TUI_CHAOS=messages,kills`` makes the run longer, e.g. ``AGENT_TUI_CHAOS=10000,50`` (``make chaos``);
the figures are printed (``pytest -s``).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from practice.bounds import Bounds
from practice.clock import RunningClock
from practice.desk import Desk
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from practice.store.messages import all_of
from practice.store.rows import Message
from tests.chaos.client import NO_START
from tests.chaos.ledger import Ledger, Shown, verdict
from tests.chaos.proxy import Proxy
from tests.engine.wire import WireCustomer

MESSAGES, KILLS = map(int, os.environ.get("AGENT_TUI_CHAOS", "60,3").split(","))
PEOPLE = ("Liisa Virtanen", "Pekka Ojala", "Anna Berg")
NAMES = tuple(f"{PEOPLE[number % 3]} {number}" for number in range(min(40, max(3, MESSAGES // 100))))
"""More customers for a longer run: one conversation takes one text at a time."""
COUNT = MESSAGES // 2 // len(NAMES)
"""Texts of each side in each conversation."""
SEED = 20261122
PATIENCE = 60 + MESSAGES // 4
"""Seconds the whole run may take."""


class Run:
    """One agent's client behind the proxy, killed and started again, and everybody else around it."""

    def __init__(self, served: EmbeddedDesk, proxy: Proxy, outbox: Path) -> None:
        self._served = served
        self._proxy = proxy
        self._outbox = outbox
        self._chance = random.Random(SEED)
        self._process: asyncio.subprocess.Process
        self._left = 0
        """Texts that the clients have called sent, or that had arrived when the newest began."""
        self.customers: dict[str, WireCustomer] = {}
        self.ledger = Ledger()

    async def arrive(self) -> None:
        """Customers come and are the agent's."""
        agents = cast("list[dict[str, Any]]", self._served.ready["agents"])
        self.token, self._colleague = str(agents[0]["token"]), str(agents[1]["token"])
        me = await call_as(self._served, self.token, "GET", "/api/v1/profile", None)
        for name in NAMES:
            self.customers[name] = await WireCustomer.arrive(self._served, name)
            await self.write(name)
            place = f"{self._place(name)}/assignments"
            await call_as(self._served, self.token, "POST", place, {"assignee_id": me["id"]})

    def _place(self, name: str) -> str:
        account = self._served.ready["account_id"]
        return f"/api/v1/accounts/{account}/conversations/{self.customers[name].conversation}"

    async def write(self, name: str) -> None:
        """A customer writes their next message."""
        await self.customers[name].say(f"from {name} {self.ledger.written[name]}")
        self.ledger.written[name] += 1

    async def rows(self, name: str) -> list[Message]:
        """All messages of a conversation as the server has them."""
        number = int(self.customers[name].conversation)
        return await self._served.call(lambda: all_of(self._served.desk.db, number))

    async def arrived(self, name: str) -> list[str]:
        """What the server has of the agent's texts to this customer, in its order."""
        return [str(row.content) for row in await self.rows(name) if str(row.content).startswith("to ")]

    async def kept(self, name: str) -> Shown:
        """The conversation as a client should show it."""
        rows = await self.rows(name)
        return [(str(row.id), row.content or "", bool(row.content_attributes.get("deleted"))) for row in rows]

    async def lives(self, until: int) -> None:
        """A client works until ``until`` texts have left, then is killed."""
        await self._start()
        while self._left < until:
            assert await self._hear() != "done", f"everything is said, and only {self._left} texts have left"
        await asyncio.sleep(self._chance.uniform(0, 0.1))  # a kill strikes at any moment
        await self._kill()
        self.ledger.kills += 1
        sys.stdout.write(f"kill {self.ledger.kills}: {len(self.ledger.called_sent)} called sent\n")

    async def comes_to_rest(self) -> dict[str, Shown]:
        """A last client says what is left; what it shows when the trouble is over."""
        await self._start()
        while await self._hear() != "done":
            pass
        for name in NAMES:
            while self.ledger.written[name] < COUNT:
                await self.write(name)
        self._proxy.calm()
        try:
            return await self._until_shown()
        finally:
            await self._kill()

    async def _until_shown(self) -> dict[str, Shown]:
        """What the client shows, once that is right; else what it shows after a while."""
        kept = {name: await self.kept(name) for name in NAMES}
        shown: dict[str, Shown] = {}
        for _ in range(60):
            shown = await self._shown()
            if shown == kept:
                break
            await asyncio.sleep(0.5)  # between two looks
        return shown

    async def _shown(self) -> dict[str, Shown]:
        assert self._process.stdin is not None
        self._process.stdin.write(b"show\n")
        line = "done"
        while not line.startswith("{"):
            line = await self._hear()
        told = {conversation: [(*one,) for one in log] for conversation, log in json.loads(line).items()}
        return {name: told.get(customer.conversation, []) for name, customer in self.customers.items()}

    async def _start(self) -> None:
        floors = {name: await self._floor(name) for name in NAMES}
        self._left = sum(floors.values())
        with self._outbox.with_name("client.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.chaos.client", f"http://127.0.0.1:{self._proxy.port}",
                self.token, str(self._outbox), str(COUNT), json.dumps(floors),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log, limit=2**24,
            )  # fmt: skip

    async def _kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        assert self._process.stdout is not None
        rest = (await self._process.stdout.read()).decode()
        whole, _, _ = rest.rpartition("\n")
        for line in whole.splitlines():
            self._called(line)
        await self._process.wait()

    def _called(self, line: str) -> bool:
        """Whether a line of the client's calls a text sent."""
        if not line.startswith('"'):
            return False
        self.ledger.called_sent.append(json.loads(line))
        self._left += 1
        return True

    async def _hear(self) -> str:
        """The client's next line; meanwhile others do something. One that cannot sign in starts again."""
        assert self._process.stdout is not None
        line = (await self._process.stdout.readline()).decode().strip()
        if not line:
            assert await self._process.wait() == NO_START, "the client ended by itself"
            await self._start()
        if self._called(line):
            await self._life()
        return line

    async def _floor(self, name: str) -> int:
        said = {*self.ledger.called_sent, *await self.arrived(name)}
        return max((int(text.split()[-1]) + 1 for text in said if text.startswith(f"to {name} ")), default=0)

    async def _life(self) -> None:
        """Customers go on writing; now and then a colleague joins in or a message is deleted."""
        name = self._chance.choice(NAMES)
        if self.ledger.written[name] < COUNT:
            await self.write(name)
        draw = self._chance.random()
        if draw < 0.03:
            await self._delete_one(name)
        elif draw < 0.04:
            note = {"content": f"colleague to {name}", "private": self._chance.random() < 0.5}
            await call_as(self._served, self._colleague, "POST", f"{self._place(name)}/messages", note)

    async def _delete_one(self, name: str) -> None:
        theirs = [row for row in await self.rows(name) if str(row.content).startswith("from ")]
        gone = self._chance.choice(theirs[-8:])
        await call_as(
            self._served, self._colleague, "DELETE", f"{self._place(name)}/messages/{gone.id}", None
        )

    async def weather(self) -> None:
        """Now and then the live connection breaks or stays away, and now and then it alone is there."""
        chance = random.Random(SEED + 1)
        while True:
            await asyncio.sleep(chance.uniform(0.3, 1.5))  # how long each weather lasts
            draw = chance.random()
            if draw < 0.25:
                self._proxy.cut()
                self._proxy.faults["live connection cut"] += 1
            self._proxy.cable, self._proxy.rest = draw > 0.1, draw < 0.95
            self._proxy.faults["live connection away"] += not self._proxy.cable
            self._proxy.faults["only the live connection"] += not self._proxy.rest


async def call_as(served: EmbeddedDesk, token: str, method: str, path: str, body: object) -> Any:
    """A call as an agent, by the front door."""
    from practice.app import create_app
    from practice.customers.door import Door

    door = Door(create_app(served.desk), {"api_access_token": token})
    return await served.call(lambda: door.call(method, path, body))


@pytest.mark.timeout(PATIENCE + 30)
async def test_nothing_is_lost_doubled_out_of_order_with_another_customer_or_shown_otherwise(
    tmp_path: Path,
) -> None:
    bounds = Bounds(messages_per_minute=100_000)
    served = EmbeddedDesk(Desk(load("tax"), RunningClock(), seed_number=1, bounds=bounds))
    async with served, Proxy(served.port, SEED, 0.12, 0.03) as proxy, asyncio.timeout(PATIENCE):
        run = Run(served, proxy, tmp_path / "outbox.db")
        await run.arrive()
        weather = asyncio.create_task(run.weather())
        for number in range(KILLS):
            await run.lives(COUNT * len(NAMES) * (number + 1) // (KILLS + 1))
        weather.cancel()
        shown = await run.comes_to_rest()
        found = {name: await run.arrived(name) for name in NAMES}
        kept = {name: await run.kept(name) for name in NAMES}
    served.desk.close()
    _judge(run.ledger, proxy, found, kept, shown)


def _judge(
    ledger: Ledger, proxy: Proxy, found: dict[str, list[str]], kept: dict[str, Shown], shown: dict[str, Shown]
) -> None:
    judged = verdict(ledger, found, kept, shown)
    sent, written = sum(map(len, found.values())), sum(ledger.written.values())
    faults = ", ".join(f"{kind} {times}" for kind, times in sorted(proxy.faults.items()))
    sys.stdout.write(f"\n{sent} sent, {written} received, {ledger.kills} kills\nfaults: {faults}\n{judged}\n")
    for name in judged.misshown:
        there, here = set(kept[name]), set(shown[name])
        sys.stdout.write(f"{name}: not shown {sorted(there - here)}, only shown {sorted(here - there)}\n")
    assert not any((judged.lost, judged.doubled, judged.astray, judged.disordered, judged.misshown)), judged
    assert (ledger.kills, sent) == (KILLS, COUNT * len(NAMES))
