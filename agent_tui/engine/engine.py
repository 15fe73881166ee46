"""The engine: performs effects on an event loop and tells what comes of them, in batches."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from agent_tui.desk.effects import EngineEffect
from agent_tui.desk.events import DeskEvent, StartFailed
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import clean_line
from agent_tui.engine import intake
from agent_tui.engine.bookshelf import Bookshelf, TextPlaces
from agent_tui.engine.carrying import CarryingMeans
from agent_tui.engine.draft_keeper import DraftKeeper
from agent_tui.engine.drafts import DraftStore
from agent_tui.engine.filework import FileRules
from agent_tui.engine.linkwork import LinkMeans
from agent_tui.engine.outbox import MemoryOutbox, OutboxStore
from agent_tui.engine.outbox_keeper import OutboxKeeper
from agent_tui.engine.private_base import InUse
from agent_tui.engine.retrying import Retrying
from agent_tui.engine.session import Pace, Session
from agent_tui.engine.timing import SystemTiming, Timing
from api_client.backend import Backend
from api_client.errors import ApiError
from api_client.models.people import Me

_log = logging.getLogger(__name__)

Deliver = Callable[[Sequence[DeskEvent]], None]
"""Takes a batch of events. Called on the engine's thread; must return at once."""

_SIGN_IN_PATIENCE: Final = 2.0
_GOODBYE: Final = 1.0
"""Seconds the backend gets to close its connections."""


class Engine:
    """One desk's engine.

    Args:
        connect: makes the backend; called on the engine's thread, which pays for its imports.
        open_drafts: opens the store of drafts; called there too.
        server: names the server and account, so that drafts find their owner again.
        open_outbox: opens the store of texts on their way; called there too.
        links: what it works with on addresses.
        files: what the settings say about files.
        carrying: what it works with to take chats out of the desk.
        texts: where canned responses are; ``None`` where nobody writes.
    """

    def __init__(
        self,
        connect: Callable[[], Backend],
        open_drafts: Callable[[], DraftStore],
        server: str,
        *,
        open_outbox: Callable[[], OutboxStore] = MemoryOutbox,
        links: LinkMeans | None = None,
        carrying: CarryingMeans | None = None,
        timing: Timing | None = None,
        pace: Pace | None = None,
        chance: random.Random | None = None,
        files: FileRules | None = None,
        texts: TextPlaces | None = None,
    ) -> None:
        self._connect = connect
        self._server = server
        self._deliver: Deliver = _nobody
        self._timing = timing or SystemTiming()
        self._pace = pace or Pace()
        self._retrying = Retrying(self._timing, chance or random.Random())  # noqa: S311  spreads pauses only
        self._files = files or FileRules()
        self._drafts = DraftKeeper(open_drafts, self._timing, self._emit)
        self._shelf = None if texts is None else Bookshelf(texts, self._emit_from_anywhere)
        self._kept = OutboxKeeper(open_outbox, self._emit)
        self._links = links or LinkMeans()
        self._carrying = carrying or CarryingMeans()
        self._inbox: deque[EngineEffect] = deque()
        self._outbox: list[DeskEvent] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._stop_asked = False
        self._session: Session | None = None

    def submit(self, effects: Sequence[EngineEffect]) -> None:
        """Perform these, in order where order matters. From any thread; before the start they wait."""
        self._inbox.extend(effects)
        self._call(self._take_in)

    def stop(self) -> None:
        """Let :meth:`run` come to its end. From any thread."""
        self._stop_asked = True
        self._call(self._stopping.set)

    async def run(self, deliver: Deliver) -> None:
        """Sign in and serve until stopped, or until the sign-in fails; nothing is raised."""
        self._deliver = deliver
        self._loop = asyncio.get_running_loop()
        backend: Backend | None = None
        if self._shelf is not None:
            self._shelf.start()
        if self._stop_asked:
            self._stopping.set()
        try:
            backend = self._connect()
            me = await self._signed_in(backend)
            if me is not None:
                await self._serve(backend, me)
        except ApiError as error:
            _log.warning("the start failed: %s", error)
            self._emit(StartFailed(intake.problem_of(error)))
        except InUse as error:
            self._emit(StartFailed(Problem(Trouble.IN_USE, clean_line(str(error)))))
        except Exception:  # noqa: BLE001  a fault of ours is told too, not only logged
            _log.exception("the engine ended unexpectedly")
            self._emit(StartFailed(intake.UNEXPLAINED))
        finally:
            await self._close(backend)

    async def _signed_in(self, backend: Backend) -> Me | None:
        """Who the agent is; ``None`` when stopped before the server said so."""
        asking = asyncio.ensure_future(self._retrying.ask(backend.sign_in, patience=_SIGN_IN_PATIENCE))
        stopped = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((asking, stopped), return_when=asyncio.FIRST_COMPLETED)
            return await asking if asking.done() else None
        finally:
            asking.cancel()
            stopped.cancel()

    async def _serve(self, backend: Backend, me: Me) -> None:
        self._emit(intake.signed_in(me, backend.capabilities))
        owner = f"{self._server}#{me.agent.id}"
        left = self._kept.restore(owner)
        self._drafts.restore(owner, left)
        session = Session(
            backend,
            me,
            drafts=self._drafts,
            outbox=self._kept,
            left=left,
            emit=self._emit,
            retrying=self._retrying,
            pace=self._pace,
            links=self._links,
            owner=owner,
            files=self._files,
            carrying=self._carrying,
            shelf=self._shelf,
        )
        session.start()
        self._session = session
        self._take_in()
        try:
            await self._stopping.wait()
        finally:
            self._take_in()
            await session.finish()

    async def _close(self, backend: Backend | None) -> None:
        self._session = None
        self._drafts.close()
        self._kept.close()
        if self._shelf is not None:
            self._shelf.close()
        if backend is not None:
            try:
                async with asyncio.timeout(_GOODBYE):
                    await backend.aclose()
            except (ApiError, TimeoutError, OSError) as error:
                _log.info("the connection did not close by itself: %s", error)
        self._send_out()

    def _take_in(self) -> None:
        while self._session is not None and self._inbox:
            self._session.submit(self._inbox.popleft())

    def _emit(self, event: DeskEvent) -> None:
        if not self._outbox and self._loop is not None:
            self._loop.call_soon(self._send_out)
        self._outbox.append(event)

    def _emit_from_anywhere(self, event: DeskEvent) -> None:
        self._call(lambda: self._emit(event))

    def _send_out(self) -> None:
        batch, self._outbox = self._outbox, []
        if batch:
            self._deliver(batch)

    def _call(self, callback: Callable[[], object]) -> None:
        loop = self._loop
        if loop is None:
            return
        try:
            loop.call_soon_threadsafe(callback)
        except RuntimeError:
            _log.debug("the engine's loop has ended")


def _nobody(events: Sequence[DeskEvent]) -> None:
    """Nothing is told before the start."""
