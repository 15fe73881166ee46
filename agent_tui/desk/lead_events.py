"""What happens on a lead's board: what the lead does, and what came of it."""

from __future__ import annotations

from agent_tui.desk.doings import Event
from agent_tui.desk.lead_effects import LeadEffect
from agent_tui.desk.problems import Problem
from agent_tui.desk.told import ChatFacts
from api_client.models.identity import AgentId, ConversationId, EchoId, QueueId


class LeadEvent(Event, frozen=True):
    """Base of them."""


class WhisperWritten(LeadEvent, frozen=True):
    """The lead wrote something to the agent who has a conversation."""

    conversation: ConversationId
    text: str
    echo: EchoId


class GivenTo(LeadEvent, frozen=True):
    """The lead gave a conversation to an agent, perhaps to themselves."""

    conversation: ConversationId
    agent: AgentId


class MovedTo(LeadEvent, frozen=True):
    """The lead moved waiting customers to another queue."""

    conversations: tuple[ConversationId, ...]
    queue: QueueId


class GivingTakenBack(LeadEvent, frozen=True):
    """The lead takes back the newest giving."""


class CallHeard(LeadEvent, frozen=True):
    """The lead has seen a call for help."""

    conversation: ConversationId


class HelpCalled(LeadEvent, frozen=True):
    """An agent calls the lead to a conversation of theirs."""

    conversation: ConversationId
    reason: str
    echo: EchoId


class LeadDone(LeadEvent, frozen=True):
    """It worked; ``chat`` is the conversation as it is now, where it was changed."""

    effect: LeadEffect
    chat: ChatFacts | None = None


class LeadFailed(LeadEvent, frozen=True):
    """It did not work."""

    effect: LeadEffect
    problem: Problem


Led = WhisperWritten | GivenTo | MovedTo | GivingTakenBack | CallHeard | HelpCalled | LeadDone | LeadFailed
