"""Writes every text down before it is sent, and lets go of it when the server has it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from agent_tui.desk.events import DeskEvent, StorageFailed, UnsentRestored
from agent_tui.desk.transcript import Unsent
from agent_tui.engine.intake import disk_problem
from agent_tui.engine.outbox import MemoryOutbox, OutboxStore, OutboxUnwritable
from api_client.models.identity import ConversationId, EchoId, MessageId

_log = logging.getLogger(__name__)


class OutboxKeeper:
    """One agent's texts on their way.

    A disk that fails is told of; what it did not take is tried again with the next text.
    """

    def __init__(self, open_store: Callable[[], OutboxStore], emit: Callable[[DeskEvent], None]) -> None:
        self._open_store = open_store
        self._emit = emit
        self._store: OutboxStore | None = None
        self._owner = ""
        self._unwritten: dict[EchoId, Unsent] = {}
        self.sent: tuple[tuple[ConversationId, MessageId], ...] = ()
        """Messages of earlier runs that none of the texts left behind can be."""

    def restore(self, owner: str) -> tuple[Unsent, ...]:
        """Open the store; tells the desk what an earlier run left behind, and returns it.

        Raises:
            InUse: another workstation of this agent on this machine has it.
        """
        self._owner = owner
        try:
            self._store = self._open_store()
            left = self._store.load(owner)
            self.sent = self._store.sent(owner)
        except OutboxUnwritable as error:
            self._store = MemoryOutbox()
            self._complain(error)
            return ()
        if left:
            self._emit(UnsentRestored(left))
        return left

    def keep(self, text: Unsent) -> None:
        """Write it down; when this returns it is safe, or the desk has been told that it is not."""
        if self._store is None:
            return
        self._unwritten[text.echo] = text
        try:
            self._store.put(self._owner, list(self._unwritten.values()))
        except OutboxUnwritable as error:
            self._complain(error)
        else:
            self._unwritten.clear()

    def let_go(self, conversation: ConversationId, echo: EchoId, became: MessageId | None = None) -> None:
        """The server has it as ``became``, or the agent took it back."""
        self._unwritten.pop(echo, None)
        if self._store is None:
            return
        try:
            self._store.take(self._owner, conversation, echo, became)
        except OutboxUnwritable as error:
            # It is found on the server at the next start, and not sent again.
            self._complain(error)

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _complain(self, error: OutboxUnwritable) -> None:
        _log.warning("texts on their way are not kept: %s", error)
        self._emit(StorageFailed(disk_problem(error)))
