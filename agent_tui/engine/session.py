"""One signed-in agent at work: routes each effect to the part that performs it, and keeps the lists fresh."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Final, assert_never

from msgspec import Struct, field

from agent_tui.desk import effects as e
from agent_tui.desk import events as d
from agent_tui.desk.customer_effects import ChangeCustomer, LoadNotes, SetAttribute, WriteNote
from agent_tui.desk.intake_model import IntakeEffect
from agent_tui.desk.lead_effects import LeadEffect
from agent_tui.desk.link_effects import CheckLink, KeepLinkUse, OpenLink, ReadBookmarks
from agent_tui.desk.model import Draft
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text_effects import CountSearch, CountText, SaveText, TextEffect
from agent_tui.desk.transcript import Unsent
from agent_tui.engine import intake
from agent_tui.engine.bookshelf import Bookshelf
from agent_tui.engine.carrying import Carrying, CarryingMeans
from agent_tui.engine.catching_up import CatchingUp, Overtaken
from agent_tui.engine.draft_keeper import DraftKeeper
from agent_tui.engine.failures import failed
from agent_tui.engine.filework import FileRules, FileWork
from agent_tui.engine.lanes import Lanes
from agent_tui.engine.linkwork import LinkMeans, Linkwork
from agent_tui.engine.live import LiveFeed
from agent_tui.engine.local_files import FileUnfit
from agent_tui.engine.newest import NewestOnly
from agent_tui.engine.outbox_keeper import OutboxKeeper
from agent_tui.engine.records import Records
from agent_tui.engine.requests import RequestEffect, Requests
from agent_tui.engine.retrying import Retrying
from agent_tui.engine.roster import Roster
from agent_tui.engine.sending import Sender, SendingLimits, Unsettled
from agent_tui.engine.tasks import Tasks
from agent_tui.engine.timing import wait_at_most
from api_client.backend import Backend
from api_client.errors import ApiError, NotSignedIn
from api_client.models.identity import ConversationId, EchoId, MessageId
from api_client.models.people import Me

_log = logging.getLogger(__name__)

Emit = Callable[[d.DeskEvent], None]


class Pace(Struct, frozen=True):
    """How often and how long, in seconds."""

    first_list: float = 1.5
    """What the live connection gets to open before the lists are fetched without it."""
    poll: tuple[float, float] = (60.0, 120.0)
    """Between two looks for what no push has told; drawn anew each time."""
    poll_cut_off: tuple[float, float] = (15.0, 30.0)
    """The same while the live connection is lost: nothing else tells of what happens."""
    check: tuple[float, float] = (2.0, 10.0)
    """After a loss, between knowing what changed and listing all; spread, as all agents come back at once."""
    typing: float = 0.2
    """Without a further key before a search over everything is made."""
    seen: float = 1.0
    """Between two read marks of one conversation."""
    finish: float = 2.0
    """What replies under way get to leave when the agent does."""
    sending: SendingLimits = field(default_factory=SendingLimits)


_CATALOG_EVERY: Final = 2.0
_CATALOG_PATIENCE: Final = 300.0


class Session:
    """From signing in to leaving. Made and used on the engine's loop."""

    def __init__(
        self,
        backend: Backend,
        me: Me,
        *,
        drafts: DraftKeeper,
        outbox: OutboxKeeper,
        left: Iterable[Unsent],
        emit: Emit,
        retrying: Retrying,
        pace: Pace,
        links: LinkMeans,
        owner: str,
        files: FileRules,
        carrying: CarryingMeans,
        shelf: Bookshelf | None = None,
    ) -> None:
        """``owner``: server and agent. ``left``: texts of an earlier run that the outbox still keeps.

        ``shelf``: the canned responses, where anybody writes.
        """
        self._emit_outside = emit
        self._timing = timing = retrying.timing
        self._retrying = retrying
        self._pace = pace
        self._drafts = drafts
        self._outbox = outbox
        self._shelf = shelf
        self._live = asyncio.Event()
        self._tasks = Tasks()
        self._linkwork = Linkwork(links, owner, self._emit, self._tasks)
        self._carrying = Carrying(carrying, Records(backend, retrying), self._emit, self._tasks)
        agent = me.agent.id
        self._sender = Sender(
            backend,
            agent,
            self._live,
            retrying,
            limits=pace.sending,
            ready=self._ready,
            handed=self._tell_handed,
        )
        self._files = FileWork(backend, retrying, files, emit)
        self._sender.remember(left, outbox.sent)
        self._requests = Requests(backend, agent, self._sender, retrying)
        self._catching_up = CatchingUp(self._requests.missed, self._emit, self._live)
        self._roster = Roster(backend, agent, fetch=self._requests.fetch, retrying=retrying, emit=self._emit)
        self._feed = LiveFeed(
            backend,
            agent,
            emit=self._emit,
            lists=self._roster,
            on_message=self._sender.heard,
            on_catalog=lambda: self._catalogs.put("catalog", e.ReloadCatalog()),
            retrying=retrying,
            tasks=self._tasks,
            live=self._live,
            check=pace.check,
        )
        self._lanes = Lanes(self._perform, self._give_up, self._tasks)
        self._reads = NewestOnly(self._attempt, self._tasks, timing)
        self._states = NewestOnly(self._attempt, self._tasks, timing)
        self._marks = NewestOnly(self._attempt, self._tasks, timing, interval=pace.seen)
        self._catalogs = NewestOnly(self._attempt, self._tasks, timing, interval=_CATALOG_EVERY)
        self._search: asyncio.Task[None] | None = None
        self._everywhere: asyncio.Task[None] | None = None
        self._refused = False
        self._lost = asyncio.Event()
        """The live connection was lost and what was missed since is not known yet."""

    def start(self) -> None:
        """Fetch the lists, follow the live connection, look again now and then."""
        self._linkwork.start()
        self._tasks.spawn(self._feed.run())
        self._tasks.spawn(self._load_catalog())
        self._tasks.spawn(self._load_unconnected())
        self._tasks.spawn(self._poll())

    def submit(self, effect: e.EngineEffect) -> None:
        """Perform an effect; what comes of it is told as an event."""
        match effect:
            case e.SendReply(conversation, echo, text, note, after, files):
                self._catching_up.written(effect)
                self._outbox.keep(Unsent(conversation, echo, text, note, after, files))
                self._drafts.write()
                self._lanes.put(effect)
            case e.KeepText(conversation, echo, text, note, after, files):
                self._outbox.keep(Unsent(conversation, echo, text, note, after, files))
                self._drafts.write()
            case e.DropText(conversation, echo):
                self._drafts.write()
                self._outbox.let_go(conversation, echo)
            case (
                e.LookForReply() | e.TakeConversation() | e.SetTags() | e.Resolve()
                | e.HandOver() | e.Reopen() | e.Snooze() | e.Mute() | e.SetPriority()
                | WriteNote() | ChangeCustomer() | SetAttribute()
            ):  # fmt: skip
                self._lanes.put(effect)
            case e.LoadNewest() | e.FetchConversation() | e.LookAt() | e.LoadPrevious() | LoadNotes():
                self._reads.put((type(effect), effect.conversation), effect)
            case (
                e.LoadMissed() | e.LoadOlder() | e.ListSleeping() | e.ListClosed()
                | e.CountTags() | e.LoadCustomersChats() | e.MeasureRoundTrip()
            ):  # fmt: skip
                self._tasks.spawn(self._attempt(effect))
            case e.ShowTyping(conversation):
                self._states.put(conversation, effect)
            case e.SetAvailability():
                self._states.put(None, effect)
            case e.MarkSeen(conversation):
                self._marks.put(conversation, effect)
            case e.ReloadCatalog():
                self._catalogs.put("catalog", effect)
            case e.SearchLinks():
                if self._search is not None:
                    self._search.cancel()
                self._search = self._tasks.spawn(self._attempt(effect))
            case CheckLink() | OpenLink() | ReadBookmarks() | KeepLinkUse():
                self._linkwork.perform(effect)
            case e.ExportChats() | e.RunTool():
                self._carrying.perform(effect)
            case e.SearchEverywhere():
                self._search_everywhere(effect)
            case e.SaveDraft(conversation, text, note, marks, files):
                self._drafts.keep(conversation, Draft(text, note, marks, files))
            case e.TakeBack(conversation, echo):
                self._take_back(conversation, echo)
            case e.ListPaths() | e.ChooseFile() | e.ListFiles() | e.SaveFile() | e.MakePicture():
                self._tasks.spawn(self._files.perform(effect))
            case LeadEffect() | IntakeEffect():
                pass  # a lead's doings are the board's own connection's
            case SaveText() | CountText() | CountSearch():
                self._about_texts(effect)
            case _:
                assert_never(effect)

    def _about_texts(self, effect: TextEffect) -> None:
        if self._shelf is not None:
            self._shelf.submit(effect)

    def _take_back(self, conversation: ConversationId, echo: EchoId) -> None:
        if self._lanes.withdraw(conversation, echo, self._sender.may_stop):
            self._sender.forget(echo)
            self._outbox.let_go(conversation, echo)
            self._emit(d.ReplyTakenBack(conversation, echo))
        else:
            self._emit(d.TakingBackFailed(conversation))

    async def finish(self) -> None:
        """Let replies under way leave and stop everything; the outbox keeps those that did not."""
        until = self._timing.now() + self._pace.finish
        while not self._lanes.idle and self._timing.now() < until:
            await self._timing.sleep(0.05)
        await self._tasks.cancel_all()
        self._linkwork.close()

    async def _perform(self, effect: RequestEffect) -> Problem | None:
        """Do it and tell the desk; returns why it did not work."""
        try:
            answer = await self._answer(effect)
        except (ApiError, Unsettled, Overtaken) as error:
            problem = self._problem_of(error)
        except FileUnfit as error:
            problem = error.problem
        except Exception:  # noqa: BLE001  no effect may stop the ones behind it
            _log.exception("%s failed unexpectedly", type(effect).__name__)
            problem = intake.UNEXPLAINED
        else:
            if answer is not None:
                self._emit(answer)
            if isinstance(answer, d.ReplyFailed):
                return answer.problem
            return None
        self._give_up(effect, problem)
        return problem

    async def _ready(self, reply: e.SendReply, patience: float) -> None:
        await self._catching_up.before(reply, patience)

    async def _answer(self, effect: RequestEffect) -> d.DeskEvent | None:
        if isinstance(effect, e.SendReply):
            await self._ready(effect, self._pace.sending.reach)
            self._emit(d.ReplyLeft(effect.conversation, effect.echo))
        return await self._requests.answer(effect)

    async def _attempt(self, effect: RequestEffect) -> None:
        await self._perform(effect)

    def _search_everywhere(self, effect: e.SearchEverywhere) -> None:
        if self._everywhere is not None:
            self._everywhere.cancel()
        self._everywhere = self._tasks.spawn(self._once_typing_rests(effect))

    async def _once_typing_rests(self, effect: RequestEffect) -> None:
        await self._timing.sleep(self._pace.typing)
        await self._perform(effect)

    def _tell_handed(self, conversation: ConversationId, echo: EchoId, percent: int) -> None:
        self._emit(d.UploadProgressed(conversation, echo, percent))

    def _give_up(self, effect: e.EngineEffect, problem: Problem) -> None:
        event = failed(effect, problem)
        if event is not None:
            self._emit(event)
        else:
            _log.info("%s failed: %s", type(effect).__name__, problem.trouble.value)

    def _problem_of(self, error: ApiError | Unsettled | Overtaken) -> Problem:
        if isinstance(error, Overtaken):
            return Problem(Trouble.OVERTAKEN)
        if isinstance(error, Unsettled):
            return Problem(Trouble.UNCERTAIN)
        if isinstance(error, NotSignedIn) and not self._refused:
            self._refused = True
            self._emit(d.AccessRefused())
        return intake.problem_of(error)

    async def _load_catalog(self) -> None:
        try:
            self._emit(await self._requests.catalog(_CATALOG_PATIENCE))
        except ApiError as error:
            _log.warning("the lists of queues, tags and texts were not fetched: %s", error)
            self._problem_of(error)

    async def _load_unconnected(self) -> None:
        """A live connection that is slow to open, or blocked, does not keep the waiting from sight."""
        if not await wait_at_most(self._timing, self._pace.first_list, self._live):
            await self._look_again()

    async def _poll(self) -> None:
        draw = self._retrying.chance.uniform
        while True:
            await wait_at_most(self._timing, draw(*self._pace.poll), self._lost)
            if self._lost.is_set():
                await self._timing.sleep(draw(*self._pace.poll_cut_off))
            await self._look_again()

    async def _look_again(self) -> None:
        try:
            await self._roster.refresh()
        except ApiError as error:
            _log.warning("the lists were not fetched: %s", error)

    def _emit(self, event: d.DeskEvent) -> None:
        match event:
            case d.CatalogLoaded(canned=canned) if self._shelf is not None:
                self._shelf.take_backend(canned)
            case d.ConversationsListed(chats):
                self._roster.note(chats)
            case d.ReplySent(conversation, echo, line):
                self._outbox.let_go(conversation, echo, MessageId(line.key))
                self._catching_up.settled(echo)
            case d.ReplyFailed(_, echo) | d.ReplyTakenBack(_, echo):
                self._catching_up.settled(echo)
            case (
                d.ConversationChanged(chat)
                | d.ConversationTaken(chat)
                | d.Resolved(chat)
                | d.Parted(chat)
                | d.PartingLost(chat)
            ):
                self._roster.note((chat,))
            case d.MissedLoaded(conversation, lines) | d.NewestLoaded(conversation, lines):
                self._catching_up.filled(conversation, lines)
            case d.MessageReceived(conversation, line):
                self._catching_up.heard(conversation, (line,))
            case d.ConnectionDropped():
                self._lost.set()
                self._catching_up.lost()
            case d.ConnectionOpened():
                self._lost.clear()
            case _:
                pass
        self._emit_outside(event)
