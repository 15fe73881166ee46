"""What each effect asks of the backend, and the desk event its answer makes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar, assert_never

from agent_tui.desk import effects as e
from agent_tui.desk import events as d
from agent_tui.desk.customer_effects import ChangeCustomer, LoadNotes, SetAttribute, WriteNote
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import clean_line
from agent_tui.engine import intake
from agent_tui.engine.handling import Handling, WithAnother
from agent_tui.engine.hits import hits_of
from agent_tui.engine.retrying import Retrying
from agent_tui.engine.sending import DOUBTFUL, Sender
from api_client.backend import Backend
from api_client.errors import AlreadyTaken, ApiError, NotAllowed, NotFound, Refused, Unsupported
from api_client.models.conversation import Conversation
from api_client.models.identity import AgentId, ConversationId, EchoId, MessageId
from api_client.models.message import Message, MessagePage

T = TypeVar("T")

READ: Final = 8.0
"""Seconds of patience for what the agent waits to see."""
FILL: Final = 60.0
"""Seconds of patience for messages missed: without them the log has a hole."""
_AT_ONCE: Final = 8
"""Reads under way together: what seven chats missed comes in one round trip, and a server still gets air."""

_NOT_KEPT: Final = Refused("the backend did not keep the assignment")

RequestEffect = (
    e.TakeConversation
    | e.LoadNewest
    | e.LoadOlder
    | e.LoadMissed
    | e.SendReply
    | e.LookForReply
    | e.SetTags
    | e.Resolve
    | e.HandOver
    | e.Reopen
    | e.Snooze
    | e.Mute
    | e.SetPriority
    | e.ListSleeping
    | e.CountTags
    | e.ListClosed
    | e.LookAt
    | e.LoadPrevious
    | LoadNotes
    | WriteNote
    | ChangeCustomer
    | SetAttribute
    | e.MarkSeen
    | e.ShowTyping
    | e.SearchLinks
    | e.SearchEverywhere
    | e.LoadCustomersChats
    | e.SetAvailability
    | e.MeasureRoundTrip
    | e.FetchConversation
    | e.ReloadCatalog
)
"""Effects that are for the backend; a draft stays on this machine."""


Missed = Callable[[ConversationId, MessageId, float, asyncio.Event | None], Awaitable[d.MissedLoaded]]
"""As :meth:`Requests.missed`."""


class Requests:
    """Requests of one signed-in agent."""

    def __init__(self, backend: Backend, me: AgentId, sender: Sender, retrying: Retrying) -> None:
        self._backend = backend
        self._me = me
        self._sender = sender
        self._retrying = retrying
        self._air = asyncio.Semaphore(_AT_ONCE)
        self._handling = Handling(backend, me, retrying)

    async def answer(self, effect: RequestEffect) -> d.DeskEvent | None:
        """What came of it; ``None`` where nothing comes back.

        Raises:
            ApiError: it did not work.
            Unsettled: a reply may or may not have arrived.
        """
        backend = self._backend
        match effect:
            case e.SendReply(conversation, echo):
                message = await self._sender.send(effect)
                return d.ReplySent(conversation, echo, intake.line_of(message, self._me))
            case e.LookForReply(conversation, echo):
                there = await self._sender.look_for(effect)
                return self._looked(conversation, echo, there)
            case e.TakeConversation(conversation):
                return await self._take(conversation)
            case e.Resolve(conversation):
                return d.Resolved(self._chat(await self._resolve(conversation)))
            case e.Reopen(conversation):
                return self._taken_after_all(await self._handling.reopen(conversation), _NOT_KEPT)
            case e.HandOver() | e.Snooze() | e.Mute():
                return await self._part(effect)
            case e.SetPriority(conversation, priority):
                return d.ConversationChanged(self._chat(await self._handling.prefer(conversation, priority)))
            case e.CountTags(queue):
                return d.TagsCounted(queue, await self._handling.tags_in(queue))
            case e.ListClosed():
                return d.ClosedListed(tuple(map(intake.hit_of, await self._handling.closed())))
            case e.ListSleeping():
                return d.SleepingListed(tuple(map(intake.hit_of, await self._handling.sleeping())))
            case e.LookAt(conversation):
                return d.LookedAt(self._chat(await self.fetch(conversation)))
            case e.LoadPrevious(conversation, contact):
                theirs = await self._handling.theirs(contact)
                return d.PreviousLoaded(conversation, tuple(map(intake.hit_of, theirs)))
            case LoadNotes(conversation, contact):
                noted = await self._handling.notes(contact)
                return d.NotesLoaded(conversation, tuple(map(intake.note_of, noted)))
            case WriteNote(conversation, contact, text):
                # Once: a note whose answer got lost is not written twice.
                return d.NoteKept(conversation, intake.note_of(await backend.add_contact_note(contact, text)))
            case ChangeCustomer(conversation, contact, changes):
                return d.CustomerTold(
                    conversation, intake.card_of(await self._handling.change(contact, changes))
                )
            case SetAttribute(conversation, name, value):
                return d.ConversationChanged(
                    self._chat(await self._handling.set_attribute(conversation, name, value))
                )
            case e.SetTags(conversation, add, remove):
                return d.TagsSaved(conversation, intake.labels_of(await self._tag(conversation, add, remove)))
            case e.LoadNewest(conversation):
                return await self._newest(conversation)
            case e.LoadOlder(conversation, before):
                return await self._older(conversation, before)
            case e.LoadMissed(conversation, after):
                return await self.missed(conversation, after, FILL, None)
            case e.FetchConversation(conversation):
                return d.ConversationChanged(self._chat(await self.fetch(conversation)))
            case e.ReloadCatalog():
                return await self.catalog(READ)
            case e.SearchLinks(query, locale):
                articles = await backend.search_articles(query, locale)
                return d.LinksFound(query, tuple(map(intake.link_of, articles)))
            case e.SearchEverywhere(query):
                return d.SearchAnswered(query, hits_of(await backend.search(query), query))
            case e.LoadCustomersChats(contact):
                theirs = await self._handling.theirs(contact)
                return d.CustomersChatsLoaded(contact, tuple(map(intake.hit_of, theirs)))
            case e.MarkSeen(conversation):
                await backend.mark_seen(conversation)
                return None
            case e.ShowTyping(conversation, on, private):
                await backend.set_typing(conversation, on=on, private=private)
                return None
            case e.MeasureRoundTrip():
                began = self._retrying.timing.now()
                await backend.tags()
                return d.RoundTripMeasured(self._retrying.timing.now() - began)
            case e.SetAvailability(availability):
                await backend.set_availability(availability)
                return None
            case _:
                assert_never(effect)

    def _looked(self, conversation: ConversationId, echo: EchoId, found: Message | None) -> d.DeskEvent:
        if found is None:
            return d.ReplyFailed(conversation, echo, Problem(Trouble.NOT_SENT))
        return d.ReplySent(conversation, echo, intake.line_of(found, self._me))

    async def catalog(self, patience: float) -> d.CatalogLoaded:
        """Queues, colleagues, tags and canned responses, all at once."""
        return await self._retrying.ask(self._catalog, patience=patience)

    async def fetch(self, conversation: ConversationId) -> Conversation:
        """One conversation as it is now."""
        async with self._air:
            return await self._retrying.ask(lambda: self._backend.conversation(conversation), patience=READ)

    async def _catalog(self) -> d.CatalogLoaded:
        backend = self._backend
        return intake.catalog(
            *await asyncio.gather(
                _granted(backend.queues()),
                _granted(backend.agents()),
                _granted(backend.tags()),
                _granted(backend.canned_responses()),
            )
        )

    async def _take(self, conversation: ConversationId) -> d.DeskEvent:
        try:
            return d.ConversationTaken(self._chat(await self._backend.take(conversation)))
        except AlreadyTaken as error:
            return d.TakeLost(conversation, clean_line(error.by))
        except DOUBTFUL as error:
            return self._taken_after_all(await self.fetch(conversation), error)

    def _taken_after_all(self, now: Conversation, error: ApiError) -> d.DeskEvent:
        """What a look at the conversation says when the answer to taking it got lost."""
        if now.assignee is None:
            return d.TakeFailed(now.id, intake.problem_of(error))
        if now.assignee.id == self._me:
            return d.ConversationTaken(self._chat(now))
        return d.TakeLost(now.id, clean_line(now.assignee.name))

    async def _resolve(self, conversation: ConversationId) -> Conversation:
        return await self._handling.resolve(conversation)

    async def _part(self, effect: e.HandOver | e.Snooze | e.Mute) -> d.DeskEvent:
        try:
            return d.Parted(self._chat(await self._handling.part(effect)))
        except WithAnother as lost:
            return d.PartingLost(self._chat(lost.found))

    async def _tag(
        self, conversation: ConversationId, add: frozenset[str], remove: frozenset[str]
    ) -> tuple[str, ...]:
        return await self._retrying.ask(
            lambda: self._backend.set_tags(conversation, add=add, remove=remove), patience=READ
        )

    async def _newest(self, conversation: ConversationId) -> d.NewestLoaded:
        page = await self._page(partial(self._backend.messages, conversation), READ)
        return d.NewestLoaded(conversation, intake.lines_of(page.items, self._me), page.more)

    async def _older(self, conversation: ConversationId, before: MessageId) -> d.OlderLoaded:
        page = await self._page(partial(self._backend.messages, conversation, before=before), READ)
        return d.OlderLoaded(conversation, intake.lines_of(page.items, self._me), page.more)

    async def missed(
        self, conversation: ConversationId, after: MessageId, patience: float, live: asyncio.Event | None
    ) -> d.MissedLoaded:
        """Everything after ``after``; ``live`` being set makes the next try come sooner."""
        missed: list[Message] = []
        last = after
        while True:
            page = await self._page(partial(self._backend.messages, conversation, after=last), patience, live)
            missed += page.items
            if not (page.more and page.items):
                return d.MissedLoaded(conversation, intake.lines_of(missed, self._me), after)
            last = page.items[-1].id

    async def _page(
        self,
        request: Callable[[], Awaitable[MessagePage]],
        patience: float,
        live: asyncio.Event | None = None,
    ) -> MessagePage:
        async with self._air:
            return await self._retrying.ask(request, patience=patience, live=live)

    def _chat(self, conversation: Conversation) -> d.ChatFacts:
        return intake.chat_of(conversation, self._me)


async def _granted(request: Awaitable[tuple[T, ...]]) -> tuple[T, ...]:
    """The list, or an empty one where the agent's role or the backend has none to give."""
    try:
        return await request
    except (NotAllowed, NotFound, Unsupported):
        return ()
