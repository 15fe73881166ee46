"""A desk without a screen, a process of its own: says numbered texts until all are said or it is killed.

On its output: each text as soon as the screen calls it on its way, ``done`` when everything is said, and,
for each line on its input, the transcripts as the screen would show them.
"""

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
from agent_tui.desk import lines
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.transcript import Fate, Older
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
NOTE_EVERY = 7
"""Among so many texts one is a private note."""

NO_START = 3
"""The status of a client that could not sign in."""


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
            pace=Pace(poll=(6.0, 8.0), sending=SendingLimits(settle=0.1)),
        )
        self._thread = EngineThread(lambda: engine)
        self._changed = asyncio.Event()
        self._next: dict[ConversationId, int] = {}
        self._news: set[ConversationId] = set()
        self._told_done = False
        self.bridge = Bridge(
            DeskState(),
            perform=engine.submit,
            show=lambda _: None,
            changed=self._changed.set,
            start_failed=lambda _: os._exit(NO_START),
            witness=self._happened,
        )

    async def run(self) -> None:
        """Until killed."""
        self.bridge.open()
        self._thread.start(self.bridge.deliver)
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), self._show)
        for turn in itertools.count():
            self._changed.clear()
            if turn % 10 == 0:
                self.bridge.dispatch(d.Ticked())
                self._news |= set(self.bridge.state.tabs)
            self._work()
            try:
                async with asyncio.timeout(0.1):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _happened(self, event: d.DeskEvent) -> None:
        """Whoever listens hears what the screen calls on its way; from then on it must not get lost."""
        conversation = getattr(event, "conversation", None)
        if conversation is not None:
            self._news.add(conversation)
        if isinstance(event, d.ReplyLeft):
            transcript = self.bridge.state.chats[event.conversation].transcript
            place = lines.find(transcript, event.echo)
            if place is not None:
                _tell(json.dumps(transcript.lines[place].raw))

    def _work(self) -> None:
        state = self.bridge.state
        if not state.listed or len(state.tabs) < len(self._floors):
            return
        news, self._news = self._news & set(state.tabs), set()
        for conversation in news:
            self._talk(state.chats[conversation])
        all_said = all(self._next.get(conversation, 0) >= self._count for conversation in state.tabs)
        if all_said and not self._told_done and not any(map(self._under_way, state.tabs)):
            self._told_done = True
            _tell("done")

    def _under_way(self, conversation: ConversationId) -> bool:
        transcript = self.bridge.state.chats[conversation].transcript
        return bool(transcript.sending or transcript.undelivered)

    def _talk(self, chat: Chat) -> None:
        """Send again what failed, oldest first; else say more."""
        if not chat.transcript.fetched:
            return
        if chat.id not in self._next:
            self._next[chat.id] = max(self._floors[chat.card.raw_name], _first_unsaid(chat))
        if chat.transcript.undelivered:
            self._say_again(chat)
        elif chat.transcript.sending < AHEAD:
            self._say(chat)

    def _say_again(self, chat: Chat) -> None:
        if chat.transcript.sending == 0:
            failed = [line for line in chat.transcript.lines if line.fate is Fate.FAILED and line.local]
            for line in failed:
                self.bridge.dispatch(d.RetryRequested(chat.id, EchoId(str(line.echo))))

    def _say(self, chat: Chat) -> None:
        number = self._next[chat.id]
        if number >= self._count:
            return
        self._next[chat.id] = number + 1
        text, note = f"to {chat.card.raw_name} {number}", number % NOTE_EVERY == 0
        self.bridge.dispatch(d.ReplySubmitted(chat.id, text, note=note, echo=EchoId(secrets.token_hex(8))))

    def _show(self) -> None:
        """Tell what the agent would see who scrolls up to the first message of each conversation."""
        if not sys.stdin.readline():
            os._exit(0)  # whoever started this is gone
        chats = [self.bridge.state.chats[conversation] for conversation in self.bridge.state.tabs]
        for chat in chats:
            if chat.transcript.older is Older.MORE:
                self.bridge.dispatch(d.OlderRequested(chat.id))
        _tell(json.dumps({chat.id: _shown(chat) for chat in chats}))


def _first_unsaid(chat: Chat) -> int:
    """The number after the greatest among the agent's own texts that are known."""
    mine = (line.raw for line in chat.transcript.lines if line.mine and line.raw.startswith("to "))
    return max((int(text.split()[-1]) + 1 for text in mine), default=0)


def _shown(chat: Chat) -> list[tuple[str, str, bool]]:
    return [(line.key, line.raw, line.deleted) for line in chat.transcript.lines]


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    url, token, outbox, count, floors = sys.argv[1:]
    asyncio.run(Talker(url, token, Path(outbox), int(count), json.loads(floors)).run())
