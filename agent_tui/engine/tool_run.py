"""Runs a command of the agent's: text in, text out, within bounds, without a shell and without secrets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from agent_tui.desk.text import NOTHING, Displayable, clean_line, clean_whole
from agent_tui.desk.tools import ToolTrouble

WITHIN: Final = 60.0
"""Seconds that a command gets."""
LONGEST: Final = 20_000
"""Characters of a text that it may bring."""
_MOST_BYTES: Final = 4 * LONGEST
_LAST_WORDS: Final = 4_000
"""Bytes of its standard error that are kept."""
_PASSED_ON: Final = frozenset(
    {"HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "TMPDIR", "TZ", "USER", "XDG_CONFIG_HOME"}
)
"""What a command sees of the environment: nothing that could be a secret."""


class ToolFailed(Exception):
    """It brought no text. ``detail``: the command's own words."""

    def __init__(self, trouble: ToolTrouble, detail: Displayable = NOTHING) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.detail = detail


def passed_on(environ: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that a command may see."""
    return {name: value for name, value in environ.items() if name in _PASSED_ON or name.startswith("LC_")}


async def run_tool(argv: tuple[str, ...], text: str, *, within: float = WITHIN) -> Displayable:
    """Give ``text`` to the command's standard input; what it wrote, fit to be shown.

    Cancelling it, or its time being up, ends the command and all that it has started.

    Raises:
        ToolFailed: it brought no text.
    """
    process = await _started(argv)
    try:
        async with asyncio.timeout(within):
            out, errors = await _talked(process, text.encode())
    except TimeoutError:
        raise ToolFailed(ToolTrouble.TOO_SLOW) from None
    finally:
        await _end(process)
    if len(out) > _MOST_BYTES:
        raise ToolFailed(ToolTrouble.TOO_LONG)
    if process.returncode:
        raise ToolFailed(ToolTrouble.FAILED, _last_line(errors))
    return _fit(out)


async def _started(argv: tuple[str, ...]) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    try:
        return await asyncio.create_subprocess_exec(
            _program(argv[0]), *argv[1:], stdin=pipe, stdout=pipe, stderr=pipe, env=passed_on(os.environ),
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        detail = clean_line(error.strerror or str(error))
        raise ToolFailed(ToolTrouble.NOT_STARTED, detail) from error


def _program(written: str) -> str:
    return str(Path(written).expanduser()) if written.startswith("~") else written


async def _talked(process: asyncio.subprocess.Process, text: bytes) -> tuple[bytes, bytes]:
    """What it wrote to its two outputs, all of it read while it is being fed."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_feed(process, text))
        out = tasks.create_task(_read(process.stdout, lambda: _kill(process)))
        errors = tasks.create_task(_read(process.stderr, lambda: None))
    await process.wait()
    return out.result(), errors.result()


async def _feed(process: asyncio.subprocess.Process, text: bytes) -> None:
    if process.stdin is not None:
        # A command need not read what it is given.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            process.stdin.write(text)
            await process.stdin.drain()
        process.stdin.close()


async def _read(stream: asyncio.StreamReader | None, too_much: Callable[[], None]) -> bytes:
    """To the end; of what is too much, a little more than fits is kept to tell."""
    kept = bytearray()
    while stream is not None and (piece := await stream.read(65_536)):
        kept += piece[: _MOST_BYTES + 1 - len(kept)]
        if len(kept) > _MOST_BYTES:
            too_much()
    return bytes(kept)


async def _end(process: asyncio.subprocess.Process) -> None:
    _kill(process)
    await process.wait()


def _kill(process: asyncio.subprocess.Process) -> None:
    """The command and all that it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _fit(out: bytes) -> Displayable:
    try:
        text = clean_whole(out.decode()).strip()
    except UnicodeDecodeError:
        raise ToolFailed(ToolTrouble.NO_TEXT) from None
    if not text:
        raise ToolFailed(ToolTrouble.NO_TEXT)
    if len(text) > LONGEST:
        raise ToolFailed(ToolTrouble.TOO_LONG)
    return Displayable(text)


def _last_line(errors: bytes) -> Displayable:
    lines = errors[-_LAST_WORDS:].decode(errors="replace").strip().splitlines()
    return clean_line(lines[-1]) if lines else NOTHING
