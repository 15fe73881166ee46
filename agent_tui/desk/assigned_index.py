"""Who has which open conversations, kept as they change so that nobody has to look through all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from api_client.models.conversation import Status
from api_client.models.identity import AgentId, ConversationId

if TYPE_CHECKING:
    from agent_tui.desk.model import Chat

_NONE: Final[Mapping[ConversationId, float]] = {}


class AssignedIndex(Struct):
    """Open conversations by the agent who has them, with the local time since when they are theirs."""

    agents: dict[AgentId, dict[ConversationId, float]] = field(default_factory=dict)
    """An agent who has none is absent."""
    places: dict[ConversationId, AgentId] = field(default_factory=dict)

    def follow(self, chat: Chat) -> None:
        """Put the chat with whoever has it now, or take it out."""
        has = chat.assignee.id if chat.assignee is not None and chat.status is Status.OPEN else None
        if has == self.places.get(chat.id):
            return
        self.drop(chat.id)
        if has is not None:
            self.places[chat.id] = has
            self.agents.setdefault(has, {})[chat.id] = chat.told_at_local

    def drop(self, conversation: ConversationId) -> None:
        """Take a conversation out; it need not be in."""
        agent = self.places.pop(conversation, None)
        if agent is None:
            return
        del self.agents[agent][conversation]
        if not self.agents[agent]:
            del self.agents[agent]

    def of(self, agent: AgentId) -> Mapping[ConversationId, float]:
        """An agent's, in the order in which they came."""
        return self.agents.get(agent, _NONE)
