"""A thread for each connection: a terminal that stalls the painting loop does not take it along."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from agent_tui.desk.effects import EngineEffect
    from agent_tui.engine.engine import Deliver

LONGEST_GOODBYE: Final = 5.0
"""Seconds that leaving waits for the engine; the thread is a daemon and dies with the program."""


class Serves(Protocol):
    """An engine, or whatever else serves a desk."""

    def submit(self, effects: Sequence[EngineEffect]) -> None:
        """Perform these. From any thread."""
        ...

    async def run(self, deliver: Deliver) -> None:
        """Serve until stopped."""
        ...

    def stop(self) -> None:
        """Let :meth:`run` come to its end. From any thread."""
        ...


class EngineThread:
    """Runs one engine on a daemon thread with an event loop of its own.

    ``make`` makes the engine. It is called on the thread, so that the first screen does not wait for all that
    an engine imports.
    """

    def __init__(self, make: Callable[[], Serves], name: str = "engine") -> None:
        self._make = make
        self._deliver: Deliver
        self._engine: Serves | None = None
        self._early: list[EngineEffect] = []
        self._stopping = False
        self._making = threading.Lock()
        """Held while the engine takes over what came before it was there."""
        self._thread = threading.Thread(target=self._main, name=name, daemon=True)

    def start(self, deliver: Deliver) -> None:
        """Start it; returns at once. ``deliver`` is called on the engine's thread."""
        self._deliver = deliver
        self._thread.start()

    def submit(self, effects: Sequence[EngineEffect]) -> None:
        """Perform these, in their order; before the engine is there they wait."""
        with self._making:
            if self._engine is None:
                self._early.extend(effects)
                return
        self._engine.submit(effects)

    def stop(self, timeout: float = LONGEST_GOODBYE) -> bool:
        """Let replies under way leave, keep drafts, close; returns whether it ended within ``timeout``."""
        with self._making:
            self._stopping = True
            if self._engine is not None:
                self._engine.stop()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _main(self) -> None:
        engine = self._make()
        with self._making:
            engine.submit(self._early)
            if self._stopping:
                engine.stop()
            self._engine = engine
        asyncio.run(engine.run(self._deliver))
