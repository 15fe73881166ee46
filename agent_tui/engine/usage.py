"""Counts how canned responses do, and goes on without counting where the disk does not take it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar, assert_never

from agent_tui.desk.text_effects import CountText
from canned.outcome import Outcome, Use
from canned.quality import NotKept, Quality, change

_log = logging.getLogger(__name__)
_Told = TypeVar("_Told")


class Usage:
    """The figures of one machine: keys and numbers, never a word. Belongs to the thread that made it."""

    def __init__(self, path: Path | None) -> None:
        """Open the store at ``path``; ``None``, or a disk that fails: in memory."""
        try:
            self._store = Quality(path)
        except NotKept as error:
            _log.warning("how canned responses do is not kept: %s", error)
            self._store = Quality(None)

    def count(self, effect: CountText, day: date) -> None:
        """One use, or what came of one."""
        key, what = effect.key, effect.what
        match what:
            case Use.USED:
                changed = change(effect.before, effect.after)
                self._tried(lambda store: store.used(key, day, changed=changed), None)
            case Use.ABANDONED:
                self._tried(lambda store: store.abandoned(key, day), None)
            case Outcome():
                self._tried(lambda store: store.came_of_it(key, day, what), None)
            case _:
                assert_never(what)

    def searched(self, day: date, *, found: bool) -> None:
        """One search."""
        self._tried(lambda store: store.searched(day, found=found), None)

    def recent(self, today: date) -> Mapping[str, float]:
        """How much each response was used of late, 0 to 1, by key."""
        return self._tried(lambda store: store.recent(today), {})

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def _tried(self, do: Callable[[Quality], _Told], otherwise: _Told) -> _Told:
        try:
            return do(self._store)
        except NotKept as error:
            _log.warning("how canned responses do is not kept: %s", error)
            return otherwise
