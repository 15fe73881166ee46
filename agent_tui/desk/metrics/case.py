"""What the ledger remembers of a conversation that is open."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from agent_tui.desk.metrics.tally import Tally
from api_client.models.identity import AgentId, QueueId

NOBODY: Final = AgentId("")


class Story(Struct):
    """What has happened in it. Its tags are told of it when it is closed: only then are they settled.

    Moments and waits are milliseconds.
    """

    arrived: int | None = None
    first: tuple[int, int] | None = None
    """When the first answer came, after which wait."""
    further: list[tuple[int, int]] = field(default_factory=list)
    came: int = 0
    """Messages of the customer."""
    went: int = 0
    """Messages to the customer."""

    def tell(self, tally: Tally) -> None:
        """Enter all of it."""
        if self.arrived is not None:
            tally.arrive(self.arrived)
        if self.first is not None:
            tally.answer_first(*self.first)
        for answer in self.further:
            tally.next.add(*answer)
        tally.messages(self.came, self.went)


class Case(Struct):
    """An open conversation."""

    queue: QueueId
    channel: str
    holder: AgentId = NOBODY
    tags: tuple[str, ...] = ()
    since: int | None = None
    """When the running wait began."""
    begun: int | None = None
    """When it was first taken or answered."""
    answered: bool = False
    arrived: bool = False
    story: Story = field(default_factory=Story)
