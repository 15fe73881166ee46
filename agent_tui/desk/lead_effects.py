"""What a lead's board wants done with conversations that are not the lead's own."""

from __future__ import annotations

from agent_tui.desk.effect import Effect
from api_client.models.identity import AgentId, ConversationId, EchoId, QueueId


class LeadEffect(Effect, frozen=True):
    """Base of them. -> LeadDone, LeadFailed with the effect."""

    conversation: ConversationId


class Whisper(LeadEffect, frozen=True):
    """Send a private note, once."""

    echo: EchoId
    note: str
    """As it is sent."""
    text: str
    """As the lead typed it."""


class AssignTo(LeadEffect, frozen=True):
    """Make it this agent's, or nobody's, whoever has it."""

    agent: AgentId | None
    back: bool = False
    """It takes back an earlier one, and is not taken back itself."""


class MoveTo(LeadEffect, frozen=True):
    """Put a waiting customer into another queue, unless somebody has taken them meanwhile."""

    queue: QueueId
