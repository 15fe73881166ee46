"""The base of all effects."""

from __future__ import annotations

from msgspec import Struct


class Effect(Struct, frozen=True):
    """Something the desk wants done."""
