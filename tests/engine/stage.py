"""A small backend in memory whose faults are scripted, a clock turned by hand, and an engine between them."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from agent_tui.desk.effects import EngineEffect
from agent_tui.desk.events import DeskEvent
from agent_tui.engine.drafts import DraftStore, MemoryDrafts
from agent_tui.engine.engine import Engine
from agent_tui.engine.filework import FileRules
from agent_tui.engine.outbox import MemoryOutbox, OutboxStore
from agent_tui.engine.session import Pace
from api_client.backend import Capability
from api_client.errors import AlreadyTaken, ApiError, ConnectFailed, NotFound, TooLarge
from api_client.models.conversation import (
    AssigneeFilter,
    Conversation,
    ConversationPage,
    ConversationQuery,
    Priority,
    Status,
)
from api_client.models.events import BackendEvent, Connected, ConnectionLost
from api_client.models.identity import AgentId, ContactId, ConversationId, MessageId, QueueId
from api_client.models.intake import Intake, IntakeChanges
from api_client.models.library import Article, CannedResponse, Tag
from api_client.models.message import (
    Attachment,
    Author,
    AuthorKind,
    Message,
    MessageKind,
    MessagePage,
    Outgoing,
)
from api_client.models.people import (
    Agent,
    AgentRef,
    Availability,
    Contact,
    ContactChanges,
    ContactNote,
    Me,
    Queue,
    QueueKind,
    Role,
)
from api_client.models.search import Found

E = TypeVar("E")

ME = AgentId("7")
AINO = Agent(ME, "Aino", "aino@example.org", Role.AGENT, Availability.ONLINE)
MIKKO = AgentRef(AgentId("8"), "Mikko")
TEAM = QueueId("team:1")
PAGE = 3


@dataclass(frozen=True)
class Fault:
    error: ApiError
    done: bool = False
    """The server did what was asked; only the answer got lost."""


class ScriptedBackend:
    """One agent's view of a server that lives in this object."""

    capabilities = frozenset(Capability)

    def __init__(self) -> None:
        self.chats: dict[ConversationId, Conversation] = {}
        self.logs: defaultdict[ConversationId, list[Message]] = defaultdict(list)
        self.notes: list[ContactNote] = []
        self.down = False
        """Nothing gets through."""
        self.fresh: set[ConversationId] = set()
        """What changed of late, as a list of changes tells it."""
        self.unlisted: set[ConversationId] = set()
        """On no list, as when pages move while they are read; to be had one by one."""
        self.calls: list[tuple[str, object]] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.intakes = {TEAM: Intake(None, "", "")}
        self.closed = False
        self.handed = (1, 1)
        """What is told of an upload: bytes handed over, of how many."""
        self.contents: dict[str, bytes] = {}
        """Files to be downloaded, by address."""
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._pushes: asyncio.Queue[BackendEvent] = asyncio.Queue()
        self._numbers = itertools.count(1)

    # --- the script

    def fail(self, operation: str, *errors: ApiError, done: bool = False) -> None:
        """Let the next calls of ``operation`` fail, one error each."""
        self._faults[operation].extend(Fault(error, done) for error in errors)

    def push(self, *events: BackendEvent) -> None:
        for event in events:
            self._pushes.put_nowait(event)

    def connect(self, gap: float | None = None) -> None:
        self.push(Connected(gap))

    def lose(self, reason: str = "closed") -> None:
        self.push(ConnectionLost(reason, 1.0, 1))

    def waits(self, number: str, assignee: AgentRef | None = None) -> ConversationId:
        """A conversation, waiting unless somebody has it."""
        key = ConversationId(number)
        person = Contact(ContactId(number), f"Liisa {number}", language="fi")
        self.chats[key] = Conversation(
            key, TEAM, QueueId("inbox:1"), person, Status.OPEN, 1.0, 1.0, 1.0, assignee, waiting_since=1.0
        )
        self.fresh.add(key)
        return key

    def change(self, conversation: ConversationId, **fields: object) -> Conversation:
        self.chats[conversation] = msgspec.structs.replace(self.chats[conversation], **fields)
        self.fresh.add(conversation)
        return self.chats[conversation]

    def says(self, conversation: ConversationId, text: str) -> Message:
        """The customer writes."""
        author = Author(self.chats[conversation].contact.id, "Liisa", AuthorKind.CONTACT)
        return self._written(conversation, MessageKind.CUSTOMER, text, author)

    def answers(self, conversation: ConversationId, text: str) -> Message:
        """A colleague writes."""
        author = Author(MIKKO.id, MIKKO.name, AuthorKind.AGENT)
        return self._written(conversation, MessageKind.AGENT, text, author)

    def texts(self, conversation: ConversationId) -> list[str]:
        return [message.text for message in self.logs[conversation]]

    def called(self, operation: str) -> list[object]:
        return [about for name, about in self.calls if name == operation]

    # --- the backend

    async def sign_in(self) -> Me:
        await self._called("sign_in")
        return Me(AINO, "Verotoimisto")

    async def set_availability(self, availability: Availability) -> None:
        await self._called("set_availability", availability)

    async def queues(self) -> tuple[Queue, ...]:
        await self._called("queues")
        return (Queue(TEAM, "Verokortti", QueueKind.TEAM, member=True),)

    async def intake(self, queue: QueueId) -> Intake:
        await self._called("intake", queue)
        return self.intakes[queue]

    async def set_intake(self, queue: QueueId, changes: IntakeChanges) -> Intake:
        await self._called("set_intake", (queue, changes))
        given = {
            name: value for name in changes.__struct_fields__ if (value := getattr(changes, name)) is not None
        }
        self.intakes[queue] = msgspec.structs.replace(self.intakes[queue], **given)
        return self.intakes[queue]

    async def queue_agents(self, queue: QueueId) -> frozenset[AgentId]:
        await self._called("queue_agents", queue)
        return frozenset({AINO.id})

    async def agents(self) -> tuple[Agent, ...]:
        await self._called("agents")
        return (AINO,)

    async def tags(self) -> tuple[Tag, ...]:
        await self._called("tags")
        return (Tag("verokortti", "Tax card"),)

    async def canned_responses(self) -> tuple[CannedResponse, ...]:
        await self._called("canned_responses")
        return ()

    async def search_articles(self, query: str, locale: str | None = None) -> tuple[Article, ...]:  # noqa: ARG002
        await self._called("search_articles", query)
        return ()

    async def search(self, words: str) -> Found:
        await self._called("search", words)
        return Found()

    async def conversations(self, query: ConversationQuery, page: int = 1) -> ConversationPage:
        if query.updated_within is not None:
            return await self._changes(query)
        await self._called("conversations", (query.assignee, page))
        mine = query.assignee is AssigneeFilter.MINE
        found = [
            chat
            for chat in self.chats.values()
            if chat.status is query.status and (chat.assignee is not None) is mine
            if chat.id not in self.unlisted
        ]
        if query.assignee is AssigneeFilter.ANYONE:
            found = [chat for chat in self.chats.values() if chat.status is query.status]
        elif mine:
            found = [chat for chat in found if chat.assignee and chat.assignee.id == ME]
        first = (page - 1) * PAGE
        items = tuple(found[first : first + PAGE])
        return ConversationPage(items, page * len(items) < len(found) and bool(items), len(found))

    async def _changes(self, query: ConversationQuery) -> ConversationPage:
        await self._called("changes", query.updated_within)
        assert (query.assignee, query.status) == (AssigneeFilter.ANYONE, None)
        return ConversationPage(
            tuple(self.chats[key] for key in sorted(self.fresh & self.chats.keys())), more=False
        )

    async def conversation(self, conversation: ConversationId) -> Conversation:
        await self._called("conversation", conversation)
        return self._chat(conversation)

    async def messages(
        self,
        conversation: ConversationId,
        *,
        before: MessageId | None = None,
        after: MessageId | None = None,
    ) -> MessagePage:
        await self._called("messages", (conversation, before, after))
        log = self.logs[conversation]
        if after is not None:
            newer = [message for message in log if message.sequence > int(after)]
            return MessagePage(tuple(newer[:PAGE]), len(newer) > PAGE)
        older = [message for message in log if before is None or message.sequence < int(before)]
        return MessagePage(tuple(older[-PAGE:]), len(older) > PAGE)

    async def send(
        self,
        conversation: ConversationId,
        outgoing: Outgoing,
        progress: Callable[[int, int], None] | None = None,
    ) -> Message:
        if progress is not None:
            progress(*self.handed)
        fault = await self._called("send", outgoing.text)
        kind = MessageKind.NOTE if outgoing.private else MessageKind.AGENT
        author = Author(ME, "Aino", AuthorKind.AGENT)
        files = tuple(
            Attachment(str(number), "file", file.name, f"http://127.0.0.1/{number}", len(file.data))
            for number, file in enumerate(outgoing.files)
        )
        message = self._written(conversation, kind, outgoing.text, author, files)
        if fault is not None:
            raise fault.error
        return msgspec.structs.replace(message, echo=outgoing.echo)

    async def files(self, conversation: ConversationId) -> tuple[Attachment, ...]:
        await self._called("files", conversation)
        return tuple(file for message in self.logs[conversation] for file in message.attachments)

    async def download(self, file: Attachment, take: Callable[[bytes], None], *, limit: int) -> None:
        await self._called("download", file.url)
        data = self.contents[file.url]
        if len(data) > limit:
            raise TooLarge("too large")
        take(data)

    async def take(self, conversation: ConversationId) -> Conversation:
        fault = await self._called("take", conversation)
        assignee = self._chat(conversation).assignee
        if assignee is not None:
            raise AlreadyTaken("taken", by=assignee.name)
        taken = self.change(conversation, assignee=AgentRef(ME, "Aino"))
        if fault is not None:
            raise fault.error
        return taken

    async def assign(self, conversation: ConversationId, agent: AgentId | None) -> None:
        await self._called("assign", (conversation, agent))

    async def move(self, conversation: ConversationId, queue: QueueId | None) -> None:
        await self._called("move", (conversation, queue))

    async def set_status(
        self, conversation: ConversationId, status: Status, *, until: float | None = None
    ) -> Conversation:
        await self._called("set_status", (conversation, status, until))
        return self.change(conversation, status=status)

    async def set_priority(self, conversation: ConversationId, priority: Priority | None) -> None:
        await self._called("set_priority", (conversation, priority))
        self.change(conversation, priority=priority)

    async def mute(self, conversation: ConversationId) -> None:
        await self._called("mute", conversation)
        self.change(conversation, status=Status.RESOLVED)

    async def set_tags(
        self, conversation: ConversationId, *, add: frozenset[str], remove: frozenset[str]
    ) -> tuple[str, ...]:
        await self._called("set_tags", conversation)
        tags = tuple(sorted((set(self.chats[conversation].tags) | add) - remove))
        self.change(conversation, tags=tags)
        return tags

    async def set_typing(self, conversation: ConversationId, *, on: bool, private: bool = False) -> None:
        await self._called("set_typing", (conversation, on, private))

    async def mark_seen(self, conversation: ConversationId) -> None:
        await self._called("mark_seen", conversation)

    async def contact(self, contact: ContactId) -> Contact:
        await self._called("contact", contact)
        raise NotFound("no contacts here")

    async def contact_notes(self, contact: ContactId) -> tuple[ContactNote, ...]:
        await self._called("contact_notes", contact)
        return tuple(reversed(self.notes))

    async def add_contact_note(self, contact: ContactId, text: str) -> ContactNote:
        await self._called("add_contact_note", contact)
        self.notes.append(ContactNote(str(len(self.notes)), text, "Aino", 1.0))
        return self.notes[-1]

    async def update_contact(self, contact: ContactId, changes: ContactChanges) -> Contact:
        await self._called("update_contact", contact)
        return Contact(contact, changes.name or "Liisa", email=changes.email)

    async def set_attribute(self, conversation: ConversationId, name: str, value: str) -> Conversation:
        await self._called("set_attribute", (conversation, name, value))
        return self.change(conversation, attributes=((name, value),))

    async def contact_conversations(self, contact: ContactId) -> tuple[Conversation, ...]:
        await self._called("contact_conversations", contact)
        return ()

    async def events(self) -> AsyncIterator[BackendEvent]:
        while True:
            yield await self._pushes.get()

    async def aclose(self) -> None:
        self.closed = True

    # --- inside

    async def _called(self, operation: str, about: object = None) -> Fault | None:
        """Note the call; raise its fault, or return it when it strikes only after the deed."""
        self.calls.append((operation, about))
        await asyncio.sleep(0)
        if operation in self.gates:
            await self.gates[operation].wait()
        if self.down:
            raise ConnectFailed("nobody answers")
        if not self._faults[operation]:
            return None
        fault = self._faults[operation].popleft()
        if fault.done:
            return fault
        raise fault.error

    def _chat(self, conversation: ConversationId) -> Conversation:
        if conversation not in self.chats:
            raise NotFound("no such conversation")
        return self.chats[conversation]

    def _written(
        self,
        conversation: ConversationId,
        kind: MessageKind,
        text: str,
        author: Author,
        files: tuple[Attachment, ...] = (),
    ) -> Message:
        number = next(self._numbers)
        key = MessageId(str(number))
        message = Message(key, conversation, kind, text, float(number), number, author, attachments=files)
        self.logs[conversation].append(message)
        return message


