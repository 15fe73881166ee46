"""An agent without a screen who serves: takes the longest waiting, answers, closes who is silent."""

from __future__ import annotations

import itertools
import time

from agent_tui.desk import events as d
from agent_tui.desk import selectors
from agent_tui.desk.model import Chat, Link
from api_client.models.identity import ConversationId, EchoId
from tests.engine.wire import WireDesk

MOST_CHATS = 3
SILENCE = 30.0
"""Desk seconds after which a customer who says nothing more is taken to be content or gone."""


class WireAgent:
    """Sits at ``desk``."""

    def __init__(self, desk: WireDesk, name: str) -> None:
        self.desk = desk
        self._echoes = (EchoId(f"{name}-{number}") for number in itertools.count())
        self.closed = 0

    async def comes(self) -> None:
        """Connected, and knows who waits."""
        state = self.desk.state
        await self.desk.until(lambda: state.listed and state.connection.link is Link.LIVE)

    async def in_step(self, at: float) -> None:
        """Everything that the server told up to desk time ``at`` has come."""
        state = self.desk.state

        def heard() -> bool:
            server = selectors.server_now(state, time.monotonic())
            return server is not None and server >= at - 1.0 and not state.asked

        await self.desk.until(heard)

    async def serve(self) -> None:
        """What there is to do now."""
        state = self.desk.state
        while selectors.waiting_count(state) and len(state.tabs) < MOST_CHATS:
            await self._take()
        for row in selectors.tab_rows(state):
            chat = state.chats.get(row.conversation)
            if chat is not None and row.waiting_since is not None:
                await self._answer(chat)
            elif chat is not None and self._is_silent(chat):
                await self._close(chat)

    async def _take(self) -> None:
        """Somebody else may be faster."""
        state = self.desk.state
        self.desk.bridge.dispatch(d.LongestWaitingRequested())
        await self.desk.until(lambda: not state.taking)

    async def _answer(self, chat: Chat) -> None:
        echo = next(self._echoes)
        text = f"Vastaus {echo}"
        self.desk.bridge.dispatch(d.ReplySubmitted(chat.id, text, note=False, echo=echo))
        await self.desk.until(lambda: not chat.transcript.sending)
        assert chat.transcript.undelivered == 0

    async def _close(self, chat: Chat) -> None:
        self.desk.bridge.dispatch(d.ResolveRequested(chat.id))
        await self.desk.until(lambda: not self._holds(chat.id))
        self.closed += 1

    def _holds(self, conversation: ConversationId) -> bool:
        state = self.desk.state
        return conversation in state.tabs or conversation in state.resolving

    def _is_silent(self, chat: Chat) -> bool:
        server = selectors.server_now(self.desk.state, time.monotonic())
        return server is not None and server - chat.last_activity_at > SILENCE
