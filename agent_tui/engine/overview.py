"""Looks on at every open conversation one may see; only what a lead does leaves a trace."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from agent_tui.desk import effects as e
from agent_tui.desk import events as d
from agent_tui.desk.customer_effects import LoadNotes
from agent_tui.desk.intake_model import KeepPlans, LookAtIntake, SetIntake
from agent_tui.desk.lead_effects import LeadEffect
from agent_tui.desk.lead_events import LeadDone
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.engine import intake
from agent_tui.engine.board_lists import BoardLists
from agent_tui.engine.engine import Deliver
from agent_tui.engine.failures import failed
from agent_tui.engine.intake_keeper import IntakeKeeper, PlansKept
from agent_tui.engine.leading import Leading
from agent_tui.engine.live import LiveFeed
from agent_tui.engine.requests import Requests
from agent_tui.engine.retrying import Retrying
from agent_tui.engine.sending import Sender, SendingLimits, Unsettled
from agent_tui.engine.tasks import Tasks
from agent_tui.engine.team_limits import LOOK_EVERY, TeamLimitsFile
from agent_tui.engine.timing import SystemTiming, wait_at_most
from api_client.backend import Backend
from api_client.errors import ApiError, NotAllowed, NotFound, Unsupported
from api_client.models.identity import AgentId, QueueId

_log = logging.getLogger(__name__)

T = TypeVar("T")

_READS: Final = (e.LookAt, e.LoadNewest, e.LoadOlder, e.LoadMissed, e.LoadPrevious, LoadNotes)
"""Of a conversation that is watched."""

_PATIENCE: Final = 20.0
_FIRST_LIST: Final = 1.5
"""Seconds that the live connection gets to be there, which lists by itself."""
_POLL: Final = (60.0, 120.0)
"""Seconds between two listings that look for what no push has told."""
_CHECK: Final = (2.0, 10.0)
"""Seconds after a loss between knowing what changed and listing everything."""


class Overview:
    """Of what a desk wants done, it fetches, and does what a lead does; all else is left.

    Nothing is marked as seen, nobody is shown as typing.
    """

    def __init__(
        self,
        connect: Callable[[], Backend],
        *,
        team: Iterable[Path] = (),
        plans: PlansKept | None = None,
    ) -> None:
        self._connect = connect
        self._limits = TeamLimitsFile(team)
        self._intake = IntakeKeeper(lambda: self._signed_in, plans, self._tell)
        self._retrying = Retrying(SystemTiming(), random.Random())  # noqa: S311  spreads pauses only
        self._tasks = Tasks()
        self._emit: Callable[[d.DeskEvent], None] = _nobody
        self._backend: Backend | None = None
        self._me = AgentId("")
        self._live = asyncio.Event()
        self._requests: Requests | None = None
        self._leading: Leading | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._stop_asked = False

    def submit(self, effects: Sequence[e.EngineEffect]) -> None:
        """Perform these. From any thread."""
        self._call(lambda: self._perform(effects))

    def stop(self) -> None:
        """Let :meth:`run` come to its end. From any thread."""
        self._stop_asked = True
        self._call(self._stopping.set)

    async def run(self, deliver: Deliver) -> None:
        """Sign in and follow until stopped, or until the sign-in fails, which is told as an event."""
        self._loop = asyncio.get_running_loop()
        self._emit = lambda event: deliver((event,))
        if self._stop_asked:
            self._stopping.set()
        following = asyncio.ensure_future(self._follow())
        stopped = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((following, stopped), return_when=asyncio.FIRST_COMPLETED)
        finally:
            following.cancel()
            stopped.cancel()
            await asyncio.gather(following, stopped, return_exceptions=True)

    def _call(self, callback: Callable[[], object]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):  # closed in between
                self._loop.call_soon_threadsafe(callback)

    def _perform(self, effects: Sequence[e.EngineEffect]) -> None:
        for effect in effects:
            if isinstance(effect, e.FetchConversation):
                self._tasks.spawn(self._quietly(partial(self._fetch, effect)))
            elif isinstance(effect, e.ReloadCatalog):
                self._tasks.spawn(self._quietly(self._catalog))
            elif isinstance(effect, _READS) and self._requests is not None:
                self._tasks.spawn(self._answered(effect, self._requests.answer(effect)))
            elif isinstance(effect, LeadEffect) and self._leading is not None:
                self._tasks.spawn(self._answered(effect, self._led(effect, self._leading)))
            elif isinstance(effect, LookAtIntake | SetIntake | KeepPlans):
                self._tasks.spawn(self._intake.perform(effect))

    def _tell(self, event: d.DeskEvent) -> None:
        self._emit(event)

    async def _answered(self, effect: e.EngineEffect, work: Awaitable[d.DeskEvent | None]) -> None:
        try:
            answer = await work
        except (ApiError, Unsettled) as error:
            problem = Problem(Trouble.UNCERTAIN) if isinstance(error, Unsettled) else intake.problem_of(error)
            answer = failed(effect, problem)
        if answer is not None:
            self._emit(answer)

    async def _led(self, effect: LeadEffect, leading: Leading) -> d.DeskEvent:
        told = await leading.perform(effect)
        return LeadDone(effect, None if told is None else intake.chat_of(told, self._me))

    async def _follow(self) -> None:
        try:
            self._backend = self._connect()
            me = await self._retrying.ask(self._backend.sign_in, patience=_PATIENCE)
            self._me = me.agent.id
            lists = BoardLists(self._backend, self._me, self._retrying, self._emit)
            sender = self._equip(self._backend)
            self._emit(intake.signed_in(me, self._backend.capabilities))
            self._intake.restore()
            self._tasks.spawn(self._quietly(self._catalog))
            self._tasks.spawn(self._poll(lists))
            self._tasks.spawn(self._watch_limits())
            await self._feed(self._backend, sender, lists).run()
        except ApiError as error:
            self._emit(d.StartFailed(intake.problem_of(error)))
        except Exception:  # noqa: BLE001  a fault of ours is told too, not only logged
            _log.exception("the overview ended unexpectedly")
            self._emit(d.StartFailed(intake.UNEXPLAINED))
        finally:
            await self._tasks.cancel_all()
            if self._backend is not None:
                await self._backend.aclose()

    def _equip(self, backend: Backend) -> Sender:
        sender = Sender(backend, self._me, self._live, self._retrying, limits=SendingLimits(), ready=_at_once)
        self._requests = Requests(backend, self._me, sender, self._retrying)
        self._leading = Leading(backend, sender, self._retrying)
        return sender

    def _feed(self, backend: Backend, sender: Sender, lists: BoardLists) -> LiveFeed:
        return LiveFeed(
            backend,
            self._me,
            emit=self._emit,
            lists=lists,
            on_message=sender.heard,
            on_catalog=lambda: self._perform((e.ReloadCatalog(),)),
            retrying=self._retrying,
            tasks=self._tasks,
            live=self._live,
            check=_CHECK,
        )

    async def _watch_limits(self) -> None:
        while True:
            limits = self._limits.refresh()
            if limits is not None:
                self._emit(limits)
            await self._retrying.timing.sleep(LOOK_EVERY)

    async def _poll(self, lists: BoardLists) -> None:
        # Where no live connection comes about, the lists are told all the same.
        if not await wait_at_most(self._retrying.timing, _FIRST_LIST, self._live):
            await self._quietly(lists.refresh)
        while True:
            await self._retrying.timing.sleep(self._retrying.chance.uniform(*_POLL))
            await self._quietly(lists.refresh)

    async def _quietly(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except ApiError as error:
            _log.warning("the board's lists were not fetched: %s", error)

    async def _fetch(self, effect: e.FetchConversation) -> None:
        told = await self._ask(lambda: self._signed_in.conversation(effect.conversation))
        self._emit(d.ConversationChanged(intake.chat_of(told, self._me)))

    async def _catalog(self) -> None:
        backend = self._signed_in
        queues, agents = await asyncio.gather(_granted(backend.queues()), _granted(backend.agents()))
        self._emit(intake.catalog(queues, agents, (), ()))
        serve = {queue.id: await self._serving(queue.id) for queue in queues}
        self._emit(intake.catalog(queues, agents, (), (), serve))

    async def _serving(self, queue: QueueId) -> frozenset[AgentId] | None:
        try:
            return await self._ask(lambda: self._signed_in.queue_agents(queue))
        except (NotAllowed, NotFound, Unsupported):
            return None

    async def _ask(self, request: Callable[[], Awaitable[T]]) -> T:
        return await self._retrying.ask(request, patience=_PATIENCE)

    @property
    def _signed_in(self) -> Backend:
        if self._backend is None:
            raise RuntimeError("the overview has not signed in")
        return self._backend


async def _granted(request: Awaitable[tuple[T, ...]]) -> tuple[T, ...]:
    """The list, or an empty one where the role or the backend has none to give."""
    try:
        return await request
    except (NotAllowed, NotFound, Unsupported):
        return ()


def _nobody(event: d.DeskEvent) -> None:
    """Nothing is told before the start."""


async def _at_once(reply: e.SendReply, patience: float) -> None:
    """A whisper waits for nothing: no customer reads it."""
