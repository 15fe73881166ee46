"""No reply leaves before the agent has had a look at what came since it was written.

While the live connection is lost anything may be missed, so that is fetched before a reply leaves. A
colleague's answer that came after the agent pressed the key, and before the text left, holds it back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from agent_tui.desk.effects import SendReply
from agent_tui.desk.told import MissedLoaded
from agent_tui.desk.transcript import Fate, Line
from agent_tui.engine.requests import Missed
from api_client.models.identity import ConversationId, EchoId, MessageId
from api_client.models.message import MessageKind

MOST_REMEMBERED: Final = 200
"""Conversations whose answers are remembered: one told again must not count as new."""


class Overtaken(Exception):
    """A colleague answered first."""


class CatchingUp:
    """Remembers which conversations were read up to date since the last loss, and who answered in them."""

    def __init__(self, fetch: Missed, emit: Callable[[MissedLoaded], None], live: asyncio.Event) -> None:
        """``fetch`` gets everything after a message; ``live`` is set while connected."""
        self._fetch = fetch
        self._emit = emit
        self._live = live
        self._fresh: set[ConversationId] | None = None
        """``None`` until the first loss: nothing can have been missed."""
        self._answers: dict[ConversationId, set[MessageId | EchoId]] = {}
        """Of colleagues, the conversation heard of last at the end."""
        self._known: dict[EchoId, tuple[ConversationId, int]] = {}
        """Replies on their way, with how many of those there were when the agent pressed the key."""

    def written(self, reply: SendReply) -> None:
        """The agent has pressed the key, knowing what is known now."""
        self._known[reply.echo] = reply.conversation, self._count(reply.conversation)

    def lost(self) -> None:
        """From now on anything may be missed."""
        self._fresh = set()

    def filled(self, conversation: ConversationId, lines: Iterable[Line]) -> None:
        """Everything up to now is known; live, it stays so."""
        self.heard(conversation, lines)
        if self._fresh is not None and self._live.is_set():
            self._fresh.add(conversation)

    def heard(self, conversation: ConversationId, lines: Iterable[Line]) -> None:
        """These lines have come."""
        answers = {line.key for line in lines if _is_answer(line)}
        if answers:
            kept = self._answers[conversation] = self._answers.pop(conversation, set())
            kept |= answers
            self._forget_some()

    async def before(self, reply: SendReply, patience: float) -> None:
        """Fetch and tell what may have been missed, trying for about ``patience`` seconds.

        Raises:
            Overtaken: the reply must not leave.
            ApiError: it could not be fetched.
        """
        if reply.after is None:
            return  # the agent has read nothing of this conversation yet
        if self._fresh is not None and reply.conversation not in self._fresh:
            self._emit(await self._fetch(reply.conversation, reply.after, patience, self._live))
        _, known = self._known.get(reply.echo, (reply.conversation, 0))
        if not reply.note and self._count(reply.conversation) > known:
            raise Overtaken

    def settled(self, echo: EchoId) -> None:
        """The server has it, or it does not leave as things are."""
        self._known.pop(echo, None)

    def _count(self, conversation: ConversationId) -> int:
        return len(self._answers.get(conversation, ()))

    def _forget_some(self) -> None:
        """Those heard of longest ago go, but for what a reply on its way is judged by."""
        spare = len(self._answers) - MOST_REMEMBERED
        if spare > 0:
            judged = {conversation for conversation, _ in self._known.values()}
            for conversation in [one for one in islice(self._answers, spare) if one not in judged]:
                del self._answers[conversation]


def _is_answer(line: Line) -> bool:
    return line.kind is MessageKind.AGENT and not line.mine and line.fate is not Fate.FAILED
