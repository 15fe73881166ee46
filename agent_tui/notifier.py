"""Calling somebody who looks elsewhere: the bell, the terminal's own notices, the desktop's."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct

from agent_tui.clipboard import through_screen, through_tmux
from agent_tui.desk.text import Displayable

_log = logging.getLogger(__name__)

Form = Literal["osc9", "osc777", "off"]

BELL: Final = "\a"
_TITLE: Final = "agent-tui"
_TERMINAL: Final = 2
"""The screen is painted on standard error; standard output may lead elsewhere."""
_WITHIN: Final = 5.0
"""Seconds that the desktop gets."""
_KNOW_777: Final = ("ghostty", "wezterm", "foot", "rxvt", "konsole", "contour")
_NOT_AT_ALL: Final = ("linux", "vt100", "vt220")
_SCRIPT: Final = (
    "-e", "on run given",
    "-e", "display notification (item 2 of given) with title (item 1 of given)",
    "-e", "end run",
)  # fmt: skip


class Ways(Struct, frozen=True):
    """The ways that the person wants to be called by."""

    bell: bool = True
    terminal: Literal["auto", "osc9", "osc777", "off"] = "off"
    desktop: bool = False


BELL_ALONE: Final = Ways()
"""Where nothing is chosen."""


class Notifier:
    """Calls by the ways chosen.

    Args:
        environ: what the terminal says of itself.
        write: sends a sequence to the terminal.
    """

    def __init__(self, ways: Ways, environ: Mapping[str, str], write: Callable[[str], None]) -> None:
        self._ways = ways
        self._environ = environ
        self._write = write
        self._under_way: set[asyncio.Task[None]] = set()

    def call(self, words: Displayable, *, away: bool) -> None:
        """Ring; and when the person is ``away``, or may be, tell them why. No words, no notice."""
        if self._ways.bell:
            self._write(BELL)
        if not away or not words:
            return
        chosen = self._ways.terminal
        form = form_for(self._environ) if chosen == "auto" else chosen
        if form != "off":
            self._write(notice(words, form, self._environ))
        if self._ways.desktop:
            self._tell_desktop(words)

    def call_past(self, words: Displayable) -> None:
        """Ring, and tell by the desktop, past another program that has the terminal. On any running loop.

        A bell moves no cursor and draws nothing, so that it does no harm there; a notice might.
        """
        if self._ways.bell:
            with contextlib.suppress(OSError):
                os.write(_TERMINAL, BELL.encode())
        if self._ways.desktop:
            self._tell_desktop(words)

    def _tell_desktop(self, words: Displayable) -> None:
        task = asyncio.get_running_loop().create_task(_by_desktop(words))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


def form_for(environ: Mapping[str, str]) -> Form:
    """What the terminal is known to understand; what it does not know it passes over in silence."""
    names = " ".join(environ.get(name, "") for name in ("TERM", "TERM_PROGRAM", "LC_TERMINAL")).lower()
    if environ.get("TERM", "") in _NOT_AT_ALL:
        return "off"
    known = any(name in names for name in _KNOW_777) or "KONSOLE_VERSION" in environ
    return "osc777" if known or "VTE_VERSION" in environ else "osc9"


def notice(words: Displayable, form: Literal["osc9", "osc777"], environ: Mapping[str, str]) -> str:
    """The sequence that makes a terminal show ``words``, past tmux or screen when one stands in between."""
    # A semicolon would begin another field.
    plain = words.replace(";", ",")
    sequence = f"\x1b]9;{plain}\a" if form == "osc9" else f"\x1b]777;notify;{_TITLE};{plain}\a"
    if environ.get("TMUX"):
        return through_tmux(sequence)
    return through_screen(sequence) if environ.get("STY") else sequence


def desktop_command(words: Displayable, platform: str = sys.platform) -> tuple[str, ...]:
    """The program that shows a notice on the desktop, with its arguments; no shell reads them."""
    if platform == "darwin":
        return ("osascript", *_SCRIPT, _TITLE, words)
    return ("notify-send", "--app-name", _TITLE, "--", _TITLE, words)


async def _by_desktop(words: Displayable) -> None:
    nothing = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *desktop_command(words), stdin=nothing, stdout=nothing, stderr=nothing
        )
    except OSError as error:
        _log.warning("the desktop shows no notices: %s", error)
        return
    try:
        async with asyncio.timeout(_WITHIN):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
