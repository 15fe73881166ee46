"""What a lead settles about a queue, and what came of it, as events."""

from __future__ import annotations

from collections.abc import Mapping

from agent_tui.desk.doings import Event
from agent_tui.desk.intake_model import Limit, Plan
from agent_tui.desk.problems import Problem
from api_client.models.hours import OpeningHours
from api_client.models.identity import QueueId
from api_client.models.intake import Intake


class IntakeEvent(Event, frozen=True):
    """Base of all of them."""


# --- what the lead does ------------------------------------------------------------------------------


class IntakeLookedAt(IntakeEvent, frozen=True):
    """The lead looks at how a queue takes customers in."""

    queue: QueueId


class ClosingWanted(IntakeEvent, frozen=True):
    """The lead closes a queue now."""

    queue: QueueId
    arrivals: float | None = None
    """Per minute before, to be compared with those afterwards."""


class OpeningWanted(IntakeEvent, frozen=True):
    """The lead opens a queue now."""

    queue: QueueId


class TimesChosen(IntakeEvent, frozen=True):
    """A queue is to close and to open at these times (server's epoch seconds), or not by itself."""

    queue: QueueId
    close_at: float | None
    reopen_at: float | None


class LimitChosen(IntakeEvent, frozen=True):
    """A queue is to be closed while many wait, or not."""

    queue: QueueId
    limit: Limit | None


class PlanCancelled(IntakeEvent, frozen=True):
    """Nothing is to happen to a queue by itself any more."""

    queue: QueueId


class WordsWritten(IntakeEvent, frozen=True):
    """What customers of a closed queue are told in one language; empty takes the words away."""

    queue: QueueId
    language: str
    text: str


class OwnWordsWritten(IntakeEvent, frozen=True):
    """What a queue says by itself outside of its hours, or at the beginning; ``None`` leaves it."""

    queue: QueueId
    closed: str | None = None
    greeting: str | None = None


class HoursWritten(IntakeEvent, frozen=True):
    """The week of a queue."""

    queue: QueueId
    hours: OpeningHours


# --- what came of it ---------------------------------------------------------------------------------


class IntakeTold(IntakeEvent, frozen=True):
    """How a queue takes customers in."""

    queue: QueueId
    intake: Intake


class IntakeChanged(IntakeEvent, frozen=True):
    """The server has taken a change; this is how it is now."""

    queue: QueueId
    intake: Intake


class IntakeFailed(IntakeEvent, frozen=True):
    """The server did not say, or did not do it."""

    queue: QueueId
    problem: Problem


class PlansRestored(IntakeEvent, frozen=True):
    """What an earlier run has kept."""

    plans: Mapping[QueueId, Plan]


IntakeHappened = (
    IntakeLookedAt
    | ClosingWanted
    | OpeningWanted
    | TimesChosen
    | LimitChosen
    | PlanCancelled
    | WordsWritten
    | OwnWordsWritten
    | HoursWritten
    | IntakeTold
    | IntakeChanged
    | IntakeFailed
    | PlansRestored
)
