"""The team lead's board: rows of queues and agents from the ledger and the desk."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from agent_tui.desk.capacity import Load
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.intake_model import Standing
from agent_tui.desk.intaking import standing
from agent_tui.desk.loads import free_in, load_of
from agent_tui.desk.metrics.facts import Fact, milliseconds
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.ledger import Ledger
from agent_tui.desk.metrics.recorder import Recorder
from agent_tui.desk.model import DeskState
from agent_tui.desk.text import Displayable
from agent_tui.desk.view import Promise
from agent_tui.desk.waiting import promise_of_queue
from api_client.models.identity import AgentId, QueueId
from api_client.models.people import Availability


class QueueFigures(Struct, frozen=True):
    """A queue's row."""

    queue: QueueId
    name: Displayable
    promise: Promise
    figures: Figures
    arrivals: tuple[int, ...]
    """Of the last hour, in twelve parts, the newest last."""
    serving: int
    """Agents who hold a conversation of it now."""
    intake: Standing
    """Whether it takes customers."""
    free: int | None = None
    """Chats that those who serve it have room for; ``None`` where nobody knows who does."""


class AgentFigures(Struct, frozen=True):
    """An agent's row."""

    agent: AgentId
    name: Displayable
    availability: Availability
    figures: Figures
    load: Load


class Board:
    """Takes what the desk is told and gives the rows at any moment."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self._recorder = Recorder()

    @property
    def newest(self) -> float:
        """Server time of the newest that is known: stands in until the server's clock has been read."""
        return self.ledger.newest / 1000

    def restore(self, facts: Iterable[Fact]) -> None:
        """Facts kept from an earlier run, in their order. Before anything is taken in."""
        for fact in facts:
            self._recorder.remember(fact)
            self.ledger.take(fact)

    def take(self, state: DeskState, event: DeskEvent, now: float) -> list[Fact]:
        """Enter what ``event``, which ``state`` has taken in, says that is new; returns it, to be kept."""
        facts = self._recorder.facts_of(state, event, now)
        for fact in facts:
            self.ledger.take(fact)
        return facts

    def queues(self, state: DeskState, now: float) -> list[QueueFigures]:
        """Every queue at server time ``now``, by name."""
        rows = [
            QueueFigures(
                queue=info.id,
                name=info.name,
                promise=promise_of_queue(state, info),
                figures=self.ledger.of_queue(info.id, milliseconds(now)),
                arrivals=self.ledger.arrivals(info.id, milliseconds(now)),
                serving=len(self.ledger.open.holders(info.id)),
                free=free_in(state, info.id, now),
                intake=standing(state, info.id, now),
            )
            for info in state.queues.values()
        ]
        return sorted(rows, key=lambda row: row.name.casefold())

    def agents(self, state: DeskState, now: float) -> list[AgentFigures]:
        """Every agent at server time ``now``, by name."""
        rows = [
            AgentFigures(
                each.id,
                each.name,
                each.availability,
                self.ledger.of_agent(each.id, milliseconds(now)),
                load_of(state, each.id, now),
            )
            for each in state.colleagues.values()
        ]
        return sorted(rows, key=lambda row: row.name.casefold())

    def desk(self, now: float) -> Figures:
        """The whole desk at server time ``now``."""
        return self.ledger.of_desk(milliseconds(now))
