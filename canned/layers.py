"""The whole library: team folders, the backend's list and the agent's own, laid over each other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from canned.folders import Folder, changed_since, read_folder
from canned.model import Owner, Response, content_hash, folded
from canned.places import Place, Problem

TEAM_KEYS = "team/"
OWN_KEYS = "mine/"
SERVER_KEYS = "server/"


class Library(Struct, frozen=True):
    """Every response an agent can use."""

    responses: tuple[Response, ...]
    """The nearest of each shortcut, sorted by shortcut."""
    shared: dict[str, Response]
    """The nearest shared response by folded shortcut, hidden behind a personal one or not."""
    version: str
    """Changes when any response does; an index is good for one version."""

    def named(self, shortcut: str) -> Response | None:
        """The response with that shortcut."""
        wanted = folded(shortcut)
        return next((one for one in self.responses if folded(one.shortcut) == wanted), None)


def merged(layers: Iterable[Sequence[Response]]) -> Library:
    """Lay ``layers`` over each other, the farthest first: of one shortcut the nearest wins.

    Within a layer the first wins. The outcome depends on the layers alone, not on how they were come by.
    """
    nearest: dict[str, Response] = {}
    shared: dict[str, Response] = {}
    for layer in layers:
        own = {folded(response.shortcut): response for response in reversed(layer)}
        nearest |= own
        shared |= {name: one for name, one in own.items() if one.owner is Owner.SHARED}
    responses = tuple(nearest[name] for name in sorted(nearest))
    return Library(responses, shared, _version(responses))


def _version(responses: Iterable[Response]) -> str:
    digest = hashlib.sha256()
    for response in responses:
        digest.update(f"{response.key}\n{response.owner.value}\n{content_hash(response)}\n".encode())
    return digest.hexdigest()[:16]


class Shelf:
    """The folders of a library and the backend's list, read again when something changed.

    Belongs to one thread. ``refresh`` looks at every file's time and size, and reads only what changed.
    """

    def __init__(self, team: Sequence[Path], personal: Path | None) -> None:
        """``team`` from the farthest to the nearest; ``personal`` lies over all. They need not exist."""
        self._roots = [*((path, Owner.SHARED, f"{TEAM_KEYS}") for path in team)]
        self._own = [] if personal is None else [(personal, Owner.PERSONAL, OWN_KEYS)]
        self._read: dict[Path, Folder] = {}
        self._backend: tuple[Response, ...] = ()
        self.library = merged(())
        self.refresh()

    def refresh(self) -> bool:
        """Read again what changed; tells whether anything did."""
        changed = False
        for path, owner, keys in (*self._roots, *self._own):
            old = self._read.get(path)
            if old is None or changed_since(path, old.stamp):
                self._read[path] = read_folder(path, owner, keys)
                changed = True
        if changed:
            self._merge()
        return changed

    def take_backend(self, responses: Iterable[Response]) -> None:
        """The backend's list is this now."""
        self._backend = tuple(responses)
        self._merge()

    def _merge(self) -> None:
        team = [self._read[path].responses for path, _, _ in self._roots]
        own = [self._read[path].responses for path, _, _ in self._own]
        self.library = merged((*team, self._backend, *own))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, folder by folder."""
        return tuple(problem for folder in self._read.values() for problem in folder.problems)

    @property
    def places(self) -> dict[str, Place]:
        """Where the responses from files stand, by key; of one key the nearest."""
        return {key: place for folder in self._read.values() for key, place in folder.places.items()}
