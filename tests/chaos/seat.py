"""One agent's desk, engine and backend in this process, on stepped time; it can be killed at any moment."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from agent_tui.desk import events as d
from agent_tui.desk.effects import AskForTags, Notify, PutBack, PutIn, Ring
from agent_tui.desk.model import DeskState
from agent_tui.desk.steps import Holds
from agent_tui.desk.update import update
from agent_tui.engine.drafts import SqliteDrafts
from agent_tui.engine.engine import Engine
from agent_tui.engine.outbox import SqliteOutbox
from agent_tui.engine.session import Pace
from api_client.chatwoot.backend import ChatwootBackend
from api_client.transport.address import parse_address
from tests.chaos.stepped import LoopTiming
from tests.chaos.wires import Network, WiredHttp, WiredSockets

PACE = Pace(poll=(20.0, 30.0), poll_cut_off=(5.0, 8.0))


class Seat:
    """From its start to its death."""

    def __init__(self, network: Network, token: str, folder: Path, holds: Holds, seed: int) -> None:
        self._loop = network.loop
        self._folder = folder
        self._stores: list[SqliteOutbox | SqliteDrafts] = []
        timing = LoopTiming(self._loop)
        self._http = WiredHttp(network, token)
        self._sockets = WiredSockets(network)
        self.state = DeskState(holds=holds)
        self.dead = False
        self.left: set[str] = set()
        """Echo ids of texts that the screen called on their way."""
        self.engine = Engine(
            lambda: ChatwootBackend(
                parse_address("http://127.0.0.1"),
                self._http,
                self._sockets,
                random=random.Random(seed),
                clocks=timing,
            ),
            self._drafts,
            "server",
            open_outbox=self._outbox,
            timing=timing,
            pace=PACE,
            chance=random.Random(seed),
        )
        self.running = self._loop.create_task(self.engine.run(self._deliver))

    def _drafts(self) -> SqliteDrafts:
        drafts = SqliteDrafts(self._folder / "drafts.db")
        self._stores.append(drafts)
        return drafts

    def _outbox(self) -> SqliteOutbox:
        outbox = SqliteOutbox(self._folder / "outbox.db")
        self._stores.append(outbox)
        return outbox

    def _deliver(self, events: Sequence[d.DeskEvent]) -> None:
        for event in events:
            self.tell(event)

    def tell(self, event: d.DeskEvent) -> None:
        """Something happened at the desk or came from the engine."""
        if self.dead:
            return
        if isinstance(event, d.ReplyLeft):
            self.left.add(event.echo)
        told = update(self.state, event, self._loop.time())
        effects = [one for one in told if not isinstance(one, Notify | Ring | PutBack | PutIn | AskForTags)]
        if effects:
            self.engine.submit(effects)

    async def kill(self) -> None:
        """As ``kill -9``: nothing is written, sent or heard any more."""
        self.dead = self._http.dead = self._sockets.dead = True
        for store in self._stores:
            store.close()
        self.running.cancel()
        with suppress(asyncio.CancelledError):
            await self.running
