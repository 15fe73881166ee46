"""The canned responses, on a thread of their own: read, read again when files change, saved, counted."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final, assert_never

from msgspec import Struct
from msgspec.structs import replace

from agent_tui.desk.events import DeskEvent, TextNotSaved, TextSaved, TextsRead
from agent_tui.desk.prepared import Texts
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.desk.text_effects import CountSearch, CountText, SaveText, TextEffect
from agent_tui.engine.team_limits import TeamLimitsFile
from agent_tui.engine.usage import Usage
from agent_tui.wording import say
from canned import personal
from canned.languages import fold
from canned.layers import Shelf
from canned.model import Response
from canned.places import Place, Problem
from canned.render import render
from canned.search import Index

_log = logging.getLogger(__name__)

LOOK_EVERY: Final = 2.0
"""Seconds between two looks at the folders; more where a look takes long."""
_SHARE: Final = 50
"""A look takes at most one part in so many of the thread's time: a slow network folder is left alone."""
_GOODBYE: Final = 1.0
"""Seconds that leaving waits for what is under way."""
_LONGEST: Final = 300
"""Characters of a mistake that are told."""


class TextPlaces(Struct, frozen=True):
    """Where canned responses are on this machine."""

    team: tuple[Path, ...] = ()
    """Folders of the team, the last is the nearest."""
    personal: Path | None = None
    """The agent's own folder; without one nothing can be saved."""
    quality: Path | None = None
    """How the responses do; ``None``: forgotten at the end."""
    look_every: float = LOOK_EVERY
    """Seconds between two looks at the folders."""


class Bookshelf:
    """Team folders, the backend's list and the agent's own folder, laid over each other.

    Whatever takes long (disk, parsing, the index) happens on its thread; nobody waits for it. Its methods
    may be called from any thread, ``emit`` is called on its own.
    """

    def __init__(self, places: TextPlaces, emit: Callable[[DeskEvent], None]) -> None:
        self._places = places
        self._emit = emit
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._main, name="texts", daemon=True)
        self._shelf = Shelf((), None)
        self._limits = TeamLimitsFile(places.team)
        self._pause = places.look_every
        self._index = Index(())
        self._version = ""
        self._usage: Usage

    def start(self) -> None:
        """Begin reading; returns at once."""
        self._thread.start()

    def submit(self, effect: TextEffect) -> None:
        """Perform an effect; returns at once."""
        self._jobs.put(lambda: self._perform(effect))

    def take_backend(self, responses: Iterable[Response]) -> None:
        """The backend's list is this now; ``moi`` and ``moi-sv`` of it are one response."""
        listed = tuple(responses)
        self._jobs.put(lambda: self._take_backend(listed))

    def close(self) -> None:
        """Do what was asked for and end."""
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join(_GOODBYE)

    # --- on its thread -------------------------------------------------------------------------------

    def _main(self) -> None:
        self._usage = Usage(self._places.quality)
        self._done(self._open)
        while (job := self._next()) is not None:
            self._done(job)
        self._usage.close()

    def _next(self) -> Callable[[], None] | None:
        try:
            return self._jobs.get(timeout=self._pause)
        except queue.Empty:
            return self._look

    def _done(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Exception:  # noqa: BLE001  one file or response must not cost the others
            _log.exception("something about canned responses failed unexpectedly")

    def _open(self) -> None:
        self._tell_limits()
        self._shelf = Shelf(self._places.team, self._places.personal)
        self._tell()

    def _tell_limits(self) -> None:
        limits = self._limits.refresh()
        if limits is not None:
            self._emit(limits)

    def _look(self) -> None:
        begun = time.monotonic()
        self._tell_limits()
        changed = self._shelf.refresh()
        self._pause = max(self._places.look_every, _SHARE * (time.monotonic() - begun))
        if changed:
            self._tell()

    def _take_backend(self, responses: tuple[Response, ...]) -> None:
        self._shelf.take_backend(fold(responses))
        self._tell()

    def _tell(self) -> None:
        library = self._shelf.library
        if library.version != self._version:
            # Liquid takes a moment to import: before the first key, not after it.
            render("{{ contact.name }}", {})
            self._index, self._version = Index(library.responses).prepare(), library.version
        self._emit(
            TextsRead(
                Texts(
                    library,
                    self._index,
                    self._usage.recent(_today()),
                    tuple(personal.outdated(library)),
                    tuple(map(_mistake, (*self._missing(), *self._shelf.problems))),
                )
            )
        )

    def _missing(self) -> list[Problem]:
        what, remedy = "it is not there", "correct team under [canned] in the settings"
        return [Problem(Place(str(path)), what, remedy) for path in self._places.team if not path.exists()]

    def _perform(self, effect: TextEffect) -> None:
        match effect:
            case SaveText(response):
                self._save(response)
            case CountText():
                self._usage.count(effect, _today())
            case CountSearch(found):
                self._usage.searched(_today(), found=found)
            case _:
                assert_never(effect)

    def _save(self, response: Response) -> None:
        shortcut = clean_line(response.shortcut)
        if self._places.personal is None:
            self._emit(TextNotSaved(shortcut, say("there is no folder for your own texts.")))
            return
        try:
            personal.save(self._places.personal, response)
        except personal.StandsElsewhere as error:
            why = say("it stands in {place}; change it there.", place=clean_line(str(error.place)))
            self._emit(TextNotSaved(shortcut, why))
        except OSError as error:
            folder = clean_line(str(self._places.personal))
            reason = clean_line(error.strerror or type(error).__name__)
            self._emit(TextNotSaved(shortcut, say("{folder}: {why}.", folder=folder, why=reason)))
        else:
            self._shelf.refresh()
            self._tell()
            self._emit(TextSaved(shortcut))


def _mistake(problem: Problem) -> Displayable:
    """File, line, what and remedy, and last the folder: a narrow screen shows the beginning."""
    file = Path(problem.place.file)
    here = replace(problem, place=Place(file.name, problem.place.line))
    return clean_line(f"{here} ({file.parent})", limit=_LONGEST)


def _today() -> date:
    return datetime.now().astimezone().date()
