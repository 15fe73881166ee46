"""The workstation as a process that works through a shift by keys, without a terminal; orders on stdin.

Each order is a line of JSON, answered by one; it ends when stdin does. ``{"serve": 5}`` takes so many of
those who wait, answers and closes them; the answer tells how many are handled by now. The desk's clock runs
ahead of the wall's, so that what the desk forgets after ten minutes is forgotten.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from textual import events

from agent_tui.app import Workstation
from agent_tui.desk.events import Ticked
from agent_tui.desk.model import DeskState
from agent_tui.desk.selectors import active_chat
from agent_tui.desk.steps import Holds
from agent_tui.engine.bookshelf import TextPlaces
from agent_tui.engine.drafts import SqliteDrafts
from agent_tui.engine.engine import Engine
from agent_tui.engine.facts_kept import FactsKept
from agent_tui.engine.outbox import SqliteOutbox
from agent_tui.engine.session import Pace
from agent_tui.engine.thread import EngineThread
from agent_tui.keys_in_force import keymap
from agent_tui.lookout import LookoutMeans
from agent_tui.looks import Looks
from agent_tui.settings_schema import DeskSettings
from agent_tui.widgets.composer import Composer
from api_client.backend import Backend
from api_client.open import open_backend
from api_client.secret import Secret
from benchmarks.terminal import COLUMNS, LINES
from themes.loader import load

EACH: Final = 48.0
"""Seconds of the shift that one conversation takes: 600 of them are eight hours."""
LISTED_EVERY: Final = (0.8, 1.2)
"""Real seconds between two looks at the whole list: about as often a conversation as in eight real hours."""
KEY_TO_KEY: Final = 0.05
PATIENCE: Final = 20.0
REPLY: Final = "yes, at once"


class Clock:
    """Monotonic seconds that can be made to pass."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """What the desk takes for now."""
        return time.monotonic() + self._ahead

    def pass_by(self, seconds: float) -> None:
        """So long has gone by."""
        self._ahead += seconds


class Hand:
    """Presses the keys and waits for what they do."""

    def __init__(self, app: Workstation, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self._typed_at = 0.0

    @property
    def state(self) -> DeskState:
        """What the desk holds."""
        return self._app.bridge.state

    async def serve(self, count: int) -> None:
        """Take so many one after another, then answer and close each."""
        await self.until(lambda: len(self.state.waiting.places) >= count, "customers who wait")
        for number in range(count):
            self.press("f3")
            await self.until(partial(self._has_taken, number + 1), "the next one to be taken")
        while self.state.tabs:
            await self._answer_and_close()

    def _has_taken(self, count: int) -> bool:
        return len(self.state.tabs) == count and not self.state.taking

    def _in_sight(self) -> bool:
        """Whether the chat in front is read, and keys go to it."""
        chat = active_chat(self.state)
        if chat is None or not chat.transcript.fetched:
            return False
        return self._app.screen.query_one(Composer).conversation == chat.id

    async def _answer_and_close(self) -> None:
        await self.until(self._in_sight, "a chat in front")
        chat = self.state.chats[self.state.tabs[0] if self.state.active is None else self.state.active]
        for letter in REPLY:
            self.press("space" if letter == " " else letter, letter)
        self.press("enter", "\r")
        await self.until(lambda: chat.answered > chat.customer_wrote, "the answer to arrive")
        handled = self.state.handled
        self.press("f8")
        await self.until(lambda: chat.id not in self.state.tabs, "the tab to close")
        self._clock.pass_by(EACH)
        self._app.bridge.dispatch(Ticked())
        await self.until(lambda: self.state.handled > handled, "the chat to be closed")

    def press(self, key: str, character: str | None = None) -> None:
        """One key, at a person's pace as the program sees it: faster ones would be a paste."""
        event = events.Key(key, character)
        self._typed_at = event.time = max(event.time, self._typed_at + KEY_TO_KEY)
        self._app.post_message(event)

    async def until(self, fact: Callable[[], object], what: str) -> None:
        """Wait for a fact; raises ``TimeoutError`` when it does not come about."""
        end = time.monotonic() + PATIENCE
        while not fact():
            if time.monotonic() > end:
                raise TimeoutError(f"waited in vain for {what}")
            await asyncio.sleep(0.002)


def _workstation(home: Path, clock: Clock) -> tuple[Workstation, EngineThread]:
    """All that the program has, with its files in ``home``."""
    url, token = os.environ["AGENT_TUI_URL"], Secret(os.environ["AGENT_TUI_TOKEN"])

    def connect() -> Backend:
        return open_backend("chatwoot", url, token)

    def engine() -> Engine:
        return Engine(
            connect,
            lambda: SqliteDrafts(home / "drafts.db"),
            url,
            open_outbox=lambda: SqliteOutbox(home / "outbox.db"),
            texts=TextPlaces(),
            pace=Pace(poll=LISTED_EVERY),
        )

    thread = EngineThread(engine)
    settings = DeskSettings()
    app = Workstation(
        thread.submit,
        thread.start,
        keymap({}),
        Looks(load("dark"), panes=1),
        str,
        lookout=LookoutMeans(connect, url),
        holds=Holds(settings.undo, settings.undo_send),
        facts=lambda: FactsKept(home / "facts.db", url),
        exports=home,
        now=clock.now,
    )
    return app, thread


async def _work(home: Path) -> None:
    clock = Clock()
    app, thread = _workstation(home, clock)
    async with app.run_test(size=(COLUMNS, LINES)):
        hand = Hand(app, clock)
        await hand.until(lambda: hand.state.listed and hand.state.texts is not None, "the lists")
        _tell(0)
        while line := await asyncio.to_thread(sys.stdin.readline):
            await hand.serve(int(json.loads(line)["serve"]))
            _tell(hand.state.handled)
    thread.stop()
    app.close_board()


def _tell(handled: int) -> None:
    """Textual has ``sys.stdout`` while it runs."""
    if sys.__stdout__ is not None:
        sys.__stdout__.write(json.dumps({"handled": handled}) + "\n")
        sys.__stdout__.flush()


if __name__ == "__main__":
    asyncio.run(_work(Path(sys.argv[1])))
