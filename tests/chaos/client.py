"""A desk without a screen, a process of its own: says numbered texts until all are said or it is killed."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import secrets
import sys
from pathlib import Path

from agent_tui.bridge import Bridge
from agent_tui.desk import events as d
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.transcript import Fate, Line
from agent_tui.engine.drafts import MemoryDrafts
from agent_tui.engine.engine import Engine
from agent_tui.engine.outbox import SqliteOutbox
from agent_tui.engine.sending import SendingLimits
from agent_tui.engine.session import Pace
from agent_tui.engine.thread import EngineThread
from api_client.models.identity import ConversationId, EchoId
from api_client.open import open_backend
from api_client.secret import Secret

AHEAD = 3
"""Texts on their way in one conversation at a time."""


class Talker:
    """Says ``count`` texts in each of the agent's conversations, in order, whatever comes between."""

    def __init__(self, url: str, token: str, outbox: Path, count: int, floors: dict[str, int]) -> None:
        """``floors``: the first number not said yet, by customer."""
        self._count = count
        self._floors = floors
        engine = Engine(
            lambda: open_backend("chatwoot", url, Secret(token)),
            MemoryDrafts,
            "practice",
            open_outbox=lambda: SqliteOutbox(outbox),
            pace=Pace(poll=(3.0, 4.0), sending=SendingLimits(settle=0.1)),
        )
        self._thread = EngineThread(engine)
        self._changed = asyncio.Event()
        self._said: set[EchoId] = set()
        self._next: dict[ConversationId, int] = {}
        self.bridge = Bridge(
            DeskState(),
            perform=engine.submit,
            show=lambda _: None,
            changed=self._changed.set,
            start_failed=lambda _: os._exit(3),
        )

    async def run(self) -> None:
        """Until everything is said and everything is heard."""
        self.bridge.open()
        self._thread.start(self.bridge.deliver)
        for turn in itertools.count():
            self._changed.clear()
            if turn % 10 == 0:
                self.bridge.dispatch(d.Ticked())
            if self._work():
                return
            try:
                async with asyncio.timeout(0.1):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _work(self) -> bool:
        state = self.bridge.state
        if not state.listed or len(state.tabs) < len(self._floors):
            return False
        chats = [state.chats[conversation] for conversation in state.tabs]
        return all([self._talk(chat) for chat in chats])  # noqa: C419  every chat has its turn

    def _talk(self, chat: Chat) -> bool:
        """Send again what failed, oldest first; else say more. Whether all is said and heard."""
        if not chat.transcript.fetched:
            return False
        mine = [line for line in chat.transcript.lines if line.mine]
        self._tell_left(mine)
        failed = [line for line in mine if line.fate is Fate.FAILED and line.echo is not None]
        if chat.transcript.sending == 0 and failed:
            for line in failed:
                self.bridge.dispatch(d.RetryRequested(chat.id, EchoId(str(line.echo))))
        elif not failed and chat.transcript.sending < AHEAD:
            return self._say(chat, mine)
        return False

    def _tell_left(self, mine: list[Line]) -> None:
        """Whoever listens hears what the screen calls sent; from then on it must not get lost."""
        for line in mine:
            if line.echo is not None and line.fate is not Fate.QUEUED and line.echo not in self._said:
                self._said.add(line.echo)
                _tell(json.dumps(line.raw))

    def _say(self, chat: Chat, mine: list[Line]) -> bool:
        known = max((int(line.raw.split()[-1]) for line in mine), default=-1) + 1
        number = max(self._next.get(chat.id, 0), self._floors[chat.card.raw_name], known)
        if number >= self._count:
            heard = sum(line.kind.value == "customer" for line in chat.transcript.lines)
            return chat.transcript.sending == 0 and heard > 0
        self._next[chat.id] = number + 1
        text = f"to {chat.card.raw_name} {number}"
        self.bridge.dispatch(d.ReplySubmitted(chat.id, text, note=False, echo=EchoId(secrets.token_hex(8))))
        return False


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    url, token, outbox, count, floors = sys.argv[1:]
    asyncio.run(Talker(url, token, Path(outbox), int(count), json.loads(floors)).run())
    _tell("done")
    os._exit(0)
