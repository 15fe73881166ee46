"""The first page of the lead's board: a line for the desk, the queues, the agents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from textual.widget import Widget

from agent_tui.desk.metrics.board import AgentFigures, QueueFigures
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.lead.filtering import Filtering
from agent_tui.screens.lead.page import LeadDesk, LeadPage
from agent_tui.screens.lead.sorting import Arrangement
from agent_tui.widgets.agent_columns import AGENT_COLUMNS
from agent_tui.widgets.desk_line import DeskLine
from agent_tui.widgets.queue_columns import QUEUE_COLUMNS
from agent_tui.widgets.table import Table
from agent_tui.wording import say

Row = TypeVar("Row", QueueFigures, AgentFigures)


class Tables:
    """How the two tables are arranged; kept while the board is."""

    def __init__(self) -> None:
        self.queues = Arrangement(QUEUE_COLUMNS, lambda row: row.name, "longest")
        self.agents = Arrangement(AGENT_COLUMNS, lambda row: row.name, "longest")
        self.at_agents = False
        """The keys are for the agents."""


class TablesPage(LeadPage):
    """Queues above, agents below; Tab goes from one to the other."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = "TablesPage #board-queues { height: 3fr; } TablesPage #board-agents { height: 2fr; }"

    def __init__(self, desk: LeadDesk, kept: Tables) -> None:
        super().__init__(desk)
        self._kept = kept
        self._line = DeskLine(self.palette)
        self._queues = Table(
            self.palette,
            QUEUE_COLUMNS,
            key=lambda row: row.queue,
            empty=lambda: _none(kept.queues.query) or say("No queue is known yet."),
            picked=lambda _: None,
            id="board-queues",
        )
        self._agents = Table(
            self.palette,
            AGENT_COLUMNS,
            key=lambda row: row.agent,
            empty=lambda: _none(kept.agents.query) or say("No agent is known yet."),
            picked=lambda _: None,
            id="board-agents",
        )
        self._filter = Filtering(self.palette, self._find)
        self._queue_rows: Sequence[QueueFigures] = ()
        self._agent_rows: Sequence[AgentFigures] = ()

    def body(self) -> Iterable[Widget]:
        """The desk, its queues, its agents."""
        return (self._line, self._queues, self._agents, self._filter.row)

    def actions(self) -> Actions:
        """What the keys do."""
        return {
            "board.other": self._other,
            "board.sort": self._sort,
            "board.filter": lambda: self._filter.open(self._query),
            "board.back": self._back,
            "board.leave": self.desk.leave,
        }

    def on_mount(self) -> None:
        """Where the keys were."""
        super().on_mount()
        self._filter.keep(self._query)
        self.set_focus(self._in_hand)

    # --- showing -------------------------------------------------------------------------------------

    def look(self) -> None:
        """The figures of this second."""
        lookout = self.desk.lookout
        self._queue_rows = lookout.board.queues(lookout.state, lookout.now)
        self._agent_rows = lookout.board.agents(lookout.state, lookout.now)
        self._line.show(lookout.board.desk(lookout.now))

    def paint(self) -> None:
        """The rows as they are arranged."""
        kept, now = self._kept, self.desk.lookout.now
        self._queues.show(kept.queues.of(self._queue_rows), now, sort=kept.queues.sort)
        self._agents.show(kept.agents.of(self._agent_rows), now, sort=kept.agents.sort)

    # --- keys ----------------------------------------------------------------------------------------

    @property
    def _in_hand(self) -> Table[QueueFigures] | Table[AgentFigures]:
        return self._agents if self._kept.at_agents else self._queues

    @property
    def _query(self) -> str:
        return (self._kept.agents if self._kept.at_agents else self._kept.queues).query

    def typed(self, key: str, character: str | None) -> bool:
        """The line to find with, then the table."""
        return self._filter.take_key(key, character) or self._in_hand.take_key(key)

    def _find(self, query: str) -> None:
        (self._kept.agents if self._kept.at_agents else self._kept.queues).query = query

    def _other(self) -> None:
        self._kept.at_agents = not self._kept.at_agents
        self._filter.row.close()
        self._filter.keep(self._query)
        self.set_focus(self._in_hand)

    def _sort(self) -> None:
        if self._kept.at_agents:
            self._kept.agents.step(self._agents.shown)
        else:
            self._kept.queues.step(self._queues.shown)

    def _back(self) -> None:
        if self.desk.over_desk:
            self.desk.leave()


def _none(query: str) -> Displayable:
    return say("No name holds “{words}”. Esc shows all.", words=clean_line(query)) if query else NOTHING
