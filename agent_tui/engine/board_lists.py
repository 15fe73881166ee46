"""The lists of a board: every open conversation one may see, whosever it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from agent_tui.desk import events as d
from agent_tui.engine import intake
from agent_tui.engine.changes import tell_changes
from agent_tui.engine.retrying import Retrying
from api_client.backend import Backend
from api_client.models.conversation import AssigneeFilter, Conversation, ConversationQuery
from api_client.models.identity import AgentId

MOST_PAGES: Final = 400
"""Beyond it the list is told as partial."""
_PATIENCE: Final = 20.0
_QUERY: Final = ConversationQuery(assignee=AssigneeFilter.ANYONE)


class BoardLists:
    """Fetches and tells; page by page, as nobody's reply waits for a board."""

    def __init__(
        self, backend: Backend, me: AgentId, retrying: Retrying, emit: Callable[[d.DeskEvent], None]
    ) -> None:
        self._backend = backend
        self._me = me
        self._retrying = retrying
        self._emit = emit

    async def changed(self, within: float) -> bool:
        """Tell what changed in the last so many seconds; returns whether that could be done."""
        return await tell_changes(self._backend, self._me, within, self._emit)

    async def check(self) -> None:
        """As :meth:`refresh`."""
        await self.refresh()

    async def refresh(self) -> None:
        """List everything and tell it.

        Raises:
            ApiError: the server did not answer in a while.
        """
        found: dict[str, Conversation] = {}
        whole = False
        for number in range(1, MOST_PAGES + 1):
            request = partial(self._backend.conversations, _QUERY, number)
            page = await self._retrying.ask(request, patience=_PATIENCE)
            found |= {one.id: one for one in page.items}
            whole = not page.more
            if whole:
                break
        self._emit(d.ConversationsListed(intake.chats_of(found.values(), self._me), whole))
