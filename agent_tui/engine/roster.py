"""The conversations this desk is about: the agent's own and those nobody has taken, listed whole."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Final

from agent_tui.desk import events as d
from agent_tui.engine import intake
from agent_tui.engine.changes import tell_changes
from agent_tui.engine.retrying import Retrying
from api_client.backend import Backend
from api_client.errors import NotAllowed, NotFound
from api_client.models.conversation import (
    AssigneeFilter,
    Conversation,
    ConversationPage,
    ConversationQuery,
    Status,
)
from api_client.models.identity import AgentId, ConversationId

_log = logging.getLogger(__name__)

MOST_PAGES: Final = 40
"""Pages of one list: beyond it the list is told as partial."""
MOST_CHECKED: Final = 60
"""Conversations looked at one by one because a list no longer holds them."""
_PATIENCE: Final = 20.0
_AT_ONCE: Final = 10
"""Pages asked for together; the connections that are left are for texts and transcripts."""
_AT_ONCE_BEHIND: Final = 3
"""The same when nobody waits for them."""

Fetch = Callable[[ConversationId], Awaitable[Conversation]]


class Roster:
    """Lists, and knows which conversations the desk believes to be open.

    Pages move while they are read: when somebody takes a customer from the first page, the first of the
    second page slips through. So whoever is missing from a list is looked at before the desk is told
    that the list is whole; a waiting customer never vanishes by accident.
    """

    def __init__(
        self,
        backend: Backend,
        me: AgentId,
        *,
        fetch: Fetch,
        retrying: Retrying,
        emit: Callable[[d.DeskEvent], None],
    ) -> None:
        self._backend = backend
        self._me = me
        self._fetch = fetch
        self._retrying = retrying
        self._emit = emit
        self._open: set[ConversationId] = set()
        self._one_at_a_time = asyncio.Lock()
        self._air = asyncio.Semaphore(_AT_ONCE)
        self._air_behind = asyncio.Semaphore(_AT_ONCE_BEHIND)

    def note(self, chats: Iterable[d.ChatFacts]) -> None:
        """The desk is told of these, by whatever way."""
        for chat in chats:
            ours = chat.assignee is None or chat.assignee.id == self._me
            if chat.status is Status.OPEN and ours:
                self._open.add(chat.id)
            else:
                self._open.discard(chat.id)

    async def changed(self, within: float) -> bool:
        """Tell the desk what changed in the last so many seconds; returns whether that could be done.

        It does not wait for a listing that is under way.
        """
        return await tell_changes(self._backend, self._me, within, self._emit)

    async def refresh(self) -> None:
        """List everything and tell the desk.

        Raises:
            ApiError: the server did not answer in a while; the desk has been told nothing.
        """
        await self._list_all(self._air)

    async def check(self) -> None:
        """The same with few requests at once, as nobody waits for it."""
        await self._list_all(self._air_behind)

    async def _list_all(self, air: asyncio.Semaphore) -> None:
        async with self._one_at_a_time:
            (mine, all_mine), (waiting, all_waiting) = await asyncio.gather(
                self._listed(AssigneeFilter.MINE, air), self._listed(AssigneeFilter.UNASSIGNED, air)
            )
            found = mine | {one.id: one for one in waiting.values() if _is_newer(one, mine.get(one.id))}
            whole = await self._check_missing(found) and all_mine and all_waiting
            chats = intake.chats_of(found.values(), self._me)
            if whole:
                self._open.clear()
            self._emit(d.ConversationsListed(chats, whole))

    async def _listed(
        self, whose: AssigneeFilter, air: asyncio.Semaphore
    ) -> tuple[dict[ConversationId, Conversation], bool]:
        """The list by id, and whether it came to its end.

        The first page tells how many there are; the others are asked for side by side.
        """
        found: dict[ConversationId, Conversation] = {}
        query = ConversationQuery(assignee=whose)
        asked = 0
        wanted = 1
        while asked < wanted:
            numbers = range(asked + 1, wanted + 1)
            pages = await asyncio.gather(*(self._page(query, number, air) for number in numbers))
            found |= {one.id: one for page in pages for one in page.items}
            if not pages[-1].more or len(found) >= (pages[-1].total or math.inf):
                return found, True
            asked, wanted = wanted, min(MOST_PAGES, max(wanted + 1, _pages(pages[0])))
        _log.warning("more than %d pages of %s conversations", MOST_PAGES, whose.value)
        return found, False

    async def _page(self, query: ConversationQuery, number: int, air: asyncio.Semaphore) -> ConversationPage:
        request = partial(self._backend.conversations, query, number)
        async with air:
            return await self._retrying.ask(request, patience=_PATIENCE)

    async def _check_missing(self, found: dict[ConversationId, Conversation]) -> bool:
        """Look at those the desk holds open and the lists lack; returns whether all were looked at."""
        looked: set[ConversationId] = set()
        while missing := self._open - found.keys() - looked:
            if len(looked) + len(missing) > MOST_CHECKED:
                return False
            looked |= missing
            for one in await asyncio.gather(*map(self._glimpse, missing)):
                if one is not None:
                    found[one.id] = one
        return True

    async def _glimpse(self, conversation: ConversationId) -> Conversation | None:
        try:
            return await self._fetch(conversation)
        except (NotFound, NotAllowed):
            return None


def _is_newer(one: Conversation, other: Conversation | None) -> bool:
    """Whether it is not older: somebody may have been taken or given back between two lists."""
    return other is None or one.updated_at >= other.updated_at


def _pages(first: ConversationPage) -> int:
    """How many pages there are, by one that is full; 0 when nobody tells."""
    return math.ceil((first.total or 0) / max(1, len(first.items)))
