"""The engine's own thread: a terminal that stalls the painting loop does not take the connection with it."""

from __future__ import annotations

import asyncio
import threading
from typing import Final

from agent_tui.engine.engine import Deliver, Engine

LONGEST_GOODBYE: Final = 5.0
"""Seconds that leaving waits for the engine; the thread is a daemon and dies with the program."""


class EngineThread:
    """Runs one engine on a daemon thread with an event loop of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._deliver: Deliver
        self._thread = threading.Thread(target=self._main, name="engine", daemon=True)

    @property
    def alive(self) -> bool:
        """Whether the engine runs."""
        return self._thread.is_alive()

    def start(self, deliver: Deliver) -> None:
        """Start it; returns at once. ``deliver`` is called on the engine's thread."""
        self._deliver = deliver
        self._thread.start()

    def stop(self, timeout: float = LONGEST_GOODBYE) -> bool:
        """Let replies under way leave, keep drafts, close; returns whether it ended within ``timeout``."""
        self._engine.stop()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _main(self) -> None:
        asyncio.run(self._engine.run(self._deliver))
