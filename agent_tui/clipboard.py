"""The clipboard of the person's own terminal, past tmux and screen, which keep it to themselves.

OSC 52 reaches a terminal over ssh as well; nothing answers it, so nobody knows whether it was taken.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable, Mapping
from typing import Final

_log = logging.getLogger(__name__)

_SCREEN_TAKES: Final = 512
"""Bytes that GNU screen hands through in one go; it drops what is longer than 768."""
_WITHIN: Final = 3.0
"""Seconds that tmux gets."""

_under_way: set[asyncio.Task[None]] = set()


def put(text: str, environ: Mapping[str, str], write: Callable[[str], None]) -> None:
    """Take ``text`` past what stands between us and the terminal; without such a thing, do nothing.

    ``write`` sends a sequence to the terminal. The plain OSC 52 is Textual's own business.
    """
    if environ.get("TMUX"):
        task = asyncio.get_running_loop().create_task(_by_tmux(text, write))
        _under_way.add(task)
        task.add_done_callback(_under_way.discard)
    elif environ.get("STY"):
        write(through_screen(osc52(text)))


def osc52(text: str) -> str:
    """The sequence that asks a terminal to take ``text``."""
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


def through_tmux(sequence: str) -> str:
    """What makes tmux hand a sequence on where its ``allow-passthrough`` is on."""
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"


def through_screen(sequence: str) -> str:
    """What makes GNU screen hand a sequence on."""
    parts = (sequence[at : at + _SCREEN_TAKES] for at in range(0, len(sequence), _SCREEN_TAKES))
    return "".join(f"\x1bP{part}\x1b\\" for part in parts)


async def _by_tmux(text: str, write: Callable[[str], None]) -> None:
    """As tmux's own copying does, which works as tmux is set by default; an old tmux gets the sequence."""
    try:
        done = await _load_buffer(text)
    except (OSError, TimeoutError) as error:
        _log.info("tmux did not take the text: %s", error)
        done = False
    if not done:
        write(through_tmux(osc52(text)))


async def _load_buffer(text: str) -> bool:
    nothing = asyncio.subprocess.DEVNULL
    tmux = await asyncio.create_subprocess_exec(
        "tmux", "load-buffer", "-w", "-",
        stdin=asyncio.subprocess.PIPE, stdout=nothing, stderr=nothing,
    )  # fmt: skip
    try:
        async with asyncio.timeout(_WITHIN):
            await tmux.communicate(text.encode())
    except TimeoutError:
        tmux.kill()
        await tmux.wait()
        raise
    return tmux.returncode == 0
