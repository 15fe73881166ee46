"""What the engine does with addresses beside the backend: asks, opens, reads bookmarks, remembers uses."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final, assert_never

from msgspec import Struct
from msgspec.structs import replace

from agent_tui.desk.events import BookmarksRead, DeskEvent, LinkChecked, LinkOpenFailed, LinkUsesRestored
from agent_tui.desk.link_effects import CheckLink, KeepLinkUse, LinkEffect, OpenLink, ReadBookmarks
from agent_tui.desk.linkbook import Health
from agent_tui.desk.text import clean_line
from agent_tui.engine.link_probe import probe
from agent_tui.engine.link_uses import LinkUses, MemoryLinkUses
from agent_tui.engine.tasks import Tasks
from canned.bookmarks import read_bookmarks
from canned.places import Problem

_AT_ONCE: Final = 4
"""Addresses asked at the same time."""
_OPENS_WITHIN: Final = 3.0
"""Seconds after which a browser that has not failed is at work."""
_LONGEST: Final = 500
"""Characters of a problem in a file of bookmarks."""


class LinkMeans(Struct, frozen=True):
    """What it works with."""

    ask: Callable[[str], Awaitable[Health]] = probe
    """Asks an address whether it answers; raises nothing."""
    browser: Sequence[str] = ()
    """Program and arguments that show an address put behind them; empty: the system's own."""
    bookmarks: Sequence[Path] = ()
    """Files of bookmarks, the nearest first; they need not exist."""
    open_uses: Callable[[], LinkUses] = MemoryLinkUses
    """Opens the store of uses; called on the engine's thread."""


class Linkwork:
    """Made and used on the engine's loop. ``tasks`` carry what takes time."""

    def __init__(self, means: LinkMeans, owner: str, emit: Callable[[DeskEvent], None], tasks: Tasks) -> None:
        self._means = means
        self._owner = owner
        self._emit = emit
        self._tasks = tasks
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._stamp: object = None
        self._uses: LinkUses | None = None

    def start(self) -> None:
        """Tell the desk what this machine knows."""
        self._uses = self._means.open_uses()
        uses = self._uses.load(self._owner)
        if uses:
            self._emit(LinkUsesRestored(uses))
        self.perform(ReadBookmarks())

    def close(self) -> None:
        """Let go of the store."""
        if self._uses is not None:
            self._uses.close()

    def perform(self, effect: LinkEffect) -> None:
        """Do it; what comes of it is told as an event."""
        match effect:
            case CheckLink(url):
                self._tasks.spawn(self._check(url))
            case OpenLink(url):
                self._tasks.spawn(self._open(url))
            case ReadBookmarks():
                self._tasks.spawn(self._read())
            case KeepLinkUse(use):
                if self._uses is not None:
                    self._uses.keep(self._owner, use)
            case _:
                assert_never(effect)

    async def _check(self, url: str) -> None:
        async with self._places:
            health = await self._means.ask(url)
        self._emit(LinkChecked(url, health))

    async def _open(self, url: str) -> None:
        if not await opened_in(self._means.browser or _system_browser(), url):
            self._emit(LinkOpenFailed(url))

    async def _read(self) -> None:
        """Again only when a file has changed, so that a mistake is told once."""
        stamp = await asyncio.to_thread(_stamp_of, self._means.bookmarks)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        read, problems = await asyncio.to_thread(read_bookmarks, self._means.bookmarks)
        if read or problems or any(stamp):
            told = tuple(clean_line(_briefly(problem), limit=_LONGEST) for problem in problems)
            self._emit(BookmarksRead(read, told))


def _briefly(problem: Problem) -> str:
    """With the end of the file's path, which tells the files apart and leaves room for the remedy."""
    file = Path(problem.place.file)
    return str(replace(problem, place=replace(problem.place, file=f"{file.parent.name}/{file.name}")))


def _stamp_of(files: Sequence[Path]) -> tuple[tuple[int, int] | None, ...]:
    return tuple(map(_stamp, files))


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        seen = file.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


def _system_browser() -> Sequence[str]:
    return ("open",) if sys.platform == "darwin" else ("xdg-open",)


async def opened_in(command: Sequence[str], url: str) -> bool:
    """Start ``command`` with ``url`` as its last argument, past any shell. Whether that worked.

    ``url`` begins with ``http``, so no program takes it for an option.
    """
    nothing = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *command, url, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
        code = await asyncio.wait_for(process.wait(), _OPENS_WITHIN)
    except TimeoutError:
        return True
    except OSError:
        return False
    return code == 0
