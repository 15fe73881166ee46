"""What the agent has just done and may still take back, one value for each kind."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.doings import HandOverRequested, MuteRequested, ResolveRequested, SnoozeRequested
from agent_tui.desk.passages import NO_MARKS, Marks
from api_client.models.identity import ConversationId, EchoId

Parting = ResolveRequested | HandOverRequested | SnoozeRequested | MuteRequested
"""What takes a conversation from the agent at their wish."""


class HeldParting(Struct, frozen=True):
    """The backend has not been asked yet, and is when the time is over."""

    doing: Parting
    until_local: float
    tab: int | None
    """Where the tab stood; ``None`` when there was none."""

    @property
    def conversation(self) -> ConversationId:
        """Whose step it is."""
        return self.doing.conversation


class HeldText(Struct, frozen=True):
    """A reply or note that is written down on this machine and leaves when the time is over."""

    conversation: ConversationId
    echo: EchoId
    until_local: float
    marks: Marks = NO_MARKS
    """Canned responses in it count as used once it leaves."""


class PutAside(Struct, frozen=True):
    """A tab that the agent took off the bar."""

    conversation: ConversationId
    until_local: float
    tab: int


class Retagged(Struct, frozen=True):
    """Tags that the backend has been asked to change already."""

    conversation: ConversationId
    until_local: float
    added: frozenset[str]
    removed: frozenset[str]


Step = HeldParting | HeldText | PutAside | Retagged


class Holds(Struct, frozen=True):
    """How long things can be taken back, in seconds; 0 does them for good at once."""

    doings: float = 0.0
    texts: float = 0.0
