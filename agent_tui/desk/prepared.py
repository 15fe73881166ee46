"""The canned responses at the desk, and what happens around them, as events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from agent_tui.desk.doings import Event
from agent_tui.desk.text import Displayable
from canned.model import Response

if TYPE_CHECKING:
    from canned.layers import Library
    from canned.personal import Outdated
    from canned.search import Index


class Texts(Struct, frozen=True):
    """The library as it is now, made ready for searching before the painting thread gets it."""

    library: Library
    index: Index
    recent: Mapping[str, float] = {}
    """How much each response was used of late, 0 to 1, by key."""
    outdated: tuple[Outdated, ...] = ()
    """The agent's own versions whose originals have changed since."""
    mistakes: tuple[Displayable, ...] = ()
    """What could not be read: file, line, remedy. All else was."""


class TextsRead(Event, frozen=True):
    """The canned responses were read, for the first time or because something changed."""

    texts: Texts


class TextSaved(Event, frozen=True):
    """A response of the agent's own is in their folder."""

    shortcut: Displayable


class TextNotSaved(Event, frozen=True):
    """A response of the agent's own could not be saved; ``why`` says what to do."""

    shortcut: Displayable
    why: Displayable


class TextMade(Event, frozen=True):
    """The agent made a response of their own, or changed one."""

    response: Response


class TextSearched(Event, frozen=True):
    """The agent has looked for a canned response."""

    found: bool


Prepared = TextsRead | TextSaved | TextNotSaved | TextMade | TextSearched
"""What can happen around canned responses."""
