"""The linear desk on a terminal: keys in, lines out, and the terminal put back at the end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import termios
from collections.abc import Iterator
from typing import Final

from agent_tui.desk.model import DeskState
from agent_tui.desk.problems import Problem
from agent_tui.desk.steps import Holds
from agent_tui.desk.told import Ticked
from agent_tui.engine.facts_kept import FactsKept
from agent_tui.engine.own_facts import OwnFacts
from agent_tui.engine.thread import EngineThread
from agent_tui.launch import Exit, Left, WorkstationOptions, start_refusal
from agent_tui.linear.commands import Commands
from agent_tui.linear.doing import Doing
from agent_tui.linear.keys import Key, KeyReader
from agent_tui.linear.shell import Shell
from agent_tui.settings import rules
from agent_tui.wording import say

_ESCAPE_WAIT: Final = 0.05
"""Seconds in which the rest of a key's sequence comes."""
_PASTES_MARKED: Final = "\x1b[?2004h"
_PASTES_UNMARKED: Final = "\x1b[?2004l"
_COLUMNS: Final = 80


class _Terminal:
    """Standard input by keys, standard output by lines."""

    def __init__(self) -> None:
        self._in, self._out = sys.stdin.fileno(), sys.stdout.fileno()

    def write(self, text: str) -> None:
        """Write all of it. A line feed goes to the start of the next line, as the terminal does it."""
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(self._out, data) :]

    def columns(self) -> int:
        """How wide it is now."""
        try:
            return os.get_terminal_size(self._out).columns or _COLUMNS
        except OSError:
            return _COLUMNS

    @contextlib.contextmanager
    def by_keys(self) -> Iterator[None]:
        """Every key comes at once and is not echoed; at the end all is as before."""
        before = termios.tcgetattr(self._in)
        now = termios.tcgetattr(self._in)
        now[0] &= ~(termios.ICRNL | termios.IXON)
        now[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        termios.tcsetattr(self._in, termios.TCSADRAIN, now)
        self.write(_PASTES_MARKED)
        try:
            yield
        finally:
            self.write(_PASTES_UNMARKED)
            termios.tcsetattr(self._in, termios.TCSADRAIN, before)

    def read(self) -> bytes:
        """What was typed; empty when the terminal is gone."""
        try:
            return os.read(self._in, 65536)
        except OSError:
            return b""


class _Linear:
    """Joins terminal, shell and engine on one loop."""

    def __init__(self, options: WorkstationOptions, thread: EngineThread, terminal: _Terminal) -> None:
        desk = options.settings.desk
        self._terminal = terminal
        self._thread = thread
        self._ended = asyncio.Event()
        self._reader = KeyReader()
        self._escape: asyncio.TimerHandle | None = None
        self.code: int = Exit.DONE
        self.problem: Problem | None = None
        self._shell = Shell(
            DeskState(rules=rules(options.settings), holds=Holds(desk.undo, desk.undo_send)),
            options.keys,
            perform=thread.submit,
            write=terminal.write,
            columns=terminal.columns,
            start_failed=self._start_failed,
            bell=desk.bell,
        )
        doing = Doing(self._shell, self._leave)
        commands = Commands(self._shell, doing.actions, options.keys)
        self._shell.run, self._shell.command, self._shell.answered = commands.run, commands.do, doing.answers
        self._own = _own_facts(options, self._shell)
        self._shell.recorded = self._own.witness
        if options.whereabouts.practice:
            self._shell.tell(say("This is practice: every customer is invented."))
        self._shell.tell(say("Connecting. /help tells every command."))

    async def run(self) -> None:
        """Until the agent leaves."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._end, 128 + number)
        loop.add_reader(sys.stdin.fileno(), self._read)
        self._thread.start(self._shell.bridge.deliver)
        await self._own.start()
        self._shell.bridge.open()
        self._shell.refresh()
        ticking = asyncio.create_task(self._tick())
        try:
            await self._ended.wait()
        finally:
            ticking.cancel()
            loop.remove_reader(sys.stdin.fileno())
            self._shell.bridge.close()
            self._own.close()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            self._shell.bridge.dispatch(Ticked())

    def _read(self) -> None:
        data = self._terminal.read()
        if not data:
            self._end(128 + signal.SIGHUP)
            return
        if self._escape is not None:
            self._escape.cancel()
        self._pressed(self._reader.feed(data))
        if self._reader.unfinished:
            loop = asyncio.get_running_loop()
            self._escape = loop.call_later(_ESCAPE_WAIT, lambda: self._pressed(self._reader.flush()))

    def _pressed(self, keys: list[Key]) -> None:
        for key in keys:
            self._shell.key(key)

    def _start_failed(self, problem: Problem) -> None:
        self.problem = problem
        self._end(Exit.FAILED)

    def _leave(self) -> None:
        self._end(Exit.DONE)

    def _end(self, code: int) -> None:
        self.code = code
        self._ended.set()


def _own_facts(options: WorkstationOptions, shell: Shell) -> OwnFacts:
    kept = FactsKept(None, "") if options.facts is None else options.facts()
    return OwnFacts(kept, shell.state, shell.bridge.now)


def run_linear(options: WorkstationOptions) -> Left:
    """The linear desk until the agent leaves; returns how.

    Raises:
        Refusal: the sign-in does not work.
    """
    thread, terminal = EngineThread(options.engine), _Terminal()

    async def run() -> _Linear:
        linear = _Linear(options, thread, terminal)
        await linear.run()
        return linear

    try:
        with terminal.by_keys():
            linear = asyncio.run(run())
            terminal.write("\n")
    finally:
        thread.stop()
    if linear.problem is not None:
        raise start_refusal(linear.problem, options.where)
    return Left(linear.code)
