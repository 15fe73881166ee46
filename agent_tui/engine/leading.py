"""What a lead does with conversations of others, each step harmless when it is repeated."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar

from agent_tui.desk.effects import SendReply
from agent_tui.desk.lead_effects import AssignTo, LeadEffect, MoveTo, Whisper
from agent_tui.desk.text import clean_line
from agent_tui.engine.retrying import Retrying
from agent_tui.engine.sending import Sender
from agent_tui.wording import say
from api_client.backend import Backend
from api_client.errors import Refused
from api_client.models.conversation import Conversation

T = TypeVar("T")

_PATIENCE: Final = 8.0
"""Seconds that the lead waits to see one done."""
_AT_ONCE: Final = 4
"""Moves under way together."""


class Leading:
    """Does it, whoever has the conversation. Whispers leave as notes do: each arrives once."""

    def __init__(self, backend: Backend, sender: Sender, retrying: Retrying) -> None:
        self._backend = backend
        self._sender = sender
        self._retrying = retrying
        self._air = asyncio.Semaphore(_AT_ONCE)

    async def perform(self, effect: LeadEffect) -> Conversation | None:
        """The conversation as it is afterwards, where it was changed.

        Raises:
            ApiError: it did not work.
            Unsettled: a whisper may or may not have arrived.
        """
        async with self._air:
            if isinstance(effect, Whisper):
                note = SendReply(effect.conversation, effect.echo, effect.note, note=True, after=None)
                await self._sender.send(note)
                return None
            if isinstance(effect, AssignTo):
                await self._ask(partial(self._backend.assign, effect.conversation, effect.agent))
            elif isinstance(effect, MoveTo):
                await self._ask(partial(self._move, effect))
            return await self._ask(lambda: self._backend.conversation(effect.conversation))

    async def _move(self, effect: MoveTo) -> None:
        found = await self._backend.conversation(effect.conversation)
        if found.assignee is not None and found.queue != effect.queue:
            raise Refused(say("{name} has taken it meanwhile", name=clean_line(found.assignee.name)))
        await self._backend.move(effect.conversation, effect.queue)

    async def _ask(self, request: Callable[[], Awaitable[T]]) -> T:
        return await self._retrying.ask(request, patience=_PATIENCE)
