"""Gathers drafts as they change and writes them down a moment later, many keys in one go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Final

from agent_tui.desk.events import DeskEvent, DraftsRestored, StorageFailed
from agent_tui.desk.model import Draft
from agent_tui.desk.transcript import Unsent
from agent_tui.engine.drafts import DraftStore, DraftsUnwritable, MemoryDrafts
from agent_tui.engine.intake import disk_problem
from agent_tui.engine.timing import Timing
from api_client.models.identity import ConversationId

GATHER: Final = 0.15
"""Seconds from the first unsaved key to the disk."""

_log = logging.getLogger(__name__)


class DraftKeeper:
    """One agent's drafts. A disk that fails is told of once; what it did not take goes with the next."""

    def __init__(
        self, open_store: Callable[[], DraftStore], timing: Timing, emit: Callable[[DeskEvent], None]
    ) -> None:
        self._open_store = open_store
        self._timing = timing
        self._emit = emit
        self._store: DraftStore | None = None
        self._owner = ""
        self._unsaved: dict[ConversationId, Draft] = {}
        self._gathering: asyncio.Task[None] | None = None
        self._complained = False

    def restore(self, owner: str, unsent: Iterable[Unsent]) -> None:
        """Open the store and tell the desk what the owner had typed.

        A crash between writing a text into the outbox and forgetting its draft leaves both: what begins
        one of ``unsent`` in its conversation is no draft any more.
        """
        self._owner = owner
        try:
            self._store = self._open_store()
            drafts = dict(self._store.load(owner))
        except DraftsUnwritable as error:
            self._store = MemoryDrafts()
            self._complain(error)
            return
        for text in unsent:
            draft = drafts.get(text.conversation)
            if draft is not None and text.text.startswith(draft.text) and set(draft.files) <= set(text.files):
                del drafts[text.conversation]
        if drafts:
            self._emit(DraftsRestored(drafts))

    def keep(self, conversation: ConversationId, draft: Draft) -> None:
        """Write it down within :data:`GATHER` seconds."""
        self._unsaved[conversation] = draft
        if self._gathering is None or self._gathering.done():
            self._gathering = asyncio.ensure_future(self._gather())

    def write(self) -> None:
        """Write what is not written, now."""
        if self._store is None or not self._unsaved:
            return
        try:
            self._store.save(self._owner, self._unsaved)
        except DraftsUnwritable as error:
            self._complain(error)
        else:
            self._unsaved = {}

    def close(self) -> None:
        """Write what is not written and let go of the store."""
        if self._gathering is not None:
            self._gathering.cancel()
        self.write()
        if self._store is not None:
            self._store.close()

    async def _gather(self) -> None:
        await self._timing.sleep(GATHER)
        self.write()

    def _complain(self, error: DraftsUnwritable) -> None:
        if not self._complained:
            self._complained = True
            _log.warning("drafts are not kept: %s", error)
            self._emit(StorageFailed(disk_problem(error)))
