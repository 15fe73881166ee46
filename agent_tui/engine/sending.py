"""Sends replies so that each arrives once: after a lost answer it looks before it sends again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from msgspec import Struct

from agent_tui.desk.effects import LookForReply, SendReply
from agent_tui.desk.transcript import Unsent
from agent_tui.engine.claims import Claims
from agent_tui.engine.local_files import read
from agent_tui.engine.retrying import Retrying, asked_to_wait
from api_client.backend import Backend
from api_client.errors import AnswerLost, ApiError, BadAnswer, ConnectFailed, RateLimited, ServerFault
from api_client.models.identity import AgentId, ConversationId, EchoId, MessageId
from api_client.models.message import AuthorKind, Message, MessageKind, Outgoing

Handed = Callable[[ConversationId, EchoId, int], None]
"""Told of each percent of a reply's files that has been handed over."""

DOUBTFUL = (AnswerLost, ServerFault, BadAnswer)
"""Troubles after which the server may have the reply all the same."""


class SendingLimits(Struct, frozen=True):
    """Seconds."""

    reach: float = 120.0
    """How long a reply waits for the connection, or for a server that asks for patience."""
    look: float = 60.0
    """How long a lost answer is looked for when looking itself fails."""
    settle: float = 2.0
    """What a slow server gets to finish a request whose answer got lost, before each of two looks."""


Ready = Callable[[SendReply, float], Awaitable[None]]
"""Returns when a reply may leave, after so many seconds at most; raises why it must not."""


class Unsettled(Exception):
    """Whether the server has the reply could not be found out."""


