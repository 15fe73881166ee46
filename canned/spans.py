"""Places in a filled-in text: fields to fill in and gaps. Light, so that a screen may import it at once."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

GAP_OPEN, GAP_CLOSE = "⟦", "⟧"
"""Brackets around a gap; no keyboard types them, so they are not met by chance."""
_GAP: Final = re.compile(f"{GAP_OPEN}([^{GAP_OPEN}{GAP_CLOSE}\n]*){GAP_CLOSE}")


class Span(Struct, frozen=True):
    """A field or gap in a filled-in text, from ``start`` up to ``end`` in characters."""

    start: int
    end: int
    name: str
    """For the agent: ``deadline``, ``contact email``."""
    open: bool
    """Nothing fills it yet: the text must not be sent so."""
    default: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""


class Rendered(Struct, frozen=True):
    """A filled-in text with the gaps left in it, and every place to fill in, both in reading order."""

    text: str
    gaps: tuple[str, ...]
    spans: tuple[Span, ...] = ()


def gap(name: str) -> str:
    """The gap of that name as it stands in a text."""
    return f"{GAP_OPEN}{name}{GAP_CLOSE}"


def gaps(text: str) -> tuple[str, ...]:
    """The names of the gaps still open in ``text``, in reading order."""
    return tuple(_GAP.findall(text))


def gap_spans(text: str) -> list[Span]:
    """The gaps still open in ``text`` with their places, in reading order."""
    return [Span(found.start(), found.end(), found[1], True) for found in _GAP.finditer(text)]