class HandClock:
    """Time that stands still until somebody turns the hands."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        due: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._order), due))
        await due

    def turn_to_next(self, limit: float) -> bool:
        """Wake the sleeper whose time comes first, unless that is after ``limit``."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        if not self._sleepers or self._sleepers[0][0] > limit:
            self._now = max(self._now, limit)
            return False
        self._now, _, due = heapq.heappop(self._sleepers)
        due.set_result(None)
        return True


async def settle() -> None:
    """Let everything run that can run without time passing."""
    for _ in range(40):
        await asyncio.sleep(0)


class Stage:
    """An engine at work on a scripted backend; what it tells is in ``told``."""

    def __init__(
        self,
        backend: ScriptedBackend,
        open_drafts: Callable[[], DraftStore] = MemoryDrafts,
        pace: Pace | None = None,
        open_outbox: Callable[[], OutboxStore] = MemoryOutbox,
        files: FileRules | None = None,
    ) -> None:
        self.backend = backend
        self.clock = HandClock()
        self.told: list[DeskEvent] = []
        self.engine = Engine(
            lambda: backend,
            open_drafts,
            "http://127.0.0.1",
            open_outbox=open_outbox,
            timing=self.clock,
            pace=pace,
            chance=random.Random(1),
            files=files,
        )
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self.engine.run(self.told.extend))
        await settle()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop the engine and wait until it has ended."""
        assert self._running is not None
        self.engine.stop()
        await self.until(self._running.done, within=60)
        await self._running

    async def do(self, *effects: EngineEffect) -> None:
        self.engine.submit(effects)
        await settle()

    async def until(self, condition: Callable[[], bool], within: float = 600.0) -> None:
        """Turn the clock until it holds."""
        limit = self.clock.now() + within
        await settle()
        while not condition():
            assert self.clock.turn_to_next(limit), f"not within {within} s; told: {self.told}"
            await settle()

    async def turn(self, seconds: float) -> None:
        """Let so many seconds pass."""
        limit = self.clock.now() + seconds
        await settle()
        while self.clock.turn_to_next(limit):
            await settle()

    def all(self, kind: type[E]) -> list[E]:
        return [event for event in self.told if isinstance(event, kind)]

    async def first(self, kind: type[E], within: float = 600.0) -> E:
        """The first event of the kind, turning the clock until there is one."""
        await self.until(lambda: bool(self.all(kind)), within)
        return self.all(kind)[0]

    def order(self, *kinds: type[DeskEvent]) -> list[type[DeskEvent]]:
        """The kinds told, in order, of those asked for."""
        return [type(event) for event in self.told if isinstance(event, kinds)]


def ids(chats: Sequence[object]) -> set[str]:
    return {str(getattr(chat, "id", "")) for chat in chats}