class Sender:
    """Posts replies of one agent. One call at a time per conversation keeps their order."""

    def __init__(
        self,
        backend: Backend,
        me: AgentId,
        live: asyncio.Event,
        retrying: Retrying,
        *,
        limits: SendingLimits,
        ready: Ready,
        handed: Handed = lambda *_: None,
    ) -> None:
        """``ready`` is asked before each further try: much may have been said while the last one failed.

        ``handed`` is told how far the files of a reply have come.
        """
        self._handed_to = handed
        self._backend = backend
        self._me = me
        self._live = live
        self._timing = retrying.timing
        self._retrying = retrying
        self._limits = limits
        self._ready = ready
        self._doubtful: set[EchoId] = set()
        self._out: set[EchoId] = set()
        """Handed over whole: the server may have them."""
        self._claims = Claims()
        self._watched: dict[EchoId, Message | None] = {}

    def remember(self, left: Iterable[Unsent], sent: Iterable[tuple[ConversationId, MessageId]]) -> None:
        """Texts of an earlier run are looked for before they are sent; none of them is one of ``sent``."""
        self._doubtful |= {text.echo for text in left}
        self._claims.restore(sent)

    async def look_for(self, reply: LookForReply) -> Message | None:
        """The message the server made of a text of an earlier run; ``None`` when it has none.

        Raises:
            Unsettled: looking did not work.
        """
        self._watched.setdefault(reply.echo, None)
        found = await self._look(reply)
        if found is not None:
            self._settle(reply, found)
        return found

    async def send(self, reply: SendReply) -> Message:
        """The message the server made of the reply.

        Raises:
            Unsettled: it may or may not have arrived.
            ApiError: it did not arrive.
        """
        self._watched.setdefault(reply.echo, None)
        message = await self._settled(reply, self._timing.now() + self._limits.reach)
        self._settle(reply, message)
        return message

    def may_stop(self, echo: EchoId) -> bool:
        """Whether a reply under way has certainly not reached the server."""
        return echo not in self._out and echo not in self._doubtful

    def forget(self, echo: EchoId) -> None:
        """The agent took it back."""
        self._doubtful.discard(echo)
        self._watched.pop(echo, None)

    def _settle(self, reply: SendReply | LookForReply, message: Message) -> None:
        self._claims.add(reply.conversation, message.id)
        self._doubtful.discard(reply.echo)
        self._watched.pop(reply.echo, None)

    def heard(self, message: Message) -> None:
        """A push brought a message: perhaps the one whose answer got lost."""
        if message.echo in self._watched:
            self._watched[message.echo] = message

    async def _settled(self, reply: SendReply, until: float) -> Message:
        if reply.echo not in self._doubtful:
            try:
                return await self._post(reply, until)
            except DOUBTFUL as error:
                self._doubtful.add(reply.echo)
                await self._timing.sleep(asked_to_wait(error) or 0.0)
                if reply.files:
                    return await self._look(reply) or _given_up(error)
        return await self._look(reply) or await self._post_again(reply, until)

    async def _post_again(self, reply: SendReply, until: float) -> Message:
        await self._ready(reply, until - self._timing.now())
        try:
            return await self._post(reply, until)
        except DOUBTFUL as error:
            found = await self._look(reply)
            if found is not None:
                return found
            if isinstance(error, AnswerLost):
                raise Unsettled from error
            raise

    async def _post(self, reply: SendReply, until: float) -> Message:
        backoff = self._retrying.backoff()
        files = await asyncio.to_thread(read, reply.files) if reply.files else ()
        outgoing = Outgoing(reply.text, reply.echo, reply.note, files)
        while True:
            try:
                return await self._hand_over(reply, outgoing)
            except (ConnectFailed, RateLimited) as error:
                asked = asked_to_wait(error)
                pause = backoff.next_wait(asked=asked)
                if self._timing.now() + (asked or 0.0) >= until:
                    raise
            sooner = self._live if asked is None else None
            await self._retrying.pause(min(pause, until - self._timing.now()), sooner)
            await self._ready(reply, until - self._timing.now())

    async def _hand_over(self, reply: SendReply, outgoing: Outgoing) -> Message:
        """Post it; meanwhile it is known whether the server may have all of it."""
        if not outgoing.files:
            self._out.add(reply.echo)
        try:
            return await self._backend.send(reply.conversation, outgoing, self._telling(reply))
        finally:
            self._out.discard(reply.echo)

    def _telling(self, reply: SendReply) -> Callable[[int, int], None]:
        told = -1

        def tell(done: int, size: int) -> None:
            nonlocal told
            if done >= size:
                self._out.add(reply.echo)
            percent = done * 100 // max(1, size)
            if reply.files and percent != told:
                told = percent
                self._handed_to(reply.conversation, reply.echo, percent)

        return tell

    async def _look(self, reply: SendReply | LookForReply) -> Message | None:
        """Look twice, a moment apart: a slow server may still be at it when the answer is given up."""
        for _ in range(2):
            await self._timing.sleep(self._limits.settle)
            try:
                found = await self._retrying.ask(lambda: self._find(reply), patience=self._limits.look)
            except ApiError as error:
                raise Unsettled from error
            if found is not None:
                return found
        return None

    async def _find(self, reply: SendReply | LookForReply) -> Message | None:
        pushed = self._watched.get(reply.echo)
        if pushed is not None:
            return pushed
        after, more = reply.after, True
        while more:
            page = await self._backend.messages(reply.conversation, after=after)
            for message in page.items:
                if self._is(message, reply):
                    return message
            more = page.more and after is not None and bool(page.items)
            after = page.items[-1].id if page.items else after
        return None

    def _is(self, message: Message, reply: SendReply | LookForReply) -> bool:
        if message.echo is not None:
            return message.echo == reply.echo
        kind = MessageKind.NOTE if reply.note else MessageKind.AGENT
        author = message.author
        return (
            message.kind is kind
            and author is not None
            and (author.kind, author.id) == (AuthorKind.AGENT, self._me)
            and _same(message.text, reply.text)
            and _same_files(message, reply)
            and not self._claims.has(reply.conversation, message.id)
        )


def _given_up(error: ApiError) -> Message:
    """An upload is not repeated by itself: a server may be busy with it for longer than anybody looks."""
    if isinstance(error, AnswerLost):
        raise Unsettled from error
    raise error


def _same_files(message: Message, reply: SendReply | LookForReply) -> bool:
    """Servers name files their own way, and may not know their sizes at once."""
    theirs = [file.size for file in message.attachments]
    ours = [file.size for file in reply.files]
    return len(theirs) == len(ours) and (None in theirs or sorted(filter(None, theirs)) == sorted(ours))


def _same(one: str, other: str) -> bool:
    """Servers trim texts and write line ends their own way."""
    return one.split() == other.split()
