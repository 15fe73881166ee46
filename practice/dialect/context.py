"""What the forms of messages and conversations look things up in."""

from __future__ import annotations

from typing import Protocol

from practice.presence import Presence
from practice.store.database import Database


class Context(Protocol):
    """A desk, as far as its dialect needs it."""

    @property
    def db(self) -> Database:
        """Where rows come from."""
        ...

    @property
    def url(self) -> str:
        """Where files are served, e.g. ``http://127.0.0.1:49152``."""
        ...

    @property
    def presence(self) -> Presence:
        """Who is there."""
        ...
