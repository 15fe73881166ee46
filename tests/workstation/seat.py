"""A person at the workstation: the whole program on a practice desk, driven by keys, read from the screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.widget import Widget

from agent_tui.app import Workstation
from agent_tui.desk import selectors
from agent_tui.desk.model import Chat, DeskState, Link
from agent_tui.desk.rules import NONE_SETTLED, Rules
from agent_tui.desk.steps import Holds
from agent_tui.engine.bookshelf import TextPlaces
from agent_tui.engine.carrying import CarryingMeans
from agent_tui.engine.drafts import DraftStore, MemoryDrafts
from agent_tui.engine.engine import Engine
from agent_tui.engine.facts_kept import FactsKept
from agent_tui.engine.filework import FileRules
from agent_tui.engine.linkwork import LinkMeans
from agent_tui.engine.outbox import MemoryOutbox, OutboxStore
from agent_tui.engine.thread import EngineThread
from agent_tui.keys_in_force import keymap
from agent_tui.lookout import LookoutMeans
from agent_tui.looks import Looks
from agent_tui.profiles import ANYWHERE, Whereabouts
from api_client.backend import Backend
from api_client.errors import ConnectFailed
from api_client.open import open_backend
from api_client.secret import Secret
from practice.embedded import EmbeddedDesk
from themes.loader import SHIPPED, load

PLAIN = Looks(load(SHIPPED[0]), tuple(load(name) for name in SHIPPED[1:]))
"""What the settings' defaults make."""


def _unreachable() -> Backend:
    raise ConnectFailed("nobody opens this board")


NO_BOARD = LookoutMeans(_unreachable, "")
"""For a desk whose board stays closed."""

PATIENCE = 15.0
"""Seconds that anything may take before a test gives up on it."""


_CHARACTERS = {"enter": "\r", "tab": "\t", "space": " "}
_KEY_TO_KEY = 0.05
"""Seconds between keys as the program sees them: those of a person, not of a paste."""
_QUIET_ROUNDS = 5
"""Turns of the loop without a message waiting: a handler may post another one in its turn."""


