"""Follows the live connection: fills the gap after each loss before anything newer is told."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Final, Protocol, assert_never

from agent_tui.desk import events as d
from agent_tui.desk.absence import Absence
from agent_tui.engine import intake
from agent_tui.engine.clock import ServerClock
from agent_tui.engine.retrying import Retrying
from agent_tui.engine.tasks import Tasks
from api_client.backend import Backend
from api_client.errors import ApiError
from api_client.models import events as b
from api_client.models.identity import AgentId
from api_client.models.message import Message

_log = logging.getLogger(__name__)

HOLD: Final = 10.0
"""Seconds that newer events wait for the gap to be filled; longer would be a gap of our own making."""
_RESTART: Final = 5.0
"""Seconds before a live connection that ended by itself, which none should, is asked for again."""


class Lists(Protocol):
    """The conversations that a desk is about, fetched and told."""

    async def changed(self, within: float) -> bool:
        """Tell what changed in the last so many seconds; returns whether that could be done."""
        ...

    async def refresh(self) -> None:
        """List everything and tell it.

        Raises:
            ApiError: the server did not answer in a while.
        """
        ...

    async def check(self) -> None:
        """The same when nobody waits for it."""
        ...


class LiveFeed:
    """The live connection of one signed-in agent, told to the desk in order."""

    def __init__(
        self,
        backend: Backend,
        me: AgentId,
        *,
        emit: Callable[[d.DeskEvent], None],
        lists: Lists,
        on_message: Callable[[Message], None],
        on_catalog: Callable[[], None],
        retrying: Retrying,
        tasks: Tasks,
        live: asyncio.Event,
        check: tuple[float, float],
    ) -> None:
        """``live`` is set while connected.

        ``check``: seconds after which everything is listed where only what changed was; drawn anew each time.
        """
        self._backend = backend
        self._me = me
        self._emit = emit
        self._lists = lists
        self._on_message = on_message
        self._on_catalog = on_catalog
        self._timing = retrying.timing
        self._retrying = retrying
        self._tasks = tasks
        self._live = live
        self._check = check
        self._absence = Absence()
        self._clock = ServerClock()
        self._held: list[d.DeskEvent] | None = None
        self._filling: list[asyncio.Task[None]] = []
        self.not_understood: Counter[str] = Counter()
        """Frames of unknown or broken kinds, by name."""

    async def run(self) -> None:
        """Follow it until cancelled."""
        while True:
            try:
                async for event in self._backend.events():
                    self._take(event)
            except ApiError as error:
                _log.warning("the live connection ended: %s", error)
            except Exception:  # noqa: BLE001  the connection outlives any fault of ours
                _log.exception("the live connection ended unexpectedly")
            self._absence.lose_track()
            self._take(b.ConnectionLost("closed", _RESTART, 1))
            await self._timing.sleep(_RESTART)

    def _take(self, event: b.BackendEvent) -> None:
        match event:
            case b.Connected(gap):
                self._connected(gap)
            case b.ConnectionLost(reason, retry_in, attempt):
                self._lost()
                self._emit(d.ConnectionDropped(reason, retry_in, attempt))
            case b.SignInRefused():
                self._lost()
                self._emit(d.AccessRefused())
            case b.ServerTime():
                self._heard(event)
            case b.MessageCreated(message, unread, last_activity_at):
                self._on_message(message)
                line = intake.line_of(message, self._me)
                self._tell(d.MessageReceived(message.conversation, line, unread, last_activity_at))
            case b.MessageUpdated(message):
                self._on_message(message)
                self._tell(d.MessageChanged(message.conversation, intake.line_of(message, self._me)))
            case b.ConversationChanged(conversation):
                self._tell(d.ConversationChanged(intake.chat_of(conversation, self._me)))
            case b.ContactSeen(conversation_id, at):
                self._tell(d.CustomerRead(conversation_id, at))
            case b.TypingChanged():
                self._typing(event)
            case b.PresenceChanged(agents, contacts):
                self._tell(d.PresenceSeen(dict(agents), frozenset(contacts)))
            case b.CatalogChanged():
                self._on_catalog()
            case b.Unknown(name):
                self.not_understood[name] += 1
            case b.Malformed(name, problem):
                self.not_understood[name] += 1
                _log.warning("a frame %r was not understood: %s", name, problem)
            case _:
                assert_never(event)

    def _tell(self, event: d.DeskEvent) -> None:
        if self._held is None:
            self._emit(event)
        else:
            self._held.append(event)

    def _typing(self, event: b.TypingChanged) -> None:
        if event.by_customer or event.typist != self._me:
            who = intake.shielded_line(event.who)
            self._tell(d.TypingSeen(event.conversation, who, event.by_customer, event.on))

    def _heard(self, sample: b.ServerTime) -> None:
        offset = self._clock.hear(sample)
        if offset is not None:
            self._emit(d.ServerHeard(offset))

    def _connected(self, gap: float | None) -> None:
        self._lost()
        self._live.set()
        self._held = []
        self._emit(d.Subscribed())
        within = self._absence.over(gap, self._timing.now())
        self._filling = [self._tasks.spawn(self._fill(within)), self._tasks.spawn(self._hold())]

    def _lost(self) -> None:
        self._live.clear()
        for task in self._filling:
            task.cancel()
        self._release()

    async def _fill(self, within: float | None) -> None:
        """What changed is enough to go on; what a list of changes does not tell is looked for behind it."""
        if within is not None and await self._changed(within):
            self._filled()
            await self._timing.sleep(self._retrying.chance.uniform(*self._check))
            await self._until_listed(self._lists.check)
        else:
            await self._until_listed(self._lists.refresh)
            self._filled()

    async def _changed(self, within: float) -> bool:
        try:
            return await self._lists.changed(within)
        except Exception:  # noqa: BLE001  the connection outlives any fault of ours
            _log.exception("what changed was not told")
            return False

    async def _until_listed(self, everything: Callable[[], Awaitable[None]]) -> None:
        """List until it works: a desk that shows an old list as live would lie."""
        backoff = self._retrying.backoff()
        while True:
            try:
                await everything()
            except ApiError as error:
                _log.warning("the lists were not refreshed: %s", error)
            except Exception:  # noqa: BLE001  the connection outlives any fault of ours
                _log.exception("the lists were not refreshed")
            else:
                return
            await self._timing.sleep(backoff.next_wait())

    def _filled(self) -> None:
        self._absence.filled()
        self._emit(d.ConnectionOpened())
        self._release()

    async def _hold(self) -> None:
        await self._timing.sleep(HOLD)
        self._release()

    def _release(self) -> None:
        held, self._held = self._held, None
        for event in held or ():
            self._emit(event)
