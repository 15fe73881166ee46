"""What a theme must name: grounds to paint on, inks to write with, and which ink stands on which ground."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


class Ground(enum.Enum):
    """What text stands on."""

    DESK = "desk"
    """The message log and the lists."""
    PANEL = "panel"
    """What stands beside the log: customer card, queues."""
    BAR = "bar"
    """Tabs, status line, key hints."""
    FIELD = "field"
    """Where the agent types to the customer."""
    NOTE_FIELD = "note_field"
    """Where the agent types what the customer does not see."""
    CHOSEN = "chosen"
    """The row or tab under the cursor, and selected text."""
    POPUP = "popup"
    """Lists that open over the rest."""
    ALARM = "alarm"
    """The connection banner."""
    PILL = "pill"
    """Small marks that must be seen: new lines below, unread counts."""


class Ink(enum.Enum):
    """What is written. Every ink has a glyph or a word beside it where it carries meaning."""

    TEXT = "text"
    QUIET = "quiet"
    """Times, details, rules between days."""
    ACCENT = "accent"
    """Keys to press, the active tab, the cursor."""
    CUSTOMER = "customer"
    OWN = "own"
    COLLEAGUE = "colleague"
    NOTE = "note"
    AUTOMATIC = "automatic"
    ACTIVITY = "activity"
    CALM = "calm"
    """A wait within the promise."""
    WARNING = "warning"
    """A wait near the promise."""
    BREACH = "breach"
    """A wait past the promise."""
    GOOD = "good"
    """Delivered, online."""
    BAD = "bad"
    """Failed, offline."""
    ON_ALARM = "on_alarm"
    """Stands on the alarm ground only."""
    ON_PILL = "on_pill"
    """Stands on the pill ground only."""


class Kind(enum.Enum):
    """What colours a theme has."""

    DARK = "dark"
    LIGHT = "light"
    MONO = "mono"
    """No colour at all: the terminal's own two, with bold, underline and reverse."""


ATTRIBUTES = ("bold", "italic", "underline", "reverse")
"""What may stand beside a colour. ``dim`` and ``blink`` are left out: they make text hard to read."""

MONO_ATTRIBUTES = ("bold", "underline", "reverse")
"""What every terminal can show."""

CONTRAST = 4.5
"""WCAG 2.2 AA for text of normal size."""


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour (``#rrggbb``, ``None`` in a monochrome theme) and attributes."""

    color: str | None
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that names everything in the contract."""

    name: str
    kind: Kind
    grounds: Mapping[Ground, Tone]
    inks: Mapping[Ink, Tone]


_OWN_INK = {Ground.ALARM: Ink.ON_ALARM, Ground.PILL: Ink.ON_PILL}


def pairs() -> Iterator[tuple[Ink, Ground]]:
    """Every ink with every ground it may stand on. A screen uses these and no others."""
    yield from ((ink, ground) for ground, ink in _OWN_INK.items())
    for ground in Ground:
        for ink in Ink:
            if ground not in _OWN_INK and ink not in _OWN_INK.values():
                yield ink, ground
