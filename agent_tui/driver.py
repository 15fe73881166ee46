"""Keys from the terminal and frames to it, on the painting loop, without ever waiting for either.

Textual's own driver writes through a queue that blocks the loop when a terminal stops reading, and
reads in a thread that takes a fifth of a second to end. This one keeps what the terminal does not take,
and says so, so that the next frame waits instead of queueing (``agent_tui/widgets/pacing.py``).
"""

from __future__ import annotations

import asyncio
import logging
import os
import select
import signal
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import Any, Final

from textual import constants
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from agent_tui.pace import Pace

_log = logging.getLogger(__name__)

PRIVATE_PARTS: Final = ("_run_input_thread", "run_input_thread", "process_message", "_patch_lflag")
"""Of Textual's driver: where it reads keys, and what shows that it still starts the way it did."""
_SCREEN: Final = 2
"""Textual paints on standard error."""
_READ: Final = 4096
_LAST_WORDS: Final = 0.2
"""Seconds that a terminal is given at the end to take the sequences that put it right."""


class Outlet:
    """Writes to a terminal without waiting for it.

    Args:
        fd: a non-blocking descriptor of its own.
        drained: called when everything left over has been taken.
        now: seconds of a monotonic clock.
    """

    def __init__(
        self, fd: int, drained: Callable[[], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        self.pace = Pace()
        self._fd = fd
        self._drained = drained
        self._now = now
        self._loop = asyncio.get_running_loop()
        self._left = bytearray()
        self._behind_since: float | None = None

    @property
    def behind(self) -> bool:
        """Whether the terminal has not taken everything yet."""
        return self._behind_since is not None

    def write(self, text: str) -> None:
        """Send it with the next flush."""
        self._left += text.encode(errors="replace")

    def flush(self) -> None:
        """Send what there is, unless the terminal is behind: then it goes when it can."""
        if self.behind or not self._left:
            return
        self.pace.wrote(len(self._left), self._now())
        self._push()
        if self._left:
            self._behind_since = self._now()
            self._loop.add_writer(self._fd, self._go_on)

    def _go_on(self) -> None:
        self._push()
        if not self._left and self._behind_since is not None:
            now = self._now()
            self.pace.caught_up(now, now - self._behind_since)
            self._stop_watching()
            self._drained()

    def _push(self) -> None:
        """Hand over as much as the terminal takes now."""
        try:
            while self._left:
                del self._left[: os.write(self._fd, self._left)]
        except BlockingIOError:
            pass
        except OSError:
            # The terminal is gone; its hang-up signal ends the program.
            self._left.clear()

    def _stop_watching(self) -> None:
        if self.behind:
            self._behind_since = None
            self._loop.remove_writer(self._fd)

    def close(self) -> None:
        """Give the terminal a moment for what is left over, and let go of it."""
        self._stop_watching()
        until = self._now() + _LAST_WORDS
        self._push()
        while self._left and (left := until - self._now()) > 0:
            select.select([], [self._fd], [], left)
            self._push()
        os.close(self._fd)


class TerminalDriver(LinuxDriver):
    """The terminal that the program was started on."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.freed: Callable[[], None] | None = None
        """Called once when the terminal has taken what was left over."""
        self._outlet: Outlet | None = None
        self._new_parser()

    @property
    def behind(self) -> bool:
        """Whether the terminal has not taken the last frame yet."""
        return self._outlet is not None and self._outlet.behind

    @property
    def pace(self) -> Pace:
        """How fast the terminal takes what is written."""
        return Pace() if self._outlet is None else self._outlet.pace

    def _drained(self) -> None:
        freed, self.freed = self.freed, None
        if freed is not None:
            freed()

    # --- life ----------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._outlet = self._open()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own
        self._loop.add_reader(self.fileno, self._read)

    def _open(self) -> Outlet | None:
        """A description of our own: the shell shares the one we were given, and wants it blocking.

        ``None`` where the terminal may not be opened, as after ``su``: then Textual's way has to do.
        """
        try:
            name = os.ttyname(_SCREEN)
            fd = os.open(name, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError:
            return None
        return Outlet(fd, self._drained)

    def disable_input(self) -> None:
        """Read no more keys."""
        self._loop.remove_reader(self.fileno)
        super().disable_input()

    def close(self) -> None:
        """Let go of the terminal."""
        super().close()
        outlet, self._outlet = self._outlet, None
        if outlet is not None:
            outlet.close()

    # --- output --------------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Send it with the next flush, or when the loop has a moment."""
        if self._outlet is None:
            super().write(data)
        else:
            self._outlet.write(data)
            self._loop.call_soon(self.flush)

    def flush(self) -> None:
        """Send what has been written."""
        if self._outlet is not None:
            self._outlet.flush()

    # --- input ---------------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        """Textual's thread for keys has nothing to do: the loop reads them."""

    def _new_parser(self) -> None:
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode
        self._parser = XTermParser(self._debug)

    def _read(self) -> None:
        try:
            given = os.read(self.fileno, _READ)
        except BlockingIOError:
            return
        except OSError:
            given = b""
        if not given:
            self._loop.remove_reader(self.fileno)
            # Nobody may have told us: make, for one, keeps the hang-up to itself and waits for us to end.
            signal.raise_signal(signal.SIGHUP)
        elif text := self._decode(given):
            self._understand(lambda: self._parser.feed(text))
            # A lone Escape is one only when nothing has followed it for a while.
            self._loop.call_later(constants.ESCAPE_DELAY * 1.1, self._understand, self._parser.tick)

    def _understand(self, parse: Callable[[], Any]) -> None:
        try:
            for message in parse():
                self.process_message(message)
        except Exception:  # noqa: BLE001  whatever the terminal sends, the next key must arrive
            _log.exception("what the terminal sent was not understood")
            self._new_parser()


def driver_class() -> type[Driver] | None:
    """The driver for this Textual; ``None``, its own choice, where it has changed inside."""
    return TerminalDriver if all(hasattr(LinuxDriver, part) for part in PRIVATE_PARTS) else None
