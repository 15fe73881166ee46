"""The practice desk as a process of its own, started for a demo and ended with it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

import msgspec
from msgspec import Struct

from agent_tui.desk.text import clean_line
from agent_tui.wording import say
from api_client.secret import Secret

READY_WITHIN: Final = 15.0
"""Seconds the practice desk gets to start."""
_END_WITHIN: Final = 3.0
_WRONG_USAGE: Final = 2
_SECRETS: Final = ("AGENT_TUI_TOKEN",)


class PracticeFailed(Exception):
    """The practice desk does not serve. Its text is one line; ``code`` is the exit code that fits."""

    def __init__(self, line: str, code: int = 1) -> None:
        super().__init__(line)
        self.code = code


class PracticeAgent(Struct, frozen=True):
    """An invented colleague to sign in as."""

    name: str
    token: str


class PracticeReady(Struct, frozen=True):
    """What the practice desk says when it is ready."""

    url: str
    account_id: int | str
    agents: tuple[PracticeAgent, ...]

    @property
    def token(self) -> Secret:
        """The first agent's."""
        return Secret(self.agents[0].token)


class PracticeDesk:
    """A practice desk that runs while the ``with`` lasts, and not a moment longer than this program.

    Its input is a pipe that we hold: it ends when we do, whatever ends us.
    """

    def __init__(self, arguments: Sequence[str], log: Path | None, environ: Mapping[str, str]) -> None:
        self._arguments = arguments
        self._log = log
        self._environ = {name: value for name, value in environ.items() if name not in _SECRETS}
        self._process: subprocess.Popen[bytes]
        self._said: IO[bytes]

    def __enter__(self) -> Self:
        self._said = _log_file(self._log)
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            practice_command(["serve", "--port", "0", "--stop-with-stdin", *self._arguments]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=self._environ,
            start_new_session=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._process
        if process.stdin is not None:
            process.stdin.close()
        process.terminate()
        try:
            process.wait(_END_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
        self._said.close()

    def ready(self) -> PracticeReady:
        """Wait until it serves.

        Raises:
            PracticeFailed: it does not, with what it said as the reason and its own exit code.
        """
        line = self._first_line()
        if line is None:
            words = say("The practice desk was not ready within {n} seconds.", n=round(READY_WITHIN))
            raise PracticeFailed(words)
        try:
            ready = msgspec.json.decode(line, type=PracticeReady)
        except msgspec.DecodeError:
            raise self._failure() from None
        if not ready.agents:
            raise PracticeFailed(say("The practice desk has no agent to sign in as."))
        return ready

    def _first_line(self) -> bytes | None:
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        output = self._process.stdout
        if output is None:
            return None
        threading.Thread(target=lambda: lines.put(output.readline()), daemon=True).start()
        try:
            return lines.get(timeout=READY_WITHIN)
        except queue.Empty:
            return None

    def _failure(self) -> PracticeFailed:
        try:
            code = self._process.wait(_END_WITHIN)
        except subprocess.TimeoutExpired:
            code = 1
        self._said.seek(0)
        words = [line for line in self._said.read().decode(errors="replace").splitlines() if line.strip()]
        reason = words[-1].rpartition("error: ")[2] if words else say("it said nothing")
        line = say("The practice desk did not start: {why}", why=clean_line(reason, limit=400))
        return PracticeFailed(line, code if code == _WRONG_USAGE else 1)


def practice_command(arguments: Sequence[str]) -> list[str]:
    """The practice desk as a command line: a folder ``practice`` where we stand does not get in its way."""
    return [sys.executable, "-P", "-m", "practice", *arguments]


def _log_file(path: Path | None) -> IO[bytes]:
    if path is not None:
        try:
            return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")
        except OSError:
            pass
    return tempfile.TemporaryFile()
