"""How a queue takes customers in: when it is open, and what it says by itself."""

from __future__ import annotations

from msgspec import Struct

from api_client.models.hours import OpeningHours


class Intake(Struct, frozen=True):
    """As the backend holds it. Texts are from outside."""

    hours: OpeningHours | None
    """``None`` when the backend tells no week that can be understood."""
    closed_message: str
    """What a customer who writes outside of the hours is told; empty: nothing."""
    greeting: str
    """What a customer who begins is told; empty: nothing."""


class IntakeChanges(Struct, frozen=True):
    """What of it is to be set; ``None`` leaves it."""

    hours: OpeningHours | None = None
    closed_message: str | None = None
    """Empty takes it away."""
    greeting: str | None = None
    """Empty takes it away."""
