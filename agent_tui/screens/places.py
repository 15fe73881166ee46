"""What the screen keeps for each open conversation: the text being written and the reader's place."""

from __future__ import annotations

from collections.abc import Collection

from agent_tui.desk.model import Chat
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.log_view import LogView
from api_client.models.identity import ConversationId


class Places:
    """One buffer and one view per open conversation; a draft kept by the desk starts the buffer."""

    def __init__(self) -> None:
        self._buffers: dict[ConversationId, Buffer] = {}
        self._views: dict[ConversationId, LogView] = {}
        self._lent: dict[ConversationId, Buffer] = {}

    def lend(self, chat: Chat, buffer: Buffer | None) -> None:
        """Another text is written in this chat's place, until ``None`` ends that; its own stays as it is."""
        if buffer is None:
            self._lent.pop(chat.id, None)
        else:
            self._lent[chat.id] = buffer

    def lent(self, chat: Chat) -> Buffer | None:
        """The text that is written in this chat's place."""
        return self._lent.get(chat.id)

    def buffer(self, chat: Chat) -> Buffer:
        """The text being written at this chat."""
        return self._lent.get(chat.id) or self._own(chat)

    def _own(self, chat: Chat) -> Buffer:
        kept = self._buffers.get(chat.id)
        if kept is None:
            kept = self._buffers[chat.id] = Buffer(
                chat.id, chat.draft.text, note=chat.draft.note, marks=chat.draft.marks
            )
        return kept

    def view(self, chat: Chat) -> LogView:
        """Where the agent reads in this conversation."""
        return self._views.setdefault(chat.id, LogView())

    def forget_all_but(self, open_ones: Collection[ConversationId | None]) -> None:
        """Let go of conversations without a tab; the desk holds their drafts."""
        for kept in (self._buffers, self._views, self._lent):
            for gone in kept.keys() - open_ones:
                del kept[gone]
