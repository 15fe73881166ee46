"""A canned response and where it comes from."""

from __future__ import annotations

from msgspec import Struct


class Response(Struct, frozen=True):
    """A prepared answer. ``text`` is a Liquid template, as ``canned.render`` fills it in."""

    key: str
    """Unique in the library; opaque."""
    shortcut: str
    """What the agent types to get it."""
    text: str
