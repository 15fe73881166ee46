"""What a lead's board remembers of the lead's own doings, and who calls for help."""

from __future__ import annotations

from msgspec import Struct, field

from agent_tui.desk.lead_effects import LeadEffect
from agent_tui.desk.problems import Problem
from agent_tui.desk.text import Displayable
from api_client.models.identity import AgentId, ConversationId


class HelpCall(Struct, frozen=True):
    """An agent wants the lead."""

    conversation: ConversationId
    agent: Displayable
    reason: Displayable
    at: float
    """Server time."""


class Outcome(Struct, frozen=True):
    """What became of a doing; ``problem`` is ``None`` where it worked."""

    effect: LeadEffect
    problem: Problem | None = None


class Lead(Struct):
    """The lead's doings on this board."""

    calls: dict[ConversationId, HelpCall] = field(default_factory=dict)
    """Calls for help that nobody has heard yet, oldest first."""
    wanted: int = 0
    """Moves asked for since the last time all were answered."""
    outcomes: list[Outcome] = field(default_factory=list)
    """What came of the doings asked for last, in the order of the answers."""
    under_way: int = 0
    """Doings that are not answered yet."""
    unsaid: dict[ConversationId, str] = field(default_factory=dict)
    """Whispers that did not leave, as they were typed."""
    given: list[tuple[ConversationId, AgentId | None]] = field(default_factory=list)
    """Who had what was given away, the newest last: what can be taken back."""
