"""What every full-screen program of ours does alike: the terminal is given back whatever happens."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

from textual.app import App, ReturnType

from agent_tui.bindings import let_alt_digits_arrive
from agent_tui.driver import driver_class
from agent_tui.outside_editor import run_on_terminal


class HostedApp(App[ReturnType], inherit_bindings=False):
    """A program on the terminal it was started on.

    Args:
        report: writes a crash report; returns the line to print when the terminal is back.
    """

    ENABLE_COMMAND_PALETTE = False
    TITLE = "agent-tui"

    def __init__(self, report: Callable[[BaseException], str]) -> None:
        super().__init__(driver_class=driver_class())
        self._report = report
        self.last_words = ""
        """What to print after a crash."""
        self._focus_told = False
        """The terminal tells where the keys go."""

    def begin(self) -> None:
        """Once the program runs: Alt and digits arrive, and signals end it in an orderly way."""
        let_alt_digits_arrive()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.leave_by_signal, number)

    def leave_by_signal(self, number: int) -> None:
        """End as a shell expects of a program that a signal ended."""
        self.exit(return_code=128 + number)

    def lend_terminal(self, command: tuple[str, ...]) -> int:
        """Run a command on the terminal until it ends; its exit code. Nothing of ours is painted meanwhile.

        Raises:
            OSError: it cannot be started.
        """
        if self._driver is None or not self._driver.can_suspend:
            return run_on_terminal(command)
        outcome: int | OSError
        with self.suspend():
            # Raised in here, the terminal would not come back.
            try:
                outcome = run_on_terminal(command)
            except OSError as error:
                outcome = error
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    # --- calling who looks elsewhere -----------------------------------------------------------------

    @property
    def away(self) -> bool:
        """Whether the person looks elsewhere, or may."""
        return not (self._focus_told and self.app_focus)

    def on_app_focus(self) -> None:
        """The terminal tells when its window comes to the front."""
        self._focus_told = True

    def on_app_blur(self) -> None:
        """And when it is left."""
        self._focus_told = True

    def to_terminal(self, sequence: str) -> None:
        """Send a sequence past what is painted."""
        if self._driver is not None:
            self._driver.write(sequence)

    def _fatal_error(self) -> None:
        """Report a fault of ours. Textual would print every local variable: customers' words, passwords."""
        if self._exception is not None:
            self.last_words = self._report(self._exception)
        self._close_messages_no_wait()