class Seat:
    """Keys in, screen and state out."""

    def __init__(self, app: Workstation, engine: Engine, crashes: Sequence[BaseException]) -> None:
        self.app = app
        self._engine = engine
        self._crashes = crashes
        self._typed_at = 0.0
        self.pressed = 0
        """Keys pressed so far."""

    @property
    def state(self) -> DeskState:
        """What the desk holds."""
        return self.app.bridge.state

    @property
    def chat(self) -> Chat:
        """The open conversation."""
        chat = selectors.active_chat(self.state)
        assert chat is not None, self.screen
        return chat

    @property
    def screen(self) -> str:
        """What stands on the terminal, row by row."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    async def press(self, *keys: str) -> None:
        """Press keys, named as Textual names them, or characters; each is dealt with before the next.

        Whoever presses has seen what the desk knew until then, and sees afterwards what the keys did here;
        for what the server is to say, wait with :meth:`until` or :meth:`until_shown`.
        """
        await self._in_sight()
        await self.press_unseen(*keys)
        await self._in_sight()

    async def press_unseen(self, *keys: str) -> None:
        """As :meth:`press` for whoever goes by the state alone, many times faster than a screen."""
        for key in keys:
            self._post(key)
            await self._dealt_with()

    async def press_ahead(self, *keys: str) -> None:
        """Press keys without waiting for any, as typed while the program was busy."""
        for key in keys:
            self._post(key)
        await self._dealt_with()

    def _post(self, key: str) -> None:
        self.pressed += 1
        character = key if len(key) == 1 else _CHARACTERS.get(key)
        event = events.Key(_character_to_key(key) if len(key) == 1 else key, character)
        self._typed_at = event.time = max(event.time, self._typed_at + _KEY_TO_KEY)
        self.app.post_message(event)

    async def resize(self, columns: int, rows: int) -> None:
        """The terminal has another size from now on."""
        size = Size(columns, rows)
        self.app.post_message(events.Resize(size, size))
        await self.until(lambda: self.app.screen.query_one("#hints").size.width == columns, "the new size")
        await self._dealt_with()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*text)

    async def _dealt_with(self) -> None:
        """Every message posted so far has been handled. ``Pilot.press`` waits for a process at rest,
        which one with a server in it seldom is."""
        quiet = 0
        while quiet < _QUIET_ROUNDS:
            await asyncio.sleep(0)
            nodes = [self.app, *self.app.screen_stack, *self.app.screen.walk_children()]
            quiet = 0 if any(node.message_queue_size for node in nodes) else quiet + 1

    async def _in_sight(self) -> None:
        """The frame that was asked for, if one was, is painted and laid out."""
        app, before = self.app, self.app._painted_at
        await self.until(lambda: app._repaint is None or app._painted_at != before, "the frame")
        await self._dealt_with()

    async def until(self, fact: Callable[[], object], what: str = "") -> None:
        """Wait for a fact."""
        end = time.monotonic() + PATIENCE
        while not fact():
            if self._crashes:
                raise AssertionError("the program has ended") from self._crashes[0]
            assert time.monotonic() < end, f"waited in vain for {what or fact}\n{self._inside}\n{self.screen}"
            await asyncio.sleep(0.002)

    @property
    def _inside(self) -> str:
        """What keeps a screen from being painted, for whoever reads of a wait in vain."""
        screen = self.app.screen
        parts = ("is_current", "_layout_required", "_repaint_required", "_dirty_widgets", "_callbacks")
        facts = [f"{part}={getattr(screen, part)}" for part in parts]
        widgets = [
            f"{widget} {widget.display} {widget.region} {widget.message_queue_size}"
            for widget in screen.query(Widget)
        ]
        return "\n".join([f"{self.app.screen_stack} {self.app._batch_count}", *facts, *widgets])

    async def at_rest(self) -> None:
        """Wait until everything the desk asked of the server, typing marks included, has been answered."""
        loop = self._engine._loop
        assert loop is not None
        end = time.monotonic() + PATIENCE
        await self.until(lambda: not self.app.bridge._outbox, "effects on their way to the engine")
        while await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._under_way(), loop)):
            assert time.monotonic() < end, self.screen

    async def _under_way(self) -> bool:
        session = self._engine._session
        return session is None or bool(
            self._engine._inbox or session._states._busy or session._reads._busy or not session._lanes.idle
        )

    async def until_pushed(self, mark: str, count: int) -> None:
        """Wait until the desk has taken in all that the server pushed before the ``count``-th ``mark``.

        A mark is an event that no server knows; it is counted, and nothing follows from it.
        """
        session = self._engine._session
        assert session is not None
        heard, bridge = session._feed.not_understood, self.app.bridge
        await self.until(lambda: heard[mark] >= count and not bridge._inbox, f"{mark} {count}")

    async def until_taken(self) -> None:
        """Wait for the last line that the server writes of itself when the open chat is taken."""
        await self.until(
            lambda: any("self-assigned" in line.text for line in self.chat.transcript.lines), "word of it"
        )

    async def until_shown(self, words: str) -> None:
        """Wait for words on the screen."""
        await self.until(lambda: words in self.screen, repr(words))


def token_of(desk: EmbeddedDesk, agent: int) -> str:
    """The token of the desk's agent with this number."""
    agents = desk.ready["agents"]
    assert isinstance(agents, list)
    return str(agents[agent]["token"])


@asynccontextmanager
async def seat(
    desk: EmbeddedDesk,
    *,
    agent: int = 0,
    size: tuple[int, int] = (120, 36),
    overrides: dict[str, str] | None = None,
    drafts: Callable[[], DraftStore] = MemoryDrafts,
    looks: Looks = PLAIN,
    holds: Holds | None = None,
    outbox: Callable[[], OutboxStore] = MemoryOutbox,
    links: LinkMeans | None = None,
    rules: Rules = NONE_SETTLED,
    whereabouts: Whereabouts = ANYWHERE,
    files: FileRules | None = None,
    carrying: CarryingMeans | None = None,
    texts: TextPlaces | None = None,
    facts: Callable[[], FactsKept] | None = None,
) -> AsyncIterator[Seat]:
    """An agent at work at ``desk``, signed in and live."""
    token = Secret(token_of(desk, agent))
    engine = Engine(
        lambda: open_backend("chatwoot", desk.url, token),
        drafts,
        desk.url,
        open_outbox=outbox,
        links=links,
        files=files,
        carrying=carrying,
        texts=texts or TextPlaces(),
    )
    thread = EngineThread(lambda: engine)
    crashes: list[BaseException] = []

    def report(error: BaseException) -> str:
        crashes.append(error)
        return ""

    app = Workstation(
        engine.submit,
        thread.start,
        keymap(overrides or {}),
        looks,
        report,
        lookout=LookoutMeans(lambda: open_backend("chatwoot", desk.url, token), desk.url),
        holds=holds,
        rules=rules,
        whereabouts=whereabouts,
        tools=() if carrying is None else tuple(carrying.tools),
        facts=facts,
        exports=Path("exports") if carrying is None else carrying.exports,
    )
    async with app.run_test(size=size):
        at = Seat(app, engine, crashes)
        await at.until(lambda: at.state.connection.link is Link.LIVE and at.state.listed, "the connection")
        await at.until(lambda: at.state.texts is not None, "the canned responses")
        yield at
    thread.stop()
    app.close_board()
    assert not crashes
