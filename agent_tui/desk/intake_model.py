"""What a lead plans for a queue, what is known of it, and what is to be done about it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from agent_tui.desk.effect import Effect
from api_client.models.hours import OpeningHours
from api_client.models.identity import QueueId
from api_client.models.intake import IntakeChanges

LANGUAGES: Final = ("fi", "sv", "en", "nl")
"""In which customers are told, in this order: they read it as one text."""
USUAL: Final[Mapping[str, str]] = {
    "fi": "Chat on nyt suljettu. Palvelemme taas, kun se avataan.",
    "sv": "Chatten är stängd just nu. Vi hjälper dig när den öppnar igen.",
    "en": "The chat is closed for now. We are here again when it opens.",
    "nl": "De chat is nu gesloten. We helpen je weer als hij opengaat.",
}
"""Where neither the queue nor the lead has words. Customers read them, so they are not in the catalogs."""


class Before(Struct, frozen=True):
    """How a queue was before it was closed: what is put back when it opens."""

    hours: OpeningHours | None
    closed_message: str


class Limit(Struct, frozen=True):
    """The queue closes when ``closes_at`` customers wait and opens when fewer than ``opens_below`` do."""

    closes_at: int
    opens_below: int


class Plan(Struct, frozen=True):
    """What is settled for a queue. It is kept on this machine, and done while a board is open."""

    close_at: float | None = None
    """Server's epoch seconds."""
    reopen_at: float | None = None
    limit: Limit | None = None
    message: tuple[tuple[str, str], ...] = ()
    """What customers are told while it is closed, by language; none: what the queue says anyway."""
    before: Before | None = None
    """While it is closed from here."""
    by_limit: bool = False
    """The limit closed it, so the limit opens it."""
    arrived_before: float | None = None
    """Arrivals per minute when it was closed."""

    @property
    def empty(self) -> bool:
        """Whether nothing is settled."""
        return self == NO_PLAN


NO_PLAN: Final = Plan()


class State(enum.Enum):
    """Whether a queue takes customers."""

    OPEN = "open"
    LIMITED = "limited"
    """Open until so many wait."""
    CLOSED = "closed"


class Standing(Struct, frozen=True):
    """How a queue stands, and what happens to it by itself."""

    state: State
    close_at: float | None
    """Server's epoch seconds."""
    reopen_at: float | None
    limit: Limit | None
    zone: str
    """Whose clock the times are told by."""


class Wish(enum.Enum):
    """What is under way for a queue."""

    CLOSE = "close"
    REOPEN = "reopen"


class IntakeEffect(Effect, frozen=True):
    """For the lead's board, whose connection performs it."""


class LookAtIntake(IntakeEffect, frozen=True):
    """Fetch how the queue takes customers in. -> IntakeTold, IntakeFailed."""

    queue: QueueId


class SetIntake(IntakeEffect, frozen=True):
    """Change it. -> IntakeChanged, IntakeFailed."""

    queue: QueueId
    changes: IntakeChanges


class KeepPlans(IntakeEffect, frozen=True):
    """Write down what is settled, before anything follows from it."""

    plans: Mapping[QueueId, Plan]
